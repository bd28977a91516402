/* The process's one state. Everything but the first three calls is under the lock. */
#ifndef PLATEAU_HOOK_STATE_H
#define PLATEAU_HOOK_STATE_H

#include "hook.h"
#include "stay.h"

#include <stdatomic.h>
#include <sys/types.h>

enum mode { MODE_INERT, MODE_UNTRIED, MODE_READY, MODE_CAPTURING, MODE_OFF };

struct hook_state {
    _Atomic int mode;
    const char *directory;
    bool unheard; /* the program was started without a standard error */
    _Atomic(const void *) owner; /* of the lock: an address of the thread's own; NULL: nobody has it */
    _Atomic bool stale;     /* a file was opened or closed while another thread had the lock */
    _Atomic uint64_t early; /* writes of which nothing is known, before there was a ring */
    int *alive;             /* in a page that the kernel wipes in forked children */
    pid_t pid;              /* where it cannot */
    struct session_settings settings;
    struct ring_writer ring;
};

extern struct hook_state hook;

/* Begins a stay; false if this thread is in here already: the call comes from a handler of a signal that
 * arrived meanwhile. A stay that was left for good, by a handler that jumped out of it, is cleared up
 * first. */
bool state_enter(struct stay *stay);
void state_leave(struct stay *stay);
/* Clears up what this thread left, if it holds the lock; for a thread that leaves for good. */
void state_give_up(void);

bool state_lock(void); /* never waits */
void state_unlock(void);
/* Counts a write that was lost and of which nothing is known. */
void state_count_unnamed(void);
/* Whether this is a forked child, which must leave its parent's ring alone. */
bool state_is_child(void);

/* Whether puts are to be looked at. Reads the session at the first one. */
bool state_ready(void);
/* Makes the ring. */
bool state_attach(void);
/* Ends capture for good in this process, and says why. */
void state_turn_off(const char *why);

#endif
