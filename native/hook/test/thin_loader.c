/* Two plug-ins (thin.c) with netCDF libraries of their own, each in a scope of its own (RTLD_LOCAL),
 * used by turns, with files that bear the same numbers open at once: thin_loader ORDER FIRST SECOND
 *
 * ORDER: "loaded" opens both plug-ins before it uses any, "used" uses the first one before it opens
 * the second, "again" does as "loaded", unloads both, and does it again with their places changed.
 * "lazy": as "loaded", bound call by call; "global": a netCDF comes into the global scope between the
 * two; "threads": each in a thread of its own, at the same time. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct plugin {
    void *handle;
    int (*create)(const char *, int *), (*open)(const char *, int *), (*define)(int, int *);
    int (*end_definition)(int), (*describe)(int, int, const char *);
    int (*put)(int, int, const double *), (*close)(int);
    int nc, id;
};

static unsigned errnos;
static bool again;
static int binding = RTLD_NOW;

/* What a library that starts leaves in errno is not compared if it starts twice: under the hook one
 * that was written through stays loaded, and its second start does not take place. */
static void say(const char *what, int rc)
{
    printf("%s %d\n", what, rc);
    if (!again || strcmp(what, "create") != 0)
        errnos = 31 * errnos + (unsigned)errno;
    errno = EXDEV;
}

static int load(struct plugin *p, const char *name)
{
    p->handle = dlopen(name, binding | RTLD_LOCAL);
    if (p->handle == NULL) {
        puts(dlerror());
        return 1;
    }
    *(void **)&p->create = dlsym(p->handle, "thin_create");
    *(void **)&p->open = dlsym(p->handle, "thin_open");
    *(void **)&p->define = dlsym(p->handle, "thin_define");
    *(void **)&p->end_definition = dlsym(p->handle, "thin_end_definition");
    *(void **)&p->describe = dlsym(p->handle, "thin_describe");
    *(void **)&p->put = dlsym(p->handle, "thin_put");
    *(void **)&p->close = dlsym(p->handle, "thin_close");
    return 0;
}

static void start(struct plugin *p, const char *path)
{
    say("create", p->create(path, &p->nc));
    say("define", p->define(p->nc, &p->id));
    say("describe", p->describe(p->nc, p->id, "K"));
    say("end", p->end_definition(p->nc));
}

static void use(struct plugin *a, struct plugin *b, const char *prefix)
{
    static const double one[4] = {1, 2, 3, 4}, other[4] = {5, 6, 7, 8};
    char path[2][64];
    snprintf(path[0], sizeof path[0], "%s_first.nc", prefix);
    snprintf(path[1], sizeof path[1], "%s_second.nc", prefix);
    if (a->nc == 0)
        start(a, path[0]);
    start(b, path[1]);
    printf("same number %d\n", a->nc == b->nc);
    say("put", a->put(a->nc, a->id, one));
    say("put", b->put(b->nc, b->id, other));
    say("close", b->close(b->nc));
    say("closed twice", b->close(b->nc));
    say("put", a->put(a->nc, a->id, other));
    say("put into a closed file", b->put(b->nc, b->id, one));
    say("open", b->open(path[1], &b->nc));
    say("put", b->put(b->nc, b->id, one));
    say("close", a->close(a->nc));
    say("close", b->close(b->nc));
}

struct job {
    const char *plugin, *path;
    int bad;
};

/* Each library is used by its own thread alone. */
static void *write_alone(void *argument)
{
    static const double field[4] = {1, 2, 3, 4};
    struct job *job = argument;
    struct plugin p = {0};
    char path[64];
    job->bad = load(&p, job->plugin);
    for (int i = 0; i < 100 && job->bad == 0; i++) {
        snprintf(path, sizeof path, "%s%d.nc", job->path, i);
        job->bad = p.create(path, &p.nc) || p.define(p.nc, &p.id) || p.end_definition(p.nc)
                   || p.put(p.nc, p.id, field) || p.close(p.nc);
    }
    return NULL;
}

static int write_at_once(const char *first, const char *second)
{
    struct job jobs[] = {{first, "first", 0}, {second, "second", 0}};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        if (pthread_create(&threads[i], NULL, write_alone, &jobs[i]) != 0)
            return 2;
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("bad %d %d\n", jobs[0].bad, jobs[1].bad);
    return jobs[0].bad || jobs[1].bad;
}

int main(int argc, char **argv)
{
    struct plugin a = {0}, b = {0};
    if (argc == 4 && strcmp(argv[1], "lazy") == 0)
        binding = RTLD_LAZY;
    if (argc == 4 && strcmp(argv[1], "threads") == 0)
        return write_at_once(argv[2], argv[3]);
    if (argc != 4 || load(&a, argv[2]) != 0)
        return 2;
    again = strcmp(argv[1], "again") == 0;
    if (strcmp(argv[1], "used") == 0)
        start(&a, "x_first.nc");
    if (strcmp(argv[1], "global") == 0
        && dlopen("libnetcdf.so.19", RTLD_NOW | RTLD_GLOBAL) == NULL)
        return 2;
    if (load(&b, argv[3]) != 0)
        return 2;
    use(&a, &b, "x");
    if (again) {
        if (dlclose(a.handle) != 0 || dlclose(b.handle) != 0)
            return 3;
        a = b = (struct plugin){0};
        if (load(&b, argv[2]) != 0 || load(&a, argv[3]) != 0)
            return 2;
        use(&a, &b, "y");
    }
    printf("errno %x\n", errnos);
    return 0;
}
