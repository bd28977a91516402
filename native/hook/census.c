/* One netCDF library in the process, as with nearly every model: then every call goes there, and nobody
 * need look at who calls.
 *
 * That is seen from the list of loaded objects alone. dlsym and its like wait while another thread loads
 * something, for as long as that takes, and for ever if what is loaded waits for what the caller writes.
 * Where there are several libraries they cannot be done without: library.c, slots.c. */
#define _GNU_SOURCE
#include "census.h"

#include <errno.h>
#include <stdatomic.h>
#include <unistd.h>

static _Atomic bool doubt = true; /* something may have been loaded since the count */
static __thread bool own_doubt __attribute__((tls_model("initial-exec")));

/* Written to by a walk alone, of which there is one at a time. */
static uint64_t loads, unloads;
static bool several; /* once so, always so */
static struct library at_start;
static const struct library *_Atomic alone; /* the one library */
static _Atomic bool one;
static struct route routes[CALLS]; /* of its own calls; not changed once there is one */

/* ---- where its calls go ---- */

static const void *start_of(const struct object *o)
{
    return (const void *)(o->low & ~((uintptr_t)sysconf(_SC_PAGESIZE) - 1)); /* as dladdr says */
}

struct find {
    unsigned place;
    bool past_us, found[CALLS];
};

/* What is before us was asked before us; of what was loaded later the library alone is meant. */
static int find_functions(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    struct find *f = data;
    struct object o;
    object_read(info, &o);
    const struct library *l = atomic_load(&alone);
    bool ours = object_holds(&o, &at_start);
    bool asked = f->past_us && (f->place < library_objects_at_start() || start_of(&o) == l->base);
    f->place++;
    f->past_us = f->past_us || ours;
    for (int c = 0; asked && c < CALLS; c++) {
        void *address;
        if (!f->found[c] && object_defines(&o, library_name_of(c), &address)) {
            f->found[c] = true;
            routes[c] = (struct route){.next = address, .library = l};
        }
    }
    return 0;
}

/* ---- counting ---- */

struct count {
    unsigned place, libraries, library_place;
    uint64_t loads, unloads;
    bool linked;
    struct object library;
};

static void make_at_start(const struct object *o)
{
    void *address;
#define FIND(name, parameters)                    \
    object_defines(o, "nc_" #name, &address);     \
    *(void **)&at_start.name = address;
    INQUIRIES(FIND)
#undef FIND
    at_start.base = start_of(o);
    if (at_start.inq_var != NULL)
        atomic_store(&alone, &at_start);
}

static void conclude(const struct count *c)
{
    if (c->libraries > 1 || c->linked)
        several = true;
#if !defined(__x86_64__)
    if (loads != 0 && loads != c->loads)
        several = true; /* nobody looks before something is loaded: caller.c */
#endif
    if (c->libraries == 1 && !several && atomic_load(&alone) == NULL
        && c->library_place < library_objects_at_start())
        make_at_start(&c->library);
    const struct library *l = atomic_load(&alone);
    if (l != NULL && c->libraries == 1 && l->base != start_of(&c->library))
        several = true;
    loads = c->loads;
    unloads = c->unloads;
    if (l != NULL && !several && !atomic_load(&one)) {
        struct find f = {0};
        dl_iterate_phdr(find_functions, &f); /* within the walk that counts */
    }
    atomic_store(&one, l != NULL && !several);
}

static int count_object(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    struct count *c = data;
    struct object o;
    void *address;
    if (c->place == 0 && info->dlpi_adds == loads && info->dlpi_subs == unloads)
        return 1;
    c->loads = info->dlpi_adds;
    c->unloads = info->dlpi_subs;
    object_read(info, &o);
    if (!object_holds(&o, &at_start) && object_defines(&o, "nc_inq_var", &address)) {
        c->libraries++;
        c->library = o;
        c->library_place = c->place;
    }
    c->linked = c->linked || o.linked;
    c->place++;
    return 0;
}

static void end_count(void *count)
{
    struct count *c = count;
    if (c->place > 0)
        conclude(c);
}

static void count_again(void)
{
    struct count c = {0};
    int saved = errno;
    own_doubt = false;
    atomic_store(&doubt, false);
    object_walk_then(count_object, &c, end_count);
    errno = saved;
}

bool census_is_one(void)
{
    count_again();
    return atomic_load(&one);
}

void census_doubt(void)
{
    own_doubt = true;
    atomic_store(&doubt, true);
}

const struct library *census_library(void)
{
    const struct library *l = atomic_load(&alone);
    return l == &at_start ? l : NULL;
}

static void end_adoption(void *library)
{
    if (atomic_load(&alone) == NULL && !several)
        atomic_store(&alone, library);
    loads = 0; /* so that it is counted again */
}

static int see_none(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)info;
    (void)size;
    (void)data;
    return 1;
}

void census_adopt(const struct library *library)
{
    if (atomic_load(&alone) != NULL || library->inq_var == NULL)
        return;
    object_walk_then(see_none, (void *)(uintptr_t)library, end_adoption);
    atomic_store(&doubt, true);
}

bool census_route(enum call call, bool opens, struct route *route)
{
    if (opens || own_doubt || atomic_load_explicit(&doubt, memory_order_relaxed))
        count_again();
    if (!atomic_load_explicit(&one, memory_order_acquire) || routes[call].next == NULL)
        return false;
    *route = routes[call];
    return true;
}
