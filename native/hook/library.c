/* Which definition a call would have reached without the hook.
 *
 * Two netCDF libraries may live in one process, told apart by symbol versions only. So the version
 * that the calling object asks for is read from its dynamic section, and the next definition with
 * that version is looked up; without one, the next definition at all; failing that (a library
 * loaded with RTLD_LOCAL), the library that the loader bound its other calls of netCDF to, and what
 * the calling object itself depends on. Which object calls is seen from the return address, or where
 * that does not tell, by slots.c.
 */
#define _GNU_SOURCE
#include "library.h"
#include "census.h"
#include "state.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#define CALLERS 32
#define LIBRARIES 8
#define ALWAYS UINT32_MAX

struct caller {
    _Atomic uintptr_t low;
    struct object object;
    bool stays; /* loaded at the start: never unloaded */
    _Atomic uint64_t unloads; /* how many objects had been unloaded when this one was known here */
    struct route routes[CALLS];
    _Atomic uint32_t known[CALLS]; /* ALWAYS: by its route; else 8 looks + way; 0: not known */
};

static struct caller callers[CALLERS];
static _Atomic unsigned caller_count;
static struct library libraries[LIBRARIES];
static unsigned objects_at_start;
static bool prepared;
static pthread_mutex_t resolving = PTHREAD_MUTEX_INITIALIZER;
static bool left_in_the_middle;

#define NAME(name, parameters, arguments, after) #name,
static const char *const names[] = {NETCDF_CALLS(NAME)};

const char *library_name_of(enum call call)
{
    return names[call];
}

void *library_load(const char *name, int mode)
{
    static _Atomic(void *) real;
    void *function = atomic_load_explicit(&real, memory_order_relaxed), *next;
    if (function == NULL) {
        function = dlsym(RTLD_NEXT, "dlopen"); /* slots.c exports one, too */
        atomic_store_explicit(&real, function, memory_order_relaxed);
    }
    void *(*load)(const char *, int);
    next = function;
    memcpy(&load, &next, sizeof load);
    return load(name, mode);
}

/* ---- the calling object ---- */

static int count_object(struct dl_phdr_info *info, size_t size, void *count)
{
    (void)info;
    (void)size;
    ++*(unsigned *)count;
    return 0;
}

/* The thread that is in here is not in a child that another one forks meanwhile: what it was at is left
 * as it is. */
static void in_child(void)
{
    if (pthread_mutex_trylock(&resolving) == 0)
        pthread_mutex_unlock(&resolving);
    else
        left_in_the_middle = true;
}

static void count_at_start(void)
{
    unsigned count = 0;
    if (objects_at_start == 0) {
        object_walk(count_object, &count);
        objects_at_start = count;
    }
}

__attribute__((constructor)) static void prepare(void)
{
    count_at_start();
    pthread_atfork(NULL, NULL, in_child);
    prepared = true;
}

bool library_is_prepared(void)
{
    if (!prepared)
        count_at_start();
    return prepared;
}

unsigned library_objects_at_start(void)
{
    return objects_at_start;
}

static int read_unloads(struct dl_phdr_info *info, size_t size, void *unloads)
{
    (void)size;
    *(uint64_t *)unloads = info->dlpi_subs;
    return 1;
}

/* Whether the object at the address of a known one is still that one: a plug-in may have been
 * unloaded since and another one loaded in its place. */
static bool is_still_there(struct caller *c)
{
    if (c->stays || object_list_is_lost())
        return true;
    uint64_t unloads = 0;
    object_walk(read_unloads, &unloads);
    if (unloads == atomic_load_explicit(&c->unloads, memory_order_relaxed))
        return true;
    struct object now;
    unsigned place;
    if (!object_at(c->object.low, &now, &place, &unloads) || !object_same(&now, &c->object))
        return false;
    atomic_store_explicit(&c->unloads, unloads, memory_order_relaxed);
    return true;
}

/* ---- the library ---- */

static const void *object_of(const void *address)
{
    Dl_info info;
    return dladdr(address, &info) != 0 ? info.dli_fbase : NULL;
}

static bool is_ours(const void *address)
{
    return object_of(address) == object_of((const void *)&libraries);
}

/* A reference with a version binds to that version or to an unversioned definition, whichever
 * comes first; dlvsym knows only the former. */
static void *next_in_scope(const char *name, const char *version)
{
    void *any = dlsym(RTLD_NEXT, name);
    void *exact = version ? dlvsym(RTLD_NEXT, name, version) : NULL;
    struct link_map *first = NULL, *second = NULL;
    if (exact == NULL || any == NULL || any == exact)
        return exact ? exact : any;
    object_is_unversioned(exact, &second);
    if (object_is_unversioned(any, &first))
        for (; first != NULL; first = first->l_next)
            if (first == second)
                return any;
    return exact;
}

/* A definition in `object` or what it depends on, other than ours. */
static void *definition_below(const char *object, const char *name)
{
    if (object == NULL || object[0] == 0)
        return NULL;
    void *handle = library_load(object, RTLD_NOLOAD | RTLD_LAZY);
    void *found = handle ? dlsym(handle, name) : NULL;
    if (handle != NULL)
        dlclose(handle);
    return found != NULL && !is_ours(found) ? found : NULL;
}

/* The last resort, for a caller that jumped here from an object of a local scope. */
static void *definition_anywhere(const char *name)
{
    struct link_map *map = NULL;
    void *program = library_load(NULL, RTLD_LAZY), *found = NULL;
    if (program != NULL && dlinfo(program, RTLD_DI_LINKMAP, &map) == 0)
        for (; map != NULL && found == NULL; map = map->l_next)
            found = definition_below(map->l_name, name);
    return found;
}

/* `alone`: no other thread is in here, so that a new entry may be made. */
static const struct library *library_holding(const void *address, bool alone)
{
    Dl_info info;
    if (dladdr(address, &info) == 0)
        return NULL;
    const struct library *first = census_library();
    if (first != NULL && first->base == info.dli_fbase)
        return first;
    for (int i = 0; i < LIBRARIES; i++) {
        struct library *l = &libraries[i];
        if (l->base == info.dli_fbase)
            return l;
        if (l->base != NULL)
            continue;
        if (!alone)
            return NULL;
        /* This also keeps the library from being unloaded while we hold its addresses. */
        l->handle = library_load(info.dli_fname, RTLD_NOLOAD | RTLD_LAZY);
        if (l->handle == NULL)
            return NULL;
#define RESOLVE(name, parameters) *(void **)&l->name = dlsym(l->handle, "nc_" #name);
        INQUIRIES(RESOLVE)
#undef RESOLVE
        l->base = info.dli_fbase;
        return l;
    }
    return NULL;
}

/* ---- what the loader bound an object's other calls to ---- */

struct evidence {
    bool alone;
    const struct library *library;
};

static bool look_for_library(void *data, const char *name, void **slot)
{
    struct evidence *e = data;
    Dl_info info;
    const void *held = *slot;
    if (strncmp(name, "nc_", 3) != 0 || held == NULL || is_ours(held)
        || dladdr(held, &info) == 0 || info.dli_sname == NULL || strcmp(info.dli_sname, name) != 0)
        return true;
    const struct library *l = library_holding(held, e->alone);
    e->library = l != NULL && l->inq_var != NULL ? l : NULL;
    return e->library == NULL;
}

static const struct library *library_bound_to(const struct object *o, bool alone)
{
    struct evidence e = {.alone = alone};
    object_each_slot(o, look_for_library, &e);
    return e.library;
}

static bool is_netcdf(const void *address, bool alone)
{
    const struct library *l = library_holding(address, alone);
    return l != NULL && l->inq_var != NULL;
}

/* What stands in the global scope now may have come there after the object was bound. */
static void *next_definition(const struct object *o, enum call call, bool alone)
{
    const char *name = names[call];
    void *next = next_in_scope(name, object_wanted_version(o, name));
    if (next != NULL && (!is_netcdf(next, alone)))
        return next;
    const struct library *bound = library_bound_to(o, alone);
    if (bound != NULL && (next == NULL || object_of(next) != bound->base)) {
        void *there = dlsym(bound->handle, name);
        if (there != NULL && object_of(there) == bound->base)
            return there;
    }
    if (next == NULL)
        next = definition_below(o->name, name);
    return next ? next : definition_anywhere(name);
}

/* ---- routes ---- */

/* Answers no inquiries: what is written through it is counted as what cannot be described. */
static const struct library nameless = {.base = &nameless};

/* The next definition may be another interposer's: its object answers no inquiries, and those go to
 * the library behind it. */
struct route library_resolve(const struct object *o, enum call call, bool alone)
{
    struct route route = {.next = next_definition(o, call, alone)};
    if (route.next == NULL || o->linked)
        return route;
    route.library = library_holding(route.next, alone);
    if (route.library == NULL || route.library->inq_var == NULL) {
        void *inquiry = next_in_scope("nc_inq_var", object_wanted_version(o, names[call]));
        route.library = inquiry ? library_holding(inquiry, alone) : NULL;
    }
    if (route.library == NULL)
        route.library = &nameless;
    return route;
}

/* ---- the way from a call to its route ---- */

static struct caller *known_caller(uintptr_t address)
{
    unsigned count = atomic_load_explicit(&caller_count, memory_order_acquire);
    for (unsigned i = 0; i < count; i++)
        if (address >= atomic_load_explicit(&callers[i].low, memory_order_relaxed)
            && address < callers[i].object.high && is_still_there(&callers[i]))
            return &callers[i];
    return NULL;
}

static uint64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* A thread that is in here may wait for the loader, which may be busy with another thread's plug-in;
 * and if that one calls from its initialisation, it waits for us: so a second is the end of it, and
 * nobody waits again before that thread has gone. */
static bool enter_alone(void)
{
    static _Atomic bool in_vain;
    const struct timespec nap = {.tv_nsec = 50000};
    uint64_t began = 0;
    while (!left_in_the_middle) {
        if (pthread_mutex_trylock(&resolving) == 0) {
            atomic_store(&in_vain, false);
            return true;
        }
        uint64_t now = now_ms();
        began = began != 0 ? began : now;
        if (atomic_load(&in_vain) || now - began >= 1000)
            break;
        clock_nanosleep(CLOCK_MONOTONIC, 0, &nap, NULL);
    }
    atomic_store(&in_vain, true);
    return false;
}

bool library_alone(void (*act)(void))
{
    struct stay_held before;
    stay_hold_signals(&before);
    bool alone = enter_alone();
    if (alone) {
        act();
        pthread_mutex_unlock(&resolving);
    }
    stay_release_signals(&before);
    return alone;
}

/* The entry of an object; `stranger` if it cannot be kept. */
static struct caller *caller_at(uintptr_t address, bool alone, struct caller *stranger)
{
    struct caller *known = known_caller(address);
    unsigned count = atomic_load(&caller_count), place = 0;
    if (known != NULL)
        return known;
    uint64_t unloads = 0;
    bool found = object_at(address, &stranger->object, &place, &unloads);
    if (!found || !alone || count == CALLERS)
        return stranger;
    struct caller *c = &callers[count];
    c->object = stranger->object;
    c->stays = place < objects_at_start;
    atomic_store_explicit(&c->unloads, unloads, memory_order_relaxed);
    atomic_store_explicit(&c->low, c->object.low, memory_order_release);
    atomic_store_explicit(&caller_count, count + 1, memory_order_release);
    return c;
}

/* A route that is written is never changed: another thread may be reading it. */
static void remember(struct caller *c, enum call call, enum verdict verdict, const struct route *route)
{
    int way = verdict == VERDICT_SURE ? slots_way(call, route) : -1;
    if (atomic_load(&c->known[call]) == ALWAYS)
        return;
    if (verdict == VERDICT_CALLER) {
        c->routes[call] = *route;
        atomic_store_explicit(&c->known[call], ALWAYS, memory_order_release);
    } else if (way >= 0) {
        atomic_store_explicit(&c->known[call], 8 * atomic_load(&slots_looks) + (uint32_t)way,
                              memory_order_release);
    }
}

static struct route slow_route(uintptr_t address, bool jumped, enum call call)
{
    struct caller stranger = {0};
    bool alone = enter_alone();
    struct route route = {0};
    enum verdict verdict
        = alone ? caller_settle(address, jumped, call, &route) : VERDICT_CALLER;
    struct caller *c = caller_at(address, alone, &stranger);
    if (verdict == VERDICT_CALLER && atomic_load(&c->known[call]) == ALWAYS)
        route = c->routes[call];
    if (route.next == NULL) {
        route = library_resolve(&c->object, call, alone);
        if (alone && route.library != NULL && object_of(route.next) == route.library->base)
            census_adopt(route.library);
    }
    if (alone && c != &stranger && route.next != NULL)
        remember(c, call, verdict, &route);
    if (alone)
        pthread_mutex_unlock(&resolving);
    return route;
}

/* The real function that this thread is in. A library that jumps to another of its functions
 * instead of calling it leaves us as the return address: then it is the library that calls. */
static __thread const void *entered __attribute__((tls_model("initial-exec")));

const void *library_enter(const void *function)
{
    const void *outer = entered;
    entered = function;
    return outer;
}

void library_leave(const void *outer)
{
    entered = outer;
}

/* A jump leaves the address in the wrapper that entered, so only that object needs to be known. */
static bool is_our_text(uintptr_t address)
{
    static _Atomic uintptr_t low, high;
    if (atomic_load_explicit(&high, memory_order_acquire) == 0) {
        struct object ours = {0};
        unsigned place;
        uint64_t unloads;
        object_at((uintptr_t)is_our_text, &ours, &place, &unloads);
        atomic_store_explicit(&low, ours.low, memory_order_relaxed);
        atomic_store_explicit(&high, ours.high, memory_order_release);
    }
    return address >= atomic_load_explicit(&low, memory_order_relaxed)
           && address < atomic_load_explicit(&high, memory_order_relaxed);
}

struct route library_route(enum call call, const void *return_address, bool opens)
{
    struct route only;
    if (census_route(call, opens, &only))
        return only;
    uintptr_t address = (uintptr_t)return_address;
    bool jumped = entered != NULL && is_our_text(address);
    if (jumped)
        address = (uintptr_t)entered;
    struct caller *c = known_caller(address);
    if (c != NULL && !slots_unseen() && !(opens && slots_changed())) {
        uint32_t known = atomic_load_explicit(&c->known[call], memory_order_acquire);
        if (known == ALWAYS)
            return c->routes[call];
        if (known / 8 == atomic_load_explicit(&slots_looks, memory_order_relaxed) && known != 0)
            return slots_targets[call][known % 8];
    }
    int saved = errno;
    struct stay_held before;
    stay_hold_signals(&before);
    if (opens && slots_changed())
        slots_expect();
    struct route route = slow_route(address, jumped, call);
    stay_release_signals(&before);
    errno = saved;
    return route;
}
