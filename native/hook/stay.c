/* A thread's stay in here.
 *
 * A handler of a signal that arrives during a copy may never come back to it (siglongjmp). Then the
 * thread's next call finds a stay that nobody will end. It is known by its place: the stack grows
 * downwards, so a frame at or below the new one is gone; above it, it is alive only if a signal's frame
 * lies between the two. In doubt it counts as alive, and what is written then as lost.
 *
 * Only a copy may be left like that. While memory is asked for, tables are changed or a ring is made,
 * signals wait. */
#define _GNU_SOURCE
#include "stay.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define DEEPEST (1u << 20)

static bool is_mapped(uintptr_t from, uintptr_t to)
{
    unsigned char pages[DEEPEST / 4096 + 2];
    uintptr_t size = (uintptr_t)sysconf(_SC_PAGESIZE), start = from & ~(size - 1);
    return to - start <= DEEPEST + size && mincore((void *)start, to - start, pages) == 0;
}

static bool is_between(uintptr_t address, const stack_t *stack)
{
    return address >= (uintptr_t)stack->ss_sp && address - (uintptr_t)stack->ss_sp < stack->ss_size;
}

#if defined(__x86_64__)

struct kernel_action {
    void *handler;
    unsigned long flags;
    void *restorer;
    unsigned long mask;
};

/* The kernel lays the address of the handler's way back at the end of a signal's frame. */
static bool has_signal_frame(uintptr_t from, uintptr_t to)
{
    const void *back = NULL;
    for (int signal = 1; signal < 65 && back == NULL; signal++) {
        struct kernel_action action;
        if (syscall(SYS_rt_sigaction, signal, NULL, &action, sizeof action.mask) == 0
            && action.handler != (void *)SIG_DFL && action.handler != (void *)SIG_IGN)
            back = action.restorer;
    }
    for (from &= ~(uintptr_t)7; back != NULL && from < to; from += sizeof(void *))
        if (*(void *volatile *)from == back)
            return true;
    return false;
}

#else

static bool has_signal_frame(uintptr_t from, uintptr_t to)
{
    return from < to;
}

#endif

bool stay_is_left(const struct stay *old, const struct stay *fresh)
{
    uintptr_t then = (uintptr_t)old, now = (uintptr_t)fresh;
    stack_t other = {0};
    if (!is_mapped(then, then + sizeof *old) || old->mark != stay_mark(old))
        return true;
    bool known = sigaltstack(NULL, &other) == 0 && (other.ss_flags & SS_DISABLE) == 0;
    bool was_there = known && is_between(then, &other), is_there = known && is_between(now, &other);
    if (was_there != is_there)
        return was_there; /* a handler's own stack, left or entered */
    if (now >= then)
        return true;
    return is_mapped(now, then) && !has_signal_frame(now, then);
}

/* Not those that the thread's own instructions raise: held back, they end the process. */
void stay_hold_signals(struct stay_held *before)
{
    static const int own[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGABRT};
    sigset_t all;
    sigfillset(&all);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        sigdelset(&all, own[i]);
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before->cancellation);
    pthread_sigmask(SIG_BLOCK, &all, &before->signals);
}

void stay_release_signals(const struct stay_held *before)
{
    pthread_sigmask(SIG_SETMASK, &before->signals, NULL);
    pthread_setcancelstate(before->cancellation, NULL);
}
