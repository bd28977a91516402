/* Which part of the field a rank of parallel.c has, and how parts come to other ranks. */
#ifndef PARTS_H
#define PARTS_H

#include <stddef.h>

enum { NLEV = 3, NLAT = 19, NLON = 36 };

extern int rank, ranks;
extern size_t first, rows, left, columns; /* this rank's part: the whole field, until it takes one */
extern double field[NLEV * NLAT * NLON];  /* its values: levels, rows, columns */

void parts_take_rows(int part, int parts);
void parts_take_tile(void); /* of two in a row */

/* Values that tell where each belongs. */
void parts_fill(double base);
/* A model's own work between two records. */
void parts_exchange_edges(void);
/* A server of the first level fills its rows and sends them to `owner`, which collects all of them. */
void parts_hand_over(double base, int owner);
void parts_collect(void);

#endif
