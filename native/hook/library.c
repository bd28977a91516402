/* Which definition a call would have reached without the hook.
 *
 * Two netCDF libraries may live in one process, told apart by symbol versions only. So the version
 * that the calling object asks for is read from its dynamic section, and the next definition with
 * that version is looked up; without one, the next definition at all; failing that (a library
 * loaded with RTLD_LOCAL), what the calling object itself depends on.
 */
#define _GNU_SOURCE
#include "library.h"
#include "note.h"

#include <dlfcn.h>
#include <elf.h>
#include <errno.h>
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#define CALLERS 32
#define LIBRARIES 8

struct caller {
    _Atomic uintptr_t low;
    uintptr_t high;
    uintptr_t base;
    const ElfW(Dyn) *dynamic;
    const char *name;
    uint64_t name_hash;
    bool linked; /* has a hook of its own, which captures what it writes */
    bool stays; /* loaded at the start: never unloaded */
    _Atomic uint64_t unloads; /* how many objects had been unloaded when this one was known here */
    struct route routes[CALLS];
    _Atomic uint8_t known[CALLS];
};

static struct caller callers[CALLERS];
static _Atomic unsigned caller_count;
static struct library libraries[LIBRARIES];
static unsigned objects_at_start;
static pthread_mutex_t resolving = PTHREAD_MUTEX_INITIALIZER;

#define NAME(name, parameters, arguments, after) #name,
static const char *const names[] = {NETCDF_CALLS(NAME)};

/* ---- the calling object ---- */

struct search {
    uintptr_t address;
    struct caller *found;
    unsigned objects; /* before it */
};

/* Whether what a program header speaks of is in memory. */
static bool is_loaded(const struct dl_phdr_info *info, const ElfW(Phdr) *part)
{
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        if (p->p_type == PT_LOAD && (p->p_flags & PF_R) != 0 && part->p_vaddr >= p->p_vaddr
            && part->p_vaddr + part->p_memsz <= p->p_vaddr + p->p_memsz)
            return true;
    }
    return false;
}

static int match_object(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    struct search *search = data;
    unsigned place = search->objects++;
    uintptr_t low = UINTPTR_MAX, high = 0;
    const ElfW(Dyn) *dynamic = NULL;
    bool linked = false;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        uintptr_t from = info->dlpi_addr + p->p_vaddr;
        if (p->p_type == PT_DYNAMIC)
            dynamic = (const ElfW(Dyn) *)from;
        if (p->p_type == PT_NOTE && is_loaded(info, p))
            linked = linked || note_found((const unsigned char *)from, p->p_memsz);
        if (p->p_type != PT_LOAD)
            continue;
        low = from < low ? from : low;
        high = from + p->p_memsz > high ? from + p->p_memsz : high;
    }
    if (search->address < low || search->address >= high)
        return 0;
    search->found->base = info->dlpi_addr;
    search->found->high = high;
    search->found->dynamic = dynamic;
    search->found->linked = linked;
    search->found->name = info->dlpi_name;
    search->found->name_hash = record_hash(info->dlpi_name, strlen(info->dlpi_name));
    search->found->stays = place < objects_at_start;
    atomic_store_explicit(&search->found->unloads, info->dlpi_subs, memory_order_relaxed);
    atomic_store_explicit(&search->found->low, low, memory_order_release);
    return 1;
}

static int count_object(struct dl_phdr_info *info, size_t size, void *count)
{
    (void)info;
    (void)size;
    ++*(unsigned *)count;
    return 0;
}

__attribute__((constructor)) static void count_at_start(void)
{
    dl_iterate_phdr(count_object, &objects_at_start);
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
    if (c->stays)
        return true;
    uint64_t unloads = 0;
    dl_iterate_phdr(read_unloads, &unloads);
    if (unloads == atomic_load_explicit(&c->unloads, memory_order_relaxed))
        return true;
    struct caller now = {0};
    struct search search = {.address = atomic_load(&c->low), .found = &now};
    if (dl_iterate_phdr(match_object, &search) == 0 || now.base != c->base || now.high != c->high
        || now.name != c->name || now.name_hash != c->name_hash)
        return false;
    atomic_store_explicit(&c->unloads, unloads, memory_order_relaxed);
    return true;
}

/* Addresses in the dynamic section are relocated in place by some loaders and not by others. */
static const void *dynamic_pointer(const struct caller *c, ElfW(Sxword) tag)
{
    for (const ElfW(Dyn) *d = c->dynamic; d != NULL && d->d_tag != DT_NULL; d++)
        if (d->d_tag == tag)
            return (const void *)(d->d_un.d_ptr < c->base ? d->d_un.d_ptr + c->base
                                                           : d->d_un.d_ptr);
    return NULL;
}

static size_t dynamic_value(const struct caller *c, ElfW(Sxword) tag)
{
    for (const ElfW(Dyn) *d = c->dynamic; d != NULL && d->d_tag != DT_NULL; d++)
        if (d->d_tag == tag)
            return d->d_un.d_val;
    return 0;
}

static const char *needed_version(const struct caller *c, unsigned index, const char *strings)
{
    const ElfW(Verneed) *need = dynamic_pointer(c, DT_VERNEED);
    for (size_t i = dynamic_value(c, DT_VERNEEDNUM); need != NULL && i > 0; i--) {
        const ElfW(Vernaux) *aux = (const void *)((const char *)need + need->vn_aux);
        for (unsigned k = 0; k < need->vn_cnt; k++) {
            if ((aux->vna_other & 0x7fff) == index)
                return strings + aux->vna_name;
            aux = (const void *)((const char *)aux + aux->vna_next);
        }
        need = (const void *)((const char *)need + need->vn_next);
    }
    return NULL;
}

/* The same for a reference to a symbol that the object itself defines. */
static const char *defined_version(const struct caller *c, unsigned index, const char *strings)
{
    const ElfW(Verdef) *definition = dynamic_pointer(c, DT_VERDEF);
    for (size_t i = dynamic_value(c, DT_VERDEFNUM); definition != NULL && i > 0; i--) {
        const ElfW(Verdaux) *aux
            = (const void *)((const char *)definition + definition->vd_aux);
        if (definition->vd_ndx == index)
            return definition->vd_flags & VER_FLG_BASE ? NULL : strings + aux->vda_name;
        definition = (const void *)((const char *)definition + definition->vd_next);
    }
    return NULL;
}

static const char *version_in(
    const struct caller *c, const ElfW(Rela) *table, size_t bytes, const char *name)
{
    const ElfW(Sym) *symbols = dynamic_pointer(c, DT_SYMTAB);
    const char *strings = dynamic_pointer(c, DT_STRTAB);
    const ElfW(Versym) *versions = dynamic_pointer(c, DT_VERSYM);
    if (table == NULL || symbols == NULL || strings == NULL || versions == NULL)
        return NULL;
    for (size_t i = 0; i < bytes / sizeof *table; i++) {
        size_t symbol = ELF64_R_SYM(table[i].r_info);
        if (symbol == 0 || strcmp(strings + symbols[symbol].st_name, name) != 0)
            continue;
        unsigned index = versions[symbol] & 0x7fff;
        const char *needed = needed_version(c, index, strings);
        return needed ? needed : defined_version(c, index, strings);
    }
    return NULL;
}

/* The version under which the calling object refers to `name`; NULL if under none. */
static const char *wanted_version(const struct caller *c, const char *name)
{
    if (sizeof(void *) != 8 || c->dynamic == NULL || dynamic_value(c, DT_PLTREL) == DT_REL)
        return NULL;
    const char *version = version_in(
        c, dynamic_pointer(c, DT_JMPREL), dynamic_value(c, DT_PLTRELSZ), name);
    return version ? version
                   : version_in(c, dynamic_pointer(c, DT_RELA), dynamic_value(c, DT_RELASZ), name);
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

/* Whether a definition carries no version of its own; `map` gets its object. */
static bool is_unversioned(const void *address, struct link_map **map)
{
    Dl_info info;
    void *symbol = NULL, *object = NULL;
    if (dladdr1(address, &info, &symbol, RTLD_DL_SYMENT) == 0 || symbol == NULL
        || dladdr1(address, &info, &object, RTLD_DL_LINKMAP) == 0)
        return false;
    *map = object;
    struct caller holder = {.base = (*map)->l_addr, .dynamic = (*map)->l_ld};
    const ElfW(Sym) *symbols = dynamic_pointer(&holder, DT_SYMTAB);
    const ElfW(Versym) *versions = dynamic_pointer(&holder, DT_VERSYM);
    return versions == NULL || (versions[(const ElfW(Sym) *)symbol - symbols] & 0x7fff) <= 1;
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
    is_unversioned(exact, &second);
    if (is_unversioned(any, &first))
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
    void *handle = dlopen(object, RTLD_NOLOAD | RTLD_LAZY);
    void *found = handle ? dlsym(handle, name) : NULL;
    if (handle != NULL)
        dlclose(handle);
    return found != NULL && !is_ours(found) ? found : NULL;
}

/* The last resort, for a caller that jumped here from an object of a local scope. */
static void *definition_anywhere(const char *name)
{
    struct link_map *map = NULL;
    void *program = dlopen(NULL, RTLD_LAZY), *found = NULL;
    if (program != NULL && dlinfo(program, RTLD_DI_LINKMAP, &map) == 0)
        for (; map != NULL && found == NULL; map = map->l_next)
            found = definition_below(map->l_name, name);
    return found;
}

static void *next_definition(const struct caller *c, const char *name)
{
    void *next = next_in_scope(name, wanted_version(c, name));
    if (next == NULL)
        next = definition_below(c->name, name);
    return next ? next : definition_anywhere(name);
}

/* `alone`: no other thread is in here, so that a new entry may be made. */
static const struct library *library_holding(const void *address, bool alone)
{
    Dl_info info;
    if (dladdr(address, &info) == 0)
        return NULL;
    for (int i = 0; i < LIBRARIES; i++) {
        struct library *l = &libraries[i];
        if (l->base == info.dli_fbase)
            return l;
        if (l->base != NULL)
            continue;
        if (!alone)
            return NULL;
        /* This also keeps the library from being unloaded while we hold its addresses. */
        l->handle = dlopen(info.dli_fname, RTLD_NOLOAD | RTLD_LAZY);
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

/* The next definition may be another interposer's: its object answers no inquiries, and those go to
 * the library behind it. */
static struct route resolve(const struct caller *c, enum call call, bool alone)
{
    struct route route = {.next = next_definition(c, names[call])};
    if (route.next == NULL || c->linked)
        return route;
    route.library = library_holding(route.next, alone);
    if (route.library == NULL || route.library->inq_var == NULL) {
        void *inquiry = next_in_scope("nc_inq_var", wanted_version(c, names[call]));
        route.library = inquiry ? library_holding(inquiry, alone) : NULL;
    }
    return route;
}

/* ---- the way from a call to its route ---- */

static struct caller *known_caller(uintptr_t address)
{
    unsigned count = atomic_load_explicit(&caller_count, memory_order_acquire);
    for (unsigned i = 0; i < count; i++)
        if (address >= atomic_load_explicit(&callers[i].low, memory_order_relaxed)
            && address < callers[i].high && is_still_there(&callers[i]))
            return &callers[i];
    return NULL;
}

static struct route slow_route(uintptr_t address, enum call call)
{
    struct caller stranger = {0}, *c = &stranger;
    bool alone = pthread_mutex_trylock(&resolving) == 0;
    struct caller *known = known_caller(address);
    unsigned count = atomic_load(&caller_count);
    if (known != NULL)
        c = known;
    else if (alone && count < CALLERS)
        c = &callers[count];
    struct search search = {.address = address, .found = c};
    if (known == NULL && dl_iterate_phdr(match_object, &search) != 0 && c != &stranger)
        atomic_store_explicit(&caller_count, count + 1, memory_order_release);
    struct route route = resolve(c, call, alone);
    if (alone && c != &stranger && route.next != NULL) {
        c->routes[call] = route;
        atomic_store_explicit(&c->known[call], 1, memory_order_release);
    }
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
        struct caller ours = {0};
        struct search search = {.address = (uintptr_t)is_our_text, .found = &ours};
        dl_iterate_phdr(match_object, &search);
        atomic_store_explicit(&low, atomic_load(&ours.low), memory_order_relaxed);
        atomic_store_explicit(&high, ours.high, memory_order_release);
    }
    return address >= atomic_load_explicit(&low, memory_order_relaxed)
           && address < atomic_load_explicit(&high, memory_order_relaxed);
}

struct route library_route(enum call call, const void *return_address)
{
    uintptr_t address = (uintptr_t)return_address;
    if (entered != NULL && is_our_text(address))
        address = (uintptr_t)entered;
    struct caller *c = known_caller(address);
    if (c != NULL && atomic_load_explicit(&c->known[call], memory_order_acquire) != 0)
        return c->routes[call];
    int saved = errno;
    struct route route = slow_route(address, call);
    errno = saved;
    return route;
}
