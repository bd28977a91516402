/* The places where the loader put the wrappers' addresses; between slots.c and caller.c. All but
 * slots_changed with no other thread in here. */
#ifndef PLATEAU_SLOTS_H
#define PLATEAU_SLOTS_H

#include "library.h"

struct seen {
    struct object object;
    const char *path;   /* of its file, if it writes; the loader's own text goes with the object */
    uint64_t file_hash; /* of the path's last part */
    uint32_t last;      /* look at which it was there */
    bool writes; /* calls something that is hooked */
    bool fresh;  /* was not there at the last look */
    bool at_start;
    uint8_t waits; /* looks at which it did not seem to be relocated */
};

/* A place that leads to a wrapper as the loader found it. */
struct slot {
    const struct seen *of;
    enum call call;
    void **at;
    void *held;
    struct route route;
    bool resolved;
    bool done; /* had got its way before this look */
};

static inline bool same_route(const struct route *a, const struct route *b)
{
    return a->next == b->next && a->library == b->library;
}

/* Looks through all objects if there are others than at the last look, and gives each its way where one
 * name leads to several functions. */
void slots_look_around(void);
/* The same if anything may have been loaded. */
void slots_look_if_expected(void);
/* From now on objects may be loaded that find what they define themselves first (RTLD_DEEPBIND). */
void slots_expect_deep(void);
/* The same before this thread loads something, maybe while it initialises what it is loading. */
void slots_look_before_load(void);
/* Whether the dlopen that this thread begins may be within another. */
bool caller_is_loading(void);
/* The next place, of those found then, by which a function of that name is called; after NULL the
 * first. */
const struct slot *slots_next(const struct slot *one, enum call call);

#endif
