#define _GNU_SOURCE
#include "object.h"
#include "note.h"
#include "record.h"

#include <dlfcn.h>
#include <elf.h>
#include <unistd.h>

/* ---- finding one ---- */

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

void object_read(const struct dl_phdr_info *info, struct object *o)
{
    *o = (struct object){.low = UINTPTR_MAX, .base = info->dlpi_addr, .name = info->dlpi_name};
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        uintptr_t from = info->dlpi_addr + p->p_vaddr, to = from + p->p_memsz;
        if (p->p_type == PT_GNU_RELRO) {
            uintptr_t within_page = (uintptr_t)sysconf(_SC_PAGESIZE) - 1;
            o->sealed_low = from & ~within_page;
            o->sealed_high = to & ~within_page;
        }
        if (p->p_type == PT_DYNAMIC)
            o->dynamic = (const ElfW(Dyn) *)from;
        if (p->p_type == PT_NOTE && is_loaded(info, p))
            o->linked = o->linked || note_found((const unsigned char *)from, p->p_memsz);
        if (p->p_type != PT_LOAD)
            continue;
        if ((p->p_flags & (PF_R | PF_X)) == (PF_R | PF_X)) {
            o->text_low = from;
            o->text_high = to;
        }
        o->low = from < o->low ? from : o->low;
        o->high = to > o->high ? to : o->high;
    }
    o->name_hash = record_hash(info->dlpi_name, strlen(info->dlpi_name));
}

bool object_same(const struct object *a, const struct object *b)
{
    return a->base == b->base && a->high == b->high && a->name == b->name
           && a->name_hash == b->name_hash;
}

struct search {
    uintptr_t address;
    struct object *found;
    unsigned place;
    uint64_t unloads;
};

static int match(struct dl_phdr_info *info, size_t size, void *data)
{
    (void)size;
    struct search *search = data;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        if (p->p_type == PT_LOAD && search->address - info->dlpi_addr - p->p_vaddr < p->p_memsz) {
            object_read(info, search->found);
            search->unloads = info->dlpi_subs;
            return 1;
        }
    }
    search->place++;
    return 0;
}

/* By the loader's other lock, which it frees in a child. */
static bool read_without_list(uintptr_t address, struct object *o)
{
    Dl_info info;
    void *map = NULL;
    if (dladdr1((const void *)address, &info, &map, RTLD_DL_LINKMAP) == 0 || map == NULL
        || memcmp(info.dli_fbase, ELFMAG, SELFMAG) != 0)
        return false;
    const ElfW(Ehdr) *head = info.dli_fbase;
    const struct link_map *object = map;
    const struct dl_phdr_info as = {.dlpi_addr = object->l_addr, .dlpi_name = object->l_name,
                                    .dlpi_phdr = (const void *)((const char *)head + head->e_phoff),
                                    .dlpi_phnum = head->e_phnum};
    object_read(&as, o);
    return true;
}

bool object_at(uintptr_t address, struct object *o, unsigned *place, uint64_t *unloads)
{
    struct search search = {.address = address, .found = o};
    *place = 0;
    *unloads = 0;
    if (object_list_is_lost())
        return read_without_list(address, o);
    if (object_walk(match, &search) == 0)
        return false;
    *place = search.place;
    *unloads = search.unloads;
    return true;
}

/* ---- its dynamic section ---- */

/* Addresses in the dynamic section are relocated in place by some loaders and not by others. */
static const void *pointer_of(const struct object *o, ElfW(Sxword) tag)
{
    for (const ElfW(Dyn) *d = o->dynamic; d != NULL && d->d_tag != DT_NULL; d++)
        if (d->d_tag == tag)
            return (const void *)(d->d_un.d_ptr < o->base ? d->d_un.d_ptr + o->base
                                                           : d->d_un.d_ptr);
    return NULL;
}

static size_t value_of(const struct object *o, ElfW(Sxword) tag)
{
    for (const ElfW(Dyn) *d = o->dynamic; d != NULL && d->d_tag != DT_NULL; d++)
        if (d->d_tag == tag)
            return d->d_un.d_val;
    return 0;
}

static const char *needed_version(const struct object *o, unsigned index, const char *strings)
{
    const ElfW(Verneed) *need = pointer_of(o, DT_VERNEED);
    for (size_t i = value_of(o, DT_VERNEEDNUM); need != NULL && i > 0; i--) {
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
static const char *defined_version(const struct object *o, unsigned index, const char *strings)
{
    const ElfW(Verdef) *definition = pointer_of(o, DT_VERDEF);
    for (size_t i = value_of(o, DT_VERDEFNUM); definition != NULL && i > 0; i--) {
        const ElfW(Verdaux) *aux
            = (const void *)((const char *)definition + definition->vd_aux);
        if (definition->vd_ndx == index)
            return definition->vd_flags & VER_FLG_BASE ? NULL : strings + aux->vda_name;
        definition = (const void *)((const char *)definition + definition->vd_next);
    }
    return NULL;
}

/* The two tables of what the loader fills in: functions to be called, and the rest. */
struct table {
    const ElfW(Rela) *at;
    size_t count;
};

static bool tables_of(const struct object *o, struct table tables[2])
{
    if (sizeof(void *) != 8 || o->dynamic == NULL || value_of(o, DT_PLTREL) == DT_REL)
        return false;
    tables[0] = (struct table){pointer_of(o, DT_JMPREL), value_of(o, DT_PLTRELSZ) / sizeof(ElfW(Rela))};
    tables[1] = (struct table){pointer_of(o, DT_RELA), value_of(o, DT_RELASZ) / sizeof(ElfW(Rela))};
    size_t relative = value_of(o, DT_RELACOUNT); /* these come first and name nothing */
    if (tables[1].at != NULL && relative <= tables[1].count) {
        tables[1].at += relative;
        tables[1].count -= relative;
    }
    for (int i = 0; i < 2; i++)
        tables[i].count = tables[i].at != NULL ? tables[i].count : 0;
    return true;
}

const char *object_wanted_version(const struct object *o, const char *name)
{
    struct table tables[2];
    const ElfW(Sym) *symbols = pointer_of(o, DT_SYMTAB);
    const char *strings = pointer_of(o, DT_STRTAB);
    const ElfW(Versym) *versions = pointer_of(o, DT_VERSYM);
    if (symbols == NULL || strings == NULL || versions == NULL || !tables_of(o, tables))
        return NULL;
    for (int t = 0; t < 2; t++)
        for (size_t i = 0; i < tables[t].count; i++) {
            size_t symbol = ELF64_R_SYM(tables[t].at[i].r_info);
            if (symbol == 0 || strcmp(strings + symbols[symbol].st_name, name) != 0)
                continue;
            unsigned index = versions[symbol] & 0x7fff;
            const char *needed = needed_version(o, index, strings);
            return needed ? needed : defined_version(o, index, strings);
        }
    return NULL;
}

bool object_is_unversioned(const void *address, struct link_map **map)
{
    Dl_info info;
    void *symbol = NULL, *object = NULL;
    if (dladdr1(address, &info, &symbol, RTLD_DL_SYMENT) == 0 || symbol == NULL
        || dladdr1(address, &info, &object, RTLD_DL_LINKMAP) == 0)
        return false;
    *map = object;
    struct object holder = {.base = (*map)->l_addr, .dynamic = (*map)->l_ld};
    const ElfW(Sym) *symbols = pointer_of(&holder, DT_SYMTAB);
    const ElfW(Versym) *versions = pointer_of(&holder, DT_VERSYM);
    return versions == NULL || (versions[(const ElfW(Sym) *)symbol - symbols] & 0x7fff) <= 1;
}

/* ---- what it defines ---- */

static uint32_t gnu_hash(const char *name)
{
    uint32_t hash = 5381;
    for (; *name != 0; name++)
        hash = hash * 33 + (unsigned char)*name;
    return hash;
}

/* The next symbol of that hash, behind `symbol`; 0: none. */
static uint32_t next_symbol(const struct object *o, uint32_t hash, uint32_t symbol)
{
    const uint32_t *table = pointer_of(o, DT_GNU_HASH);
    if (table == NULL || table[0] == 0)
        return 0;
    uint32_t first = table[1];
    const uint32_t *buckets = (const uint32_t *)((const ElfW(Addr) *)(table + 4) + table[2]);
    const uint32_t *chains = buckets + table[0];
    uint32_t at = symbol != 0 ? symbol + 1 : buckets[hash % table[0]];
    if (at < first || (symbol != 0 && (chains[symbol - first] & 1) != 0))
        return 0;
    for (;; at++) {
        if ((chains[at - first] | 1) == (hash | 1))
            return at;
        if ((chains[at - first] & 1) != 0)
            return 0;
    }
}

bool object_defines(const struct object *o, const char *name, void **address)
{
    const ElfW(Sym) *symbols = pointer_of(o, DT_SYMTAB);
    const char *strings = pointer_of(o, DT_STRTAB);
    unsigned found = 0;
    *address = NULL;
    if (symbols == NULL || strings == NULL)
        return false;
    uint32_t hash = gnu_hash(name);
    for (uint32_t i = 0; (i = next_symbol(o, hash, i)) != 0;) {
        const ElfW(Sym) *s = &symbols[i];
        if (s->st_shndx == SHN_UNDEF || strcmp(strings + s->st_name, name) != 0)
            continue;
        bool function = ELF64_ST_TYPE(s->st_info) == STT_FUNC;
        *address = ++found == 1 && function ? (void *)(o->base + s->st_value) : NULL;
    }
    return found > 0;
}

/* ---- what it calls ---- */

#if defined(__x86_64__)
#define IS_SLOT(type) ((type) == R_X86_64_JUMP_SLOT || (type) == R_X86_64_GLOB_DAT)
#elif defined(__aarch64__)
#define IS_SLOT(type) ((type) == R_AARCH64_JUMP_SLOT || (type) == R_AARCH64_GLOB_DAT)
#else
#define IS_SLOT(type) false
#endif

void object_each_slot(const struct object *o, object_visit *visit, void *data)
{
    struct table tables[2];
    const ElfW(Sym) *symbols = pointer_of(o, DT_SYMTAB);
    const char *strings = pointer_of(o, DT_STRTAB);
    if (symbols == NULL || strings == NULL || !tables_of(o, tables))
        return;
    for (int t = 0; t < 2; t++)
        for (size_t i = 0; i < tables[t].count; i++) {
            const ElfW(Rela) *r = &tables[t].at[i];
            size_t symbol = ELF64_R_SYM(r->r_info);
            if (symbol != 0 && IS_SLOT(ELF64_R_TYPE(r->r_info))
                && !visit(data, strings + symbols[symbol].st_name,
                          (void **)(o->base + r->r_offset)))
                return;
        }
}

#if defined(__x86_64__)

static bool within(const struct object *o, uintptr_t from, size_t bytes)
{
    return from >= o->low && from < o->high && o->high - from >= bytes;
}

static uintptr_t displaced(const unsigned char *at, uintptr_t next)
{
    int32_t by;
    memcpy(&by, at, sizeof by);
    return next + (uintptr_t)(intptr_t)by;
}

/* What a jump or call through `slot(%rip)` reaches. */
static const void *through(const struct object *o, uintptr_t slot)
{
    return within(o, slot, sizeof(void *)) && slot % sizeof(void *) == 0 ? *(void **)slot : NULL;
}

static bool is_text(const struct object *o, uintptr_t from, size_t bytes)
{
    return from >= o->text_low && from < o->text_high && o->text_high - from >= bytes;
}

const void *object_callee(const struct object *o, uintptr_t ret)
{
    if (!is_text(o, ret - 6, 6))
        return NULL;
    const unsigned char *at = (const unsigned char *)ret;
    if (at[-6] == 0xff && at[-5] == 0x15) /* call *slot(%rip) */
        return through(o, displaced(at - 4, ret));
    if (at[-5] != 0xe8)
        return NULL;
    uintptr_t target = displaced(at - 4, ret);
    if (!is_text(o, target, 16))
        return NULL;
    const unsigned char *stub = (const unsigned char *)target;
    static const unsigned char endbr64[] = {0xf3, 0x0f, 0x1e, 0xfa};
    if (memcmp(stub, endbr64, sizeof endbr64) == 0)
        stub += sizeof endbr64;
    if (stub[0] == 0xf2) /* bnd */
        stub++;
    if (stub[0] == 0xff && stub[1] == 0x25) /* jmp *slot(%rip): an entry of the linkage table */
        return through(o, displaced(stub + 2, (uintptr_t)stub + 6));
    return (const void *)target;
}

#else

const void *object_callee(const struct object *o, uintptr_t ret)
{
    (void)o;
    (void)ret;
    return NULL;
}

#endif
