#ifndef PLATEAU_LIBRARY_H
#define PLATEAU_LIBRARY_H

#include "hook.h"
#include "object.h"
#include "symbols.h"

enum call { NETCDF_CALLS(CALL_INDEX) CALLS };

struct route {
    void *next; /* the real function; NULL if there is none in this process */
    const struct library *library; /* NULL: nothing is captured, as the caller has the hook linked
                                  * in */
};

/* ---- library.c ---- */

/* Where a call from `return_address` goes. Safe from several threads; keeps errno. */
struct route library_route(enum call call, const void *return_address, bool opens);

/* Brackets a real call; what enter returns is handed to leave. */
const void *library_enter(const void *function);
void library_leave(const void *outer);

/* Where an object's calls go, as the loader would have it. `alone`: no other thread resolves now. */
struct route library_resolve(const struct object *object, enum call call, bool alone);
const char *library_name_of(enum call call);
/* Does something while no other thread resolves; false, and nothing, if one does. */
bool library_alone(void (*act)(void));
/* How many of the loader's list were there before anything was loaded by hand. */
unsigned library_objects_at_start(void);
/* Whether the hook's own initialisation is behind it, which comes after that of most libraries; counts
 * what is there otherwise. */
bool library_is_prepared(void);
/* The loader's own dlopen, past the one that is exported here. */
void *library_load(const char *name, int mode);

/* The same where netCDF is linked in: its inquiries are known to the linker. */
struct route linked_route(void *real);

/* ---- slots.c, caller.c: which object calls, where several netCDF libraries are in the process ---- */

enum { WAYS = 4 }; /* different functions of one name that are told apart */

/* wrappers.c: what the loader finds under the names, and one more entry for every way. */
extern void *const wrapper_entries[CALLS];
extern void *const wrapper_ways[CALLS][WAYS];
/* Where a call goes that comes in by one of those. */
extern struct route slots_targets[CALLS][WAYS];

extern _Atomic uint32_t slots_looks; /* how often was looked */
/* Whether objects may have been loaded since the last look: something was begun to be loaded, or, which
 * takes longer to tell, the loader's list is another one. */
bool slots_unseen(void);
bool slots_changed(void);
void slots_expect(void); /* something may be loaded */

enum verdict {
    VERDICT_CALLER, /* the object at the address calls, by `route` if it has one */
    VERDICT_SURE,   /* `route` is where every object that may have jumped here leads */
    VERDICT_LIKELY  /* `route` is where that one leads which most likely did */
};

/* Who calls, with no other thread in here; looks at what was loaded. `jumped`: the address is not
 * one that a call returns to. */
enum verdict caller_settle(uintptr_t address, bool jumped, enum call call, struct route *route);

/* The number of a route among those of that name; -1 if there are more than WAYS. */
int slots_way(enum call call, const struct route *route);

#endif
