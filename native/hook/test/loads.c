/* Threads that write, load and are forked from at the same time: loads ORDER PLUGIN PATH
 *
 * meanwhile: one thread writes while another one loads a plug-in (slow.c) that waits for that write.
 * forks: one thread loads a plug-in (thin.c), calls it and unloads it, over and over; the other forks
 *   children, which write files of their own.
 * reloads: two threads each load a plug-in of their own (PLUGIN, PATH), write through it and unload it,
 *   over and over; they take turns within netCDF. */
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

enum { ROUNDS = 150 };

struct reloader {
    const char *plugin, *path;
    int bad;
};

static int write_through(void *handle, const char *path)
{
    static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
    int (*create)(const char *, int *), (*define)(int, int *), (*end_definition)(int);
    int (*put)(int, int, const double *), (*close_file)(int), file, variable;
    *(void **)&create = dlsym(handle, "thin_create");
    *(void **)&define = dlsym(handle, "thin_define");
    *(void **)&end_definition = dlsym(handle, "thin_end_definition");
    *(void **)&put = dlsym(handle, "thin_put");
    *(void **)&close_file = dlsym(handle, "thin_close");
    pthread_mutex_lock(&turn);
    int bad = create(path, &file) || define(file, &variable) || end_definition(file)
              || put(file, variable, field) || close_file(file);
    pthread_mutex_unlock(&turn);
    return bad;
}

static void *reload(void *argument)
{
    struct reloader *r = argument;
    for (int i = 0; i < ROUNDS && r->bad == 0; i++) {
        void *handle = dlopen(r->plugin, (i % 2 != 0 ? RTLD_NOW : RTLD_LAZY) | RTLD_LOCAL);
        r->bad = handle == NULL || write_through(handle, r->path) || dlclose(handle);
    }
    return argument;
}

static int reload_at_once(const char *second)
{
    struct reloader reloaders[] = {{plugin, "first.nc", 0}, {second, "second.nc", 0}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        if (pthread_create(&threads[i], NULL, reload, &reloaders[i]) != 0)
            return 2;
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("bad %d %d\n", reloaders[0].bad, reloaders[1].bad);
    return reloaders[0].bad || reloaders[1].bad;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    plugin = argv[2];
    if (strcmp(argv[1], "reloads") == 0)
        return reload_at_once(argv[3]);
    if (strcmp(argv[1], "forks") == 0)
        return fork_meanwhile(argv[3]);
    return strcmp(argv[1], "meanwhile") == 0 ? write_meanwhile(argv[3]) : 2;
}
