/* Loaded objects, seen through their program headers and dynamic sections. */
#ifndef PLATEAU_OBJECT_H
#define PLATEAU_OBJECT_H

#include <link.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct object {
    uintptr_t low, high, base;
    uintptr_t text_low, text_high; /* may be read */
    uintptr_t sealed_low, sealed_high; /* whole pages that the loader seals once it is done with them */
    const ElfW(Dyn) *dynamic;
    const char *name; /* the loader's own text; "" for the program */
    uint64_t name_hash;
    bool linked; /* has a hook of its own, which captures what it writes */
};

/* dl_iterate_phdr, which handlers of signals do not interrupt. Visits nothing where the list is lost: in
 * a child that was forked by one of several threads, as another one may have had the loader's lock of
 * the list, and has it there for ever. */
bool object_list_is_lost(void);
typedef int object_walked(struct dl_phdr_info *info, size_t size, void *data);
int object_walk(object_walked *visit, void *data);
/* The same, and does something before another thread may walk. */
int object_walk_then(object_walked *visit, void *data, void (*then)(void *data));

/* Reads what dl_iterate_phdr shows. */
void object_read(const struct dl_phdr_info *info, struct object *object);
static inline bool object_holds(const struct object *object, const void *address)
{
    return (uintptr_t)address >= object->low && (uintptr_t)address < object->high;
}

bool object_same(const struct object *a, const struct object *b);

/* Finds the object at an address; false if there is none. `place`: how many were loaded before it;
 * `unloads`: how many objects had been unloaded then; both 0 where the list is lost. */
bool object_at(uintptr_t address, struct object *object, unsigned *place, uint64_t *unloads);

/* The version under which an object refers to `name`; NULL if under none. */
const char *object_wanted_version(const struct object *object, const char *name);

/* Whether a definition carries no version of its own; `map` gets its object. */
bool object_is_unversioned(const void *address, struct link_map **map);

/* Whether an object defines `name` for others; `address` is NULL if it does not say where: by more than
 * one version, or where its own code chooses. */
bool object_defines(const struct object *object, const char *name, void **address);

/* Where the loader puts the addresses of functions that an object calls: calls `visit` for each with
 * the function's name, until it returns false. */
typedef bool object_visit(void *data, const char *name, void **slot);
void object_each_slot(const struct object *object, object_visit *visit, void *data);

/* What is called by the instruction in front of a return address, as far as it says so; NULL: unknown. */
const void *object_callee(const struct object *object, uintptr_t return_address);

#endif
