#define _GNU_SOURCE
#include "state.h"
#include "say.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct hook_state hook;

static __thread struct stay *inside __attribute__((tls_model("initial-exec")));

__attribute__((constructor)) static void prepare(void)
{
    const char *directory = getenv("PLATEAU_SESSION");
    if (directory == NULL || directory[0] == 0)
        return;
    hook.directory = directory;
    hook.unheard = fcntl(STDERR_FILENO, F_GETFD) < 0;
    atomic_store(&hook.mode, MODE_UNTRIED);
}

bool capture_wanted(void)
{
    return atomic_load_explicit(&hook.mode, memory_order_relaxed) != MODE_INERT;
}

bool state_lock(void)
{
    const void *nobody = NULL;
    return atomic_compare_exchange_strong_explicit(
        &hook.owner, &nobody, &inside, memory_order_acquire, memory_order_relaxed);
}

void state_unlock(void)
{
    atomic_store(&hook.owner, NULL); /* sequentially consistent: a look at what was missed follows */
}

void state_give_up(void)
{
    if (atomic_load(&hook.owner) == &inside) {
        if (atomic_load(&hook.mode) >= MODE_CAPTURING && !state_is_child())
            ring_recover(&hook.ring);
        state_unlock();
    }
    inside = NULL;
}

bool state_enter(struct stay *stay)
{
    if (inside != NULL && !stay_is_left(inside, stay))
        return false;
    if (inside != NULL || atomic_load_explicit(&hook.owner, memory_order_relaxed) == &inside)
        state_give_up();
    stay_begin(stay);
    inside = stay;
    return true;
}

void state_leave(struct stay *stay)
{
    stay_end(stay);
    inside = NULL;
}

/* A model that was started without a standard error may have one of its files in its place. */
static bool is_standard_error(void)
{
    struct stat st;
    int flags = fcntl(STDERR_FILENO, F_GETFL);
    return !hook.unheard && flags >= 0 && fstat(STDERR_FILENO, &st) == 0
           && !(S_ISREG(st.st_mode) && (flags & O_ACCMODE) == O_RDWR);
}

static void tell(const char *what, const char *why)
{
    if (is_standard_error())
        say(what, why);
}

void state_turn_off(const char *why)
{
    struct stay_held before;
    stay_hold_signals(&before);
    bool has_ring = atomic_exchange(&hook.mode, MODE_OFF) == MODE_CAPTURING;
    if (has_ring)
        ring_turn_off(&hook.ring, REASON_INTERNAL_FAULT);
    else
        atomic_store(&hook.mode, MODE_INERT);
    tell("capture is off in this process: ", why);
    stay_release_signals(&before);
}

static void mark_process(void)
{
    hook.pid = getpid();
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return;
    if (madvise(page, 4096, MADV_WIPEONFORK) != 0) {
        munmap(page, 4096);
        return;
    }
    hook.alive = page;
    *hook.alive = 1;
}

bool state_is_child(void)
{
    return hook.alive != NULL ? *hook.alive == 0 : hook.pid != getpid();
}

static bool read_session(void)
{
    char error[SESSION_ERROR_BYTES];
    struct stay_held before;
    stay_hold_signals(&before);
    mark_process();
    bool read = session_check(hook.directory, &hook.settings, error) == 0;
    if (read)
        atomic_store(&hook.mode, MODE_READY);
    else
        state_turn_off(error);
    stay_release_signals(&before);
    return read;
}

bool state_ready(void)
{
    int mode = atomic_load(&hook.mode);
    if (mode == MODE_UNTRIED)
        return read_session();
    if (mode != MODE_INERT && state_is_child()) {
        atomic_store(&hook.mode, MODE_INERT);
        return false;
    }
    return mode != MODE_INERT;
}

bool state_attach(void)
{
    char error[SESSION_ERROR_BYTES], smaller[SESSION_ERROR_BYTES];
    if (ring_create(&hook.ring, hook.directory, &hook.settings, error, smaller) != 0) {
        state_turn_off(error);
        return false;
    }
    if (smaller[0] != 0)
        tell(smaller, "");
    atomic_store(&hook.mode, MODE_CAPTURING);
    for (uint64_t early = atomic_exchange(&hook.early, 0); early > 0; early--)
        ring_contended(&hook.ring);
    return true;
}

void state_count_unnamed(void)
{
    if (atomic_load(&hook.mode) == MODE_CAPTURING)
        ring_contended(&hook.ring);
    else if (atomic_load(&hook.mode) == MODE_OFF)
        ring_unsaid(&hook.ring);
    else
        atomic_fetch_add(&hook.early, 1);
}
