/* Writes what the hook cannot describe (fake_netcdf.c): once because the library does not answer, once
 * because there is no memory left. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

int nc_create(const char *path, int mode, int *ncid);
int nc_close(int ncid);
int nc_put_vara_double(
    int ncid, int varid, const size_t *start, const size_t *count, const double *data);

static const double value = 1;
static int ncid;

static int put(int varid, size_t record)
{
    const size_t start[] = {record, 0, 0}, count[] = {1, 1, 1};
    errno = EXDEV;
    return nc_put_vara_double(ncid, varid, start, count, &value) != 0 || errno != EXDEV;
}

/* Takes all the memory that the process may still get. */
static void take_all(void)
{
    static struct link {
        struct link *next;
    } *chain;
    const struct rlimit none = {0, RLIM_INFINITY};
    setrlimit(RLIMIT_AS, &none);
    for (size_t size = 1 << 20; size >= sizeof *chain; size /= 2)
        for (struct link *more; (more = malloc(size)) != NULL; chain = more)
            more->next = chain;
}

int main(void)
{
    int bad = 0;
    nc_create("big", 0, &ncid);
    for (size_t r = 0; r < 3; r++)
        bad += put(0, r) + put(2, r);
    printf("%d\n", bad);
    fflush(stdout);
    take_all();
    for (size_t r = 0; r < 4; r++)
        bad += put(1, r) + put(0, 3 + r);
    nc_close(ncid);
    return bad;
}
