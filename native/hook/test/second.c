/* Another preloaded library that wraps the same call, as Darshan does; says how often at the end. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>

typedef int put_vara(int, int, const size_t *, const size_t *, const double *);

static int calls;

int nc_put_vara_double(int, int, const size_t *, const size_t *, const double *);
int nc_put_vara_double(
    int ncid, int varid, const size_t *start, const size_t *count, const double *data)
{
    put_vara *next;
    *(void **)&next = dlsym(RTLD_NEXT, "nc_put_vara_double");
    calls++;
    return next(ncid, varid, start, count, data);
}

__attribute__((destructor)) static void tell(void)
{
    if (calls > 0)
        printf("second library saw %d\n", calls);
}
