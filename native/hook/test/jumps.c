/* A model whose signal handler jumps out of a put, which is most often within the hook's copy
 * (fake_netcdf.c returns at once): jumps same|deeper|first|ends|nested
 *
 * same:   the next put comes from where the one before came from
 * deeper: from further down the stack, by turns of 50 records; it jumps among the first half of them
 * first:  it jumps out of the first put, too, which makes the ring
 * ends:   the handler ends the process in order
 * nested: the handler puts something itself and returns
 * With MODEL_API it hands its field over (plateau.h) instead of writing it.
 * Says on standard error how often it wrote, and how often it jumped. */
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

enum { LARGE = 1 << 17, RECORDS = 400 };
static double data[LARGE];

#ifdef MODEL_API
#include <plateau.h>

static plateau_variable *field;

static int make(void)
{
    const char *dimensions[] = {"time", "lat", "lon"};
    const size_t lengths[] = {0, 1, LARGE};
    field = plateau_define("T", PLATEAU_DOUBLE, 3, dimensions, lengths);
    return field == NULL;
}

static int write_out(const size_t *start, const size_t *count)
{
    plateau_put(field, start, count, data);
    return 0;
}

static int finish(void)
{
    plateau_finish();
    return 0;
}
#else
int nc_create(const char *path, int mode, int *ncid);
int nc_close(int ncid);
int nc_put_vara_double(
    int ncid, int varid, const size_t *start, const size_t *count, const double *data);
void fake_shape(size_t lat, size_t lon);

static int ncid;

static int make(void)
{
    fake_shape(1, LARGE);
    return nc_create("big", 0, &ncid);
}

static int write_out(const size_t *start, const size_t *count)
{
    return nc_put_vara_double(ncid, 0, start, count, data);
}

static int finish(void)
{
    return nc_close(ncid);
}
#endif

static long written, jumps, nested;
static const char *kind;
static sigjmp_buf before;
static volatile sig_atomic_t within;

static void put(size_t record, size_t lon)
{
    const size_t start[] = {record, 0, 0}, count[] = {1, 1, lon};
    errno = EXDEV;
    if (write_out(start, count) != 0 || errno != EXDEV)
        exit(3);
}

static void tell(void)
{
    fprintf(stderr, "wrote %ld jumped %ld nested %ld\n", written, jumps, nested);
}

static void tick(int signal)
{
    (void)signal;
    if (!within || (jumps + nested) > 40)
        return; /* a ring is made in longer than from one signal to the next */
    if (strcmp(kind, "deeper") == 0 && written >= RECORDS / 2)
        return;
    if (strcmp(kind, "nested") == 0) {
        int saved = errno;
        nested++;
        put(100000, 4);
        errno = saved;
        return;
    }
    within = 0;
    jumps++;
    if (strcmp(kind, "ends") == 0 && written > 100) {
        tell();
        exit(0);
    }
    siglongjmp(before, 1);
}

static __attribute__((noinline)) void put_deeper(size_t record, int depth)
{
    volatile char room[512];
    room[0] = (char)depth;
    if (depth > 0)
        put_deeper(record, depth - 1);
    else
        put(record, LARGE);
    room[1] = room[0];
}

static void put_and_be_interrupted(size_t record)
{
    if (sigsetjmp(before, 1) != 0)
        return;
    within = 1;
    if (strcmp(kind, "deeper") == 0)
        put_deeper(record, (int)(record % 50));
    else
        put(record, LARGE);
    within = 0;
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_handler = tick};
    struct itimerval often = {{0, 700}, {0, 700}};
    kind = argc == 2 ? argv[1] : "";
    if (make() != 0)
        return 4;
    if (strcmp(kind, "first") != 0)
        put(0, 4);
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &often, NULL);
    for (size_t r = 1; r < RECORDS; r++) {
        put_and_be_interrupted(r);
        written = (long)r;
    }
    within = 0;
    put(RECORDS, 4);
    tell();
    return finish();
}
