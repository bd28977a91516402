/* Threads that write, load and are forked from at the same time: loads ORDER PLUGIN PATH
 *
 * meanwhile: one thread writes while another one loads a plug-in (slow.c) that waits for that write.
 * forks: one thread loads a plug-in (thin.c), calls it and unloads it, over and over; the other forks
 *   children, which write files of their own. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netcdf.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

_Atomic int loads_stage;

static const char *plugin;
static _Atomic bool over;
static int nc, id;
static const double field[4] = {1, 2, 3, 4};

static int start(const char *path)
{
    int dim;
    return nc_create(path, NC_64BIT_OFFSET, &nc) || nc_def_dim(nc, "x", 4, &dim)
           || nc_def_var(nc, "T", NC_DOUBLE, 1, &dim, &id) || nc_enddef(nc);
}

static void *load(void *unused)
{
    printf("loaded %d\n", dlopen(plugin, RTLD_NOW) != NULL);
    return unused;
}

static int write_meanwhile(const char *path)
{
    const struct timespec nap = {.tv_nsec = 100000};
    pthread_t loader;
    int bad = start(path) || pthread_create(&loader, NULL, load, NULL);
    if (bad)
        return 2;
    while (loads_stage == 0)
        nanosleep(&nap, NULL);
    bad = nc_put_var_double(nc, id, field);
    loads_stage = 2;
    pthread_join(loader, NULL);
    printf("put %d\n", bad);
    return bad || nc_close(nc);
}

static void *load_over_and_over(void *unused)
{
    while (!over) {
        void *handle = dlopen(plugin, RTLD_NOW | RTLD_LOCAL);
        int (*put)(int, int, const double *);
        if (handle == NULL)
            break;
        *(void **)&put = dlsym(handle, "thin_put");
        put(-1, 0, field);
        dlclose(handle);
    }
    return unused;
}

static int end_of(pid_t child)
{
    const struct timespec nap = {.tv_nsec = 1000000};
    int status = 1;
    for (int i = 0; i < 10000; i++) {
        if (waitpid(child, &status, WNOHANG) == child)
            return status;
        nanosleep(&nap, NULL);
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return status;
}

static int fork_meanwhile(const char *path)
{
    pthread_t loader;
    int bad = start(path) || nc_put_var_double(nc, id, field)
              || pthread_create(&loader, NULL, load_over_and_over, NULL);
    for (int i = 0; i < 16 && bad == 0; i++) {
        char name[64];
        snprintf(name, sizeof name, "child%d.nc", i);
        pid_t child = fork();
        if (child == 0)
            _exit(start(name) || nc_put_var_double(nc, id, field) || nc_close(nc));
        bad = end_of(child);
    }
    over = true;
    pthread_join(loader, NULL);
    printf("bad %d\n", bad);
    return bad || nc_put_var_double(nc, id, field) || nc_close(nc);
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    plugin = argv[2];
    if (strcmp(argv[1], "forks") == 0)
        return fork_meanwhile(argv[3]);
    return strcmp(argv[1], "meanwhile") == 0 ? write_meanwhile(argv[3]) : 2;
}
