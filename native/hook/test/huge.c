/* A write of 8 GB of address space, of which nothing is ever touched (fake_netcdf.c). */
#define _GNU_SOURCE
#include "errnos.h"

#include <stddef.h>
#include <sys/mman.h>

int nc_create(const char *path, int mode, int *ncid);
int nc_close(int ncid);
int nc_put_vara_double(
    int ncid, int varid, const size_t *start, const size_t *count, const double *data);
void fake_shape(size_t lat, size_t lon);

int main(void)
{
    const size_t start[] = {0, 0, 0}, count[] = {1, 1 << 20, 1 << 10};
    size_t bytes = (size_t)8 << 30;
    int ncid;
    void *data = mmap(NULL, bytes, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (data == MAP_FAILED)
        return 1;
    fake_shape(count[1], count[2]);
    errno_mark();
    nc_create("big", 0, &ncid);
    errno_tell("create");
    if (nc_put_vara_double(ncid, 0, start, count, data) != 0)
        return 2;
    errno_tell("put");
    int closed = nc_close(ncid);
    errno_tell("close");
    return closed;
}
