/* What calls leave in errno, told call by call in a file that the tests compare (errnos.c). */
#ifndef ERRNOS_H
#define ERRNOS_H

/* Before a call: errno is one that netCDF never gives. */
void errno_mark(void);
/* After it: writes the call and errno to ./errnos, and marks for the next. */
void errno_tell(const char *call);
/* Of several processes: the file is ./errnos.RANK. */
void errno_of_rank(int rank);

#endif
