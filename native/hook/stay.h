/* A thread's stay among what may be used by one thread at a time: whether it is there already, and
 * whether it will ever come back. Shared by the hook and the model API, each of which keeps a
 * thread-local pointer to the thread's stay in it, or NULL. */
#ifndef PLATEAU_HOOK_STAY_H
#define PLATEAU_HOOK_STAY_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#define STAY_MARK UINT64_C(0x9b1c5e60d7a4f283)

/* In the frame of the function that came in. */
struct stay {
    uintptr_t mark;
};

static inline uintptr_t stay_mark(const struct stay *stay)
{
    return (uintptr_t)stay ^ (uintptr_t)STAY_MARK;
}

static inline void stay_begin(struct stay *stay)
{
    stay->mark = stay_mark(stay);
}

static inline void stay_end(struct stay *stay)
{
    *(volatile uintptr_t *)&stay->mark = 0;
}

/* Whether this thread's `old` stay, of which nobody has seen the end, was left for good when one
 * begins at `fresh`. False: the call comes from a handler of a signal that arrived meanwhile, or that
 * cannot be excluded. */
bool stay_is_left(const struct stay *old, const struct stay *fresh);

/* Around what must not be left in the middle: by a handler of a signal, or because the thread is
 * cancelled. */
struct stay_held {
    sigset_t signals;
    int cancellation;
};
void stay_hold_signals(struct stay_held *before);
void stay_release_signals(const struct stay_held *before);

#endif
