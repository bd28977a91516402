/* Two threads that write without taking turns (fake_netcdf.c allows it): contend puts|forks|cancelled
 *
 * puts:  one thread writes large slabs of T, the other small ones of T and of a variable that is
 *        not wanted, until the first is done. Says on standard error how often T was written.
 * forks: while one thread writes, the other forks children that write too.
 * cancelled: a thread whose cancellation is pending makes the first write; then another one writes. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int nc_create(const char *path, int mode, int *ncid);
int nc_close(int ncid);
int nc_put_vara_double(
    int ncid, int varid, const size_t *start, const size_t *count, const double *data);
void fake_shape(size_t lat, size_t lon);

enum { LARGE = 1 << 18, MOST = 20000 };
static double data[LARGE];
static int ncid;
static _Atomic bool done;
static _Atomic long written;

static void put(int varid, size_t record, size_t lon)
{
    const size_t start[] = {record, 0, 0}, count[] = {1, 1, lon};
    if (nc_put_vara_double(ncid, varid, start, count, data) == 0 && varid == 0)
        written++;
}

static void *write_large(void *unused)
{
    for (size_t r = 0; r < 100; r++)
        put(0, r, LARGE);
    done = true;
    return unused;
}

static void write_small(void)
{
    for (size_t r = 0; r < MOST && !done; r++) {
        put(0, 1000 + r, 4);
        put(1, r, 4);
        usleep(60); /* a thread that is held up for 30 ms leaves no more gaps than keep their names */
    }
}

/* Returns how many children did not end well. */
static int fork_children(void)
{
    int bad = 0;
    for (int i = 0; i < 40; i++) {
        pid_t child = fork();
        if (child == 0) {
            put(0, 7, 4);
            _exit(0);
        }
        int status = 0;
        waitpid(child, &status, 0);
        bad += status != 0;
    }
    return bad;
}

static void *write_cancelled(void *unused)
{
    pthread_cancel(pthread_self());
    put(0, 0, 4);
    pthread_testcancel();
    return unused;
}

static int write_after_one_that_is_cancelled(void)
{
    pthread_t other;
    if (pthread_create(&other, NULL, write_cancelled, NULL) != 0)
        return 2;
    pthread_join(other, NULL);
    for (size_t r = 1; r < 4; r++)
        put(0, r, 4);
    fprintf(stderr, "wrote %ld\n", (long)written);
    return nc_close(ncid);
}

int main(int argc, char **argv)
{
    pthread_t other;
    fake_shape(1, LARGE);
    nc_create("big", 0, &ncid);
    if (argc == 2 && strcmp(argv[1], "cancelled") == 0)
        return write_after_one_that_is_cancelled();
    put(0, 0, 4); /* both find the session read and the variable known */
    if (argc != 2 || pthread_create(&other, NULL, write_large, NULL) != 0)
        return 2;
    int bad = 0;
    if (strcmp(argv[1], "forks") == 0)
        bad = fork_children();
    else
        write_small();
    pthread_join(other, NULL);
    fprintf(stderr, "wrote %ld\n", (long)written);
    nc_close(ncid);
    return bad != 0;
}
