/* Which object calls.
 *
 * A function that ends in a call jumps there: then the return address lies in whoever called the
 * function, and tells nothing of the object that it belongs to. That matters only where objects
 * reach different netCDF libraries. So the places where the loader put the wrappers' addresses are
 * looked through whenever something was loaded, and if one name leads to several functions, each
 * object gets an entry of the wrapper that belongs to its function (the ways).
 *
 * Where there are several libraries, what is loaded later is looked at with the next call, and before
 * the next dlopen: so there are only objects of one dlopen that nobody has looked at when one of them
 * calls for the first time, and they have one scope. Where the answer is not certain all the same (several threads load at once), the
 * thread's own plug-in is taken, and what a call instruction says of its target.
 */
#define _GNU_SOURCE
#include "slots.h"
#include "census.h"

#include <dlfcn.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MOST_OBJECTS 1024
#define MOST_SLOTS 2048
#define MOST_WAITS 200 /* a name that nobody defines stays without an address */
#define NAME_SLOTS 512 /* a power of two, well above CALLS */

struct route slots_targets[CALLS][WAYS];
_Atomic uint32_t slots_looks;

struct list {
    struct slot slots[MOST_SLOTS];
    unsigned count;
};

static struct seen seen[MOST_OBJECTS];
static unsigned seen_count;
static struct list lists[2]; /* of this look and of the one before */
static struct list *now = &lists[0], *before = &lists[1];
static _Atomic uint64_t loads_seen;
static _Atomic uint32_t expected = 1, looked_for; /* how often something was begun to be loaded */
static _Atomic bool deep;
static bool several;    /* netCDF libraries */
static bool unfinished; /* at the last look an object was not relocated yet */
static bool within_load; /* this thread may be loading what is looked at */

_Static_assert(CALLS < NAME_SLOTS / 2, "names find room");

static int call_named(const char *name)
{
    static uint16_t by_name[NAME_SLOTS];
    static bool made;
    if (strncmp(name, "nc_", 3) != 0)
        return -1;
    for (int c = 0; !made && c < CALLS; c++) {
        size_t i = record_hash(library_name_of(c), strlen(library_name_of(c))) % NAME_SLOTS;
        while (by_name[i] != 0)
            i = (i + 1) % NAME_SLOTS;
        by_name[i] = (uint16_t)(c + 1);
    }
    made = true;
    for (size_t i = record_hash(name, strlen(name)) % NAME_SLOTS; by_name[i] != 0;
         i = (i + 1) % NAME_SLOTS)
        if (strcmp(library_name_of(by_name[i] - 1), name) == 0)
            return by_name[i] - 1;
    return -1;
}

/* ---- looking ---- */

struct look {
    struct seen *of;
    unsigned place;   /* of the object in the loader's list */
    bool first_found; /* a name that is not bound yet will lead here */
    bool unfinished;
};

static bool note_slot(void *data, const char *name, void **at)
{
    struct look *look = data;
    int call = call_named(name);
    if (call < 0)
        return true;
    void *held = *at;
    look->of->writes = true;
    if ((uintptr_t)held < look->of->object.base && look->of->waits < MOST_WAITS)
        look->unfinished = true;
    struct slot slot = {.of = look->of, .call = (enum call)call, .at = at, .held = held};
    for (int w = 0; w < WAYS && !slot.done; w++)
        if (held == wrapper_ways[call][w]) {
            slot.route = slots_targets[call][w];
            slot.resolved = slot.done = true;
        }
    bool unbound = object_holds(&look->of->object, held) && look->first_found
                   && (look->of->at_start || !atomic_load(&deep));
    if ((held == wrapper_entries[call] || unbound || slot.done) && now->count < MOST_SLOTS)
        now->slots[now->count++] = slot;
    return true;
}

/* Of objects that write there are few; a text that finds no room is left out, and its object as it is. */
static const char *keep(const char *path)
{
    static char texts[65536];
    static size_t used;
    size_t bytes = strlen(path) + 1;
    for (const char *kept = texts; kept < texts + used; kept += strlen(kept) + 1)
        if (strcmp(kept, path) == 0)
            return kept;
    if (bytes > sizeof texts - used)
        return NULL;
    used += bytes;
    return memcpy(texts + used - bytes, path, bytes);
}

/* An entry that no list speaks of, or a new one. */
static struct seen *vacant(void)
{
    if (seen_count < MOST_OBJECTS)
        return &seen[seen_count++];
    for (unsigned i = 0; i < MOST_OBJECTS; i++)
        if (seen[i].last + 2 < atomic_load(&slots_looks))
            return &seen[i];
    return NULL;
}

static struct seen *seen_as(const struct object *o, unsigned hint)
{
    if (hint < seen_count && object_same(&seen[hint].object, o))
        return &seen[hint];
    for (unsigned i = 0; i < seen_count; i++)
        if (object_same(&seen[i].object, o))
            return &seen[i];
    return NULL;
}

static int look_at(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    struct look *look = data;
    struct object o;
    loads_seen = info->dlpi_adds;
    object_read(info, &o);
    unsigned place = look->place++;
    struct seen *s = seen_as(&o, place);
    bool known = s != NULL;
    if (!known) {
        s = vacant();
        if (s == NULL)
            return 1;
        const char *slash = strrchr(o.name, '/'), *file = slash != NULL ? slash + 1 : o.name;
        *s = (struct seen){.object = o,
                           .file_hash = record_hash(file, strlen(file)),
                           .at_start = place < library_objects_at_start()};
    }
    s->last = atomic_load(&slots_looks);
    s->fresh = !known;
    if ((known && !s->writes) || object_holds(&o, &slots_targets))
        return 0;
    bool others = look->unfinished;
    look->of = s;
    look->unfinished = false;
    object_each_slot(&o, note_slot, look);
    if (s->writes && s->path == NULL)
        s->path = keep(o.name);
    s->waits += look->unfinished;
    look->unfinished = look->unfinished || others;
    return 0;
}

/* ---- where each leads ---- */

static void take_over(struct slot *slot, unsigned *hint)
{
    for (unsigned i = 0; i < before->count; i++) {
        const struct slot *old = &before->slots[(*hint + i) % before->count];
        if (old->at == slot->at && old->call == slot->call && old->of == slot->of && old->resolved) {
            slot->route = old->route;
            slot->resolved = true;
            *hint = (*hint + i + 1) % before->count;
            return;
        }
    }
}

/* Holds an object while it is looked into outside of the loader's lock; false if it is gone, or if it
 * may be what this thread is loading: to hold that would initialise it before what it needs. Then it is
 * left for the next look. */
static bool hold(const struct seen *of, void **handle)
{
    static unsigned refused;
    struct link_map *map = NULL;
    *handle = NULL;
    if (of->at_start)
        return true; /* stays */
    if (of->path == NULL || of->path[0] == 0)
        return of->path != NULL; /* the program stays */
    if (within_load) {
        unfinished = unfinished || refused++ < MOST_WAITS;
        return false;
    }
    *handle = library_load(of->path, RTLD_NOLOAD | RTLD_LAZY);
    return *handle != NULL && dlinfo(*handle, RTLD_DI_LINKMAP, &map) == 0
           && map->l_addr == of->object.base;
}

static bool resolve_as_the_only_one(struct slot *slot)
{
    if (!several && census_route(slot->call, false, &slot->route))
        slot->resolved = true;
    return slot->resolved;
}

static void resolve_all(void)
{
    unsigned hint = 0;
    for (unsigned i = 0; i < now->count;) {
        const struct seen *of = now->slots[i].of;
        void *handle = NULL;
        bool held = false, tried = false;
        for (; i < now->count && now->slots[i].of == of; i++) {
            struct slot *slot = &now->slots[i];
            if (!of->fresh && !slot->resolved)
                take_over(slot, &hint);
            if (slot->resolved || resolve_as_the_only_one(slot))
                continue;
            held = tried ? held : hold(of, &handle);
            tried = true;
            if (held)
                slot->route = library_resolve(&of->object, slot->call, true);
            slot->resolved = held;
        }
        if (handle != NULL)
            dlclose(handle);
    }
}

/* ---- telling them apart ---- */

static bool needs_ways(enum call call)
{
    const struct route *one = slots_targets[call][0].next != NULL ? &slots_targets[call][0] : NULL;
    for (unsigned i = 0; i < now->count; i++) {
        const struct slot *s = &now->slots[i];
        if (s->call != call || s->route.next == NULL)
            continue;
        if (one != NULL && !same_route(one, &s->route))
            return true;
        one = &s->route;
    }
    return false;
}

int slots_way(enum call call, const struct route *route)
{
    for (int w = 0; w < WAYS; w++) {
        struct route *target = &slots_targets[call][w];
        if (target->next == NULL)
            *target = *route;
        if (same_route(target, route))
            return w;
    }
    return -1;
}

/* A page of slots that is being changed. */
struct page {
    uintptr_t at; /* 0: none */
    bool sealed, open;
};

static void seal(struct page *p, size_t size)
{
    if (p->sealed && p->open)
        mprotect((void *)p->at, size, PROT_READ);
    *p = (struct page){0};
}

static void put_into(struct page *p, const struct object *o, void **at, void *entry)
{
    size_t size = (size_t)sysconf(_SC_PAGESIZE);
    uintptr_t start = (uintptr_t)at & ~(uintptr_t)(size - 1);
    if (p->at != start) {
        seal(p, size);
        *p = (struct page){.at = start, .sealed = start >= o->sealed_low && start < o->sealed_high};
        p->open = !p->sealed || mprotect((void *)start, size, PROT_READ | PROT_WRITE) == 0;
    }
    if (p->open)
        atomic_store_explicit((_Atomic(void *) *)at, entry, memory_order_release);
}

/* What is loaded later gets its way at once: the next that is loaded may lead elsewhere. */
static bool needs_way(const struct slot *s, bool apart)
{
    return !s->done && s->route.next != NULL && (apart || (several && !s->of->at_start));
}

struct change {
    const struct seen *of;
    const bool *apart;
};

/* The object is held. */
static int change_slots(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    const struct change *change = data;
    struct object o;
    struct page page = {0};
    object_read(info, &o);
    if (!object_same(&change->of->object, &o))
        return 0;
    for (unsigned i = 0; i < now->count; i++) {
        struct slot *s = &now->slots[i];
        if (s->of != change->of || !needs_way(s, change->apart[s->call]) || *s->at != s->held)
            continue;
        int way = slots_way(s->call, &s->route);
        if (way >= 0)
            put_into(&page, &o, s->at, wrapper_ways[s->call][way]);
    }
    seal(&page, (size_t)sysconf(_SC_PAGESIZE));
    return 1;
}

/* Whoever holds an object that was loaded later has waited for the loader, which is done with its pages:
 * those that it seals are sealed. */
static void change_all(const bool *apart)
{
    const struct seen *last = NULL;
    for (unsigned i = 0; i < now->count; i++) {
        const struct slot *s = &now->slots[i];
        void *handle = NULL;
        if (s->of == last || !needs_way(s, apart[s->call]))
            continue;
        last = s->of;
        if (hold(s->of, &handle))
            object_walk(change_slots, &(struct change){s->of, apart});
        if (handle != NULL)
            dlclose(handle);
    }
}

/* Whether what is looked for under a name is found here first; that does not change. */
static bool is_found_first(void)
{
    static bool known, first;
    if (!known)
        first = dlsym(RTLD_DEFAULT, "nc_put_vara_double")
                == wrapper_entries[CALL_nc_put_vara_double];
    known = true;
    return first;
}

static void look_around(void)
{
    struct list *spare = before;
    before = now;
    now = spare;
    now->count = 0;
    several = !census_is_one();
    struct look look = {.first_found = is_found_first()};
    object_walk(look_at, &look);
    unfinished = look.unfinished;
    atomic_fetch_add(&slots_looks, 1);
    resolve_all();
    bool apart[CALLS];
    for (int c = 0; c < CALLS; c++)
        apart[c] = needs_ways((enum call)c);
    change_all(apart);
}

void slots_look_around(void)
{
    if (slots_changed() || (unfinished && !object_list_is_lost()))
        look_around();
}

void slots_look_before_load(void)
{
    within_load = caller_is_loading();
    slots_look_around();
    within_load = false;
}

void slots_look_if_expected(void)
{
    uint32_t now_expected = atomic_load(&expected);
    if (now_expected == atomic_load(&looked_for))
        return;
    slots_look_around();
    if (!unfinished || object_list_is_lost())
        atomic_store(&looked_for, now_expected);
}

void slots_expect(void)
{
    atomic_fetch_add(&expected, 1);
}

void slots_expect_deep(void)
{
    atomic_store(&deep, true);
}

bool slots_unseen(void)
{
    return atomic_load_explicit(&expected, memory_order_relaxed)
           != atomic_load_explicit(&looked_for, memory_order_relaxed);
}

static int read_loads(struct dl_phdr_info *info, size_t size, void *loads)
{
    (void)size;
    *(uint64_t *)loads = info->dlpi_adds;
    return 1;
}

bool slots_changed(void)
{
    uint64_t loads = 0;
    if (object_list_is_lost())
        return false;
    object_walk(read_loads, &loads);
    return loads != loads_seen;
}

const struct slot *slots_next(const struct slot *one, enum call call)
{
    for (one = one == NULL ? now->slots : one + 1; one < now->slots + now->count; one++)
        if (one->call == call && one->route.next != NULL)
            return one;
    return NULL;
}
