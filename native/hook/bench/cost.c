/* What a captured write costs beside a memcpy of the same bytes, in one process.
 *
 *   cost [KIB ...]          one line per size: ns of memcpy and of the hook, medians and least values
 *   cost --once KIB N       N captured writes and no timing (for callgrind)
 *   cost --first        us of the first captured write, which takes or makes the ring
 *   cost --unselected N     ns of a call that is not selected, over a direct call
 *
 * Linked with fake_netcdf.c, whose put returns at once: what is measured is the hook alone. The
 * process drains its own ring between writes, so that the ring's pages are as warm as with a live
 * reader, and the memcpy goes into a buffer as large as the ring for the same reason.
 */
#define _GNU_SOURCE
#include "ring.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

int nc_create(const char *path, int mode, int *ncid);
int nc_put_vara_double(
    int ncid, int varid, const size_t *start, const size_t *count, const double *data);
void fake_shape(size_t lat, size_t lon);

static int ncid;
static struct ring_reader reader;
static char error[SESSION_ERROR_BYTES];

static double now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static void put(int varid, const double *data, size_t doubles)
{
    const size_t start[] = {0, 0, 0}, count[] = {1, 1, doubles};
    nc_put_vara_double(ncid, varid, start, count, data);
}

static void open_ring(void)
{
    const char *session = getenv("PLATEAU_SESSION");
    DIR *dir = session ? opendir(session) : NULL;
    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", session, e->d_name);
        if (strncmp(e->d_name, "ring.", 5) == 0 && ring_open(&reader, path, error) != 0)
            fprintf(stderr, "%s\n", error);
    }
    if (reader.header == NULL)
        exit(2);
    closedir(dir);
}

/* Frees the ring the way a reader does, without looking at what was written. The ring's own
 * process would find itself "dead", so its liveness is not asked. */
static void drain(void)
{
    uint64_t head = atomic_load(&reader.header->head);
    atomic_store(&reader.header->tail, head);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

struct timing {
    double least, median;
};

static struct timing timing_of(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, ascending);
    return (struct timing){values[0], values[count / 2]};
}

static double time_copy(unsigned char *to, const double *data, size_t bytes)
{
    double began = now_ns();
    memcpy(to, data, bytes);
    return now_ns() - began;
}

static double time_put(const double *data, size_t bytes)
{
    double began = now_ns();
    put(0, data, bytes / 8);
    double took = now_ns() - began;
    drain();
    return took;
}

/* Takes turns in who goes first, so that neither always finds the data in the cache. */
static void compare(size_t kib, unsigned char *elsewhere, size_t room)
{
    enum { MOST = 400 };
    static double copies[MOST], puts[MOST];
    size_t bytes = kib << 10, at = 0;
    int repeats = bytes >= (64u << 20) ? 12 : bytes >= (1u << 20) ? 60 : MOST;
    double *data = malloc(bytes);
    memset(data, 1, bytes);
    fake_shape(1, bytes / 8);
    for (int i = -2; i < repeats; i++) {
        int slot = i < 0 ? 0 : i;
        if (at + bytes > room)
            at = 0;
        if (i % 2 == 0)
            copies[slot] = time_copy(elsewhere + at, data, bytes);
        puts[slot] = time_put(data, bytes);
        if (i % 2 != 0)
            copies[slot] = time_copy(elsewhere + at, data, bytes);
        at += bytes;
    }
    struct timing copy = timing_of(copies, repeats), hook = timing_of(puts, repeats);
    printf("%7zu KiB: memcpy %.0f ns (least %.0f), hook %.0f ns (least %.0f); "
           "beyond 1.3 memcpy %.0f ns (least %.0f)\n",
           kib, copy.median, copy.least, hook.median, hook.least,
           hook.median - 1.3 * copy.median, hook.least - 1.3 * copy.least);
    free(data);
}

static double each_ns(long n, int varid)
{
    double data[4] = {0}, t0 = now_ns();
    for (long i = 0; i < n; i++)
        put(varid, data, 4);
    return (now_ns() - t0) / (double)n;
}

int main(int argc, char **argv)
{
    static double small[16];
    nc_create("big", 0, &ncid);
    double began = now_ns();
    put(0, small, 16);
    if (argc > 1 && strcmp(argv[1], "--first") == 0) {
        printf("first %.0f us\n", (now_ns() - began) / 1000);
        return 0;
    }
    if (argc > 2 && strcmp(argv[1], "--unselected") == 0) {
        put(1, small, 16);
        each_ns(1000, 1);
        printf("unselected %.1f ns\n", each_ns(strtol(argv[2], NULL, 10), 1));
        return 0;
    }
    if (argc > 3 && strcmp(argv[1], "--once") == 0) {
        size_t doubles = strtoul(argv[2], NULL, 10) << 7;
        double *data = calloc(doubles, 8);
        for (long i = strtol(argv[3], NULL, 10); i > 0; i--)
            put(0, data, doubles);
        free(data);
        return 0;
    }
    open_ring();
    size_t room = reader.capacity;
    unsigned char *elsewhere = mmap(NULL, room, PROT_READ | PROT_WRITE,
                                    MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    for (int i = 1; i < argc; i++)
        compare(strtoul(argv[i], NULL, 10), elsewhere, room);
    return 0;
}
