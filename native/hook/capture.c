/* The process's one state, and what follows a put that succeeded.
 *
 * A thread that finds the lock taken never waits: its write becomes a gap, told by whoever has the
 * lock next. A guard per thread keeps netCDF's own nested calls, and handlers of signals that arrive during a copy, from being
 * captured twice. Faults end capture for good in this process; the model notices nothing. */
#define _GNU_SOURCE
#include "hook.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define SMALL_WRITE (256u << 10)

enum mode { MODE_INERT, MODE_UNTRIED, MODE_READY, MODE_CAPTURING, MODE_OFF };

static struct {
    _Atomic int mode;
    const char *directory;
    _Atomic bool locked;
    _Atomic bool stale;        /* a file was opened or closed while another thread had the lock */
    _Atomic uint64_t early;    /* contended writes before there was a ring */
    int *alive;                /* in a page that the kernel wipes in forked children */
    pid_t pid;                 /* where it cannot */
    struct session_settings settings;
    struct ring_writer ring;
} hook;

static __thread bool inside __attribute__((tls_model("initial-exec")));

__attribute__((constructor)) static void prepare(void)
{
    const char *directory = getenv("PLATEAU_SESSION");
    if (directory == NULL || directory[0] == 0)
        return;
    hook.directory = directory;
    atomic_store(&hook.mode, MODE_UNTRIED);
}

bool capture_wanted(void)
{
    return atomic_load_explicit(&hook.mode, memory_order_relaxed) != MODE_INERT && !inside;
}

static bool lock(void)
{
    return !atomic_exchange_explicit(&hook.locked, true, memory_order_acquire);
}

static void unlock(void)
{
    atomic_store(&hook.locked, false); /* sequentially consistent: a look at what was missed follows */
}

static void say(const char *what)
{
    char line[SESSION_ERROR_BYTES + 64];
    int length = snprintf(line, sizeof line, "plateau: %s\n", what);
    if (length > 0 && write(STDERR_FILENO, line, (size_t)length) < 0)
        return; /* nobody listens */
}

static void turn_off(const char *why)
{
    char line[SESSION_ERROR_BYTES + 32];
    snprintf(line, sizeof line, "capture is off in this process: %s", why);
    bool has_ring = atomic_exchange(&hook.mode, MODE_OFF) == MODE_CAPTURING;
    if (has_ring)
        ring_turn_off(&hook.ring, REASON_INTERNAL_FAULT);
    else
        atomic_store(&hook.mode, MODE_INERT);
    say(line);
}

/* A forked child must leave its parent's ring alone. */
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

static bool is_child(void)
{
    return hook.alive != NULL ? *hook.alive == 0 : hook.pid != getpid();
}

/* Under the lock: whether puts are to be looked at. Reads the session at the first one. */
static bool ready(void)
{
    int mode = atomic_load(&hook.mode);
    if (mode == MODE_UNTRIED) {
        char error[SESSION_ERROR_BYTES];
        mark_process();
        if (session_check(hook.directory, &hook.settings, error) != 0) {
            turn_off(error);
            return false;
        }
        atomic_store(&hook.mode, MODE_READY);
        return true;
    }
    if (mode != MODE_INERT && is_child()) {
        atomic_store(&hook.mode, MODE_INERT);
        return false;
    }
    return mode != MODE_INERT;
}

static bool attach(void)
{
    char error[SESSION_ERROR_BYTES], smaller[SESSION_ERROR_BYTES];
    if (ring_create(&hook.ring, hook.directory, &hook.settings, error, smaller) != 0) {
        turn_off(error);
        return false;
    }
    if (smaller[0] != 0)
        say(smaller);
    atomic_store(&hook.mode, MODE_CAPTURING);
    for (uint64_t early = atomic_exchange(&hook.early, 0); early > 0; early--)
        ring_contended(&hook.ring);
    return true;
}

static void count_contended(void)
{
    if (atomic_load(&hook.mode) == MODE_CAPTURING)
        ring_contended(&hook.ring);
    else if (atomic_load(&hook.mode) == MODE_OFF)
        ring_unsaid(&hook.ring);
    else
        atomic_fetch_add(&hook.early, 1);
}

/* ---- puts ---- */

static uint64_t payload_bytes(const struct variable *v, const size_t *count, size_t element)
{
    uint64_t bytes = element;
    for (int d = 0; d < v->rank; d++)
        if (__builtin_mul_overflow(bytes, (uint64_t)count[d], &bytes))
            return UINT64_MAX;
    return bytes;
}

static struct ring_slab slab_of(const struct variable *v, const size_t *start,
                                const size_t *count, const ptrdiff_t *stride)
{
    v->file->captured = true;
    return (struct ring_slab){
        .kind = RECORD_DATA,
        .rank = (uint16_t)v->rank,
        .type = (uint8_t)v->type,
        .file = v->file->number,
        .key = v->descriptor_hash | 2, /* 0 and 1 have a meaning of their own */
        .start = start,
        .count = count,
        .stride = v->rank > 0 ? stride : NULL,
        .descriptor = v->descriptor,
        .descriptor_length = v->descriptor_length,
        .descriptor_hash = v->descriptor_hash};
}

static enum ring_result copy(const struct variable *v, const struct put *put, const size_t *start,
                             const size_t *count)
{
    struct ring_slab slab = slab_of(v, start, count, put->stride);
    if (v->numberless)
        return ring_lose(&hook.ring, &slab, REASON_NOT_NUMBERS);
    slab.type = (uint8_t)(put->type != TYPE_NONE ? put->type : v->type);
    slab.element = record_type_size(slab.type);
    slab.small = v->auxiliary && payload_bytes(v, count, slab.element) <= SMALL_WRITE;
    slab.map = v->rank > 0 ? put->map : NULL;
    slab.payload = put->data;
    return ring_write(&hook.ring, &slab);
}

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* The variable of a put, and the time at which its capture began. A variable that is not selected
 * costs no look at the clock. */
static const struct variable *selected_variable(
    const struct library *library, int ncid, int varid, uint64_t *began)
{
    if (atomic_exchange_explicit(&hook.stale, false, memory_order_relaxed))
        variable_forget_all();
    const struct variable *v = variable_known(library, ncid, varid);
    *began = v == NULL || v->selected ? now_ns() : 0;
    if (v == NULL)
        v = variable_find(library, ncid, varid, &hook.settings);
    return v != NULL && v->selected && v->rank >= 0 ? v : NULL;
}

/* Whether there is a ring to write to; makes it at the first put that is wanted. What comes after
 * capture was turned off is counted. */
static bool have_ring(void)
{
    if (atomic_load(&hook.mode) == MODE_READY && !attach())
        return false;
    if (atomic_load(&hook.mode) != MODE_OFF)
        return true;
    ring_unsaid(&hook.ring);
    return false;
}

static bool harmed(enum ring_result result)
{
    if (result != RING_BROKEN)
        return false;
    turn_off("the ring was damaged or is gone");
    ring_unsaid(&hook.ring);
    return true;
}

static void put_under_lock(
    const struct library *library, int ncid, int varid, const struct put *put)
{
    uint64_t began;
    const struct variable *v = selected_variable(library, ncid, varid, &began);
    if (v == NULL)
        return;
    size_t start[v->rank > 0 ? v->rank : 1], count[v->rank > 0 ? v->rank : 1];
    if (!extent_of(v, put, start, count)
        || extent_skipped(v, put->form, start, &hook.settings))
        return;
    bool first = atomic_load(&hook.mode) == MODE_READY;
    if (!have_ring())
        return;
    if (first)
        began = now_ns(); /* making the ring touches every page of it, once: no write's cost */
    if (!harmed(copy(v, put, start, count)))
        ring_record_cost(&hook.ring, now_ns() - began);
}

/* ---- a second thread ---- */

static void tell(struct missed *m)
{
    struct variable *v = &m->variable;
    if (!have_ring())
        return;
    v->file = variable_file_like(&m->file);
    if (v->file == NULL) {
        ring_contended(&hook.ring);
        return;
    }
    struct ring_slab slab = slab_of(v, m->start, m->count, m->stride);
    harmed(ring_lose(&hook.ring, &slab, REASON_SECOND_THREAD));
}

/* Under the lock, and once `ready`. */
static void tell_missed(void)
{
    for (struct missed *m = missed_take(), *next; m != NULL; m = next) {
        next = m->next;
        tell(m);
        missed_free(m);
    }
}

/* Unlocks; what another thread missed meanwhile is told now, lest it wait for the next put. */
static void release(void)
{
    unlock();
    for (int i = 0; i < 4 && missed_any() && lock(); i++) {
        if (ready())
            tell_missed();
        unlock();
    }
}

/* A child that was forked while its parent's other thread had the lock never gets it. */
static void miss(const struct library *library, int ncid, int varid, const struct put *put)
{
    int mode = atomic_load(&hook.mode);
    if (mode == MODE_INERT || (mode != MODE_UNTRIED && is_child()))
        return;
    struct session_settings own; /* until the thread that has the lock has read the session */
    char error[SESSION_ERROR_BYTES];
    if (mode == MODE_UNTRIED && session_check(hook.directory, &own, error) != 0)
        return; /* the other thread says so */
    if (!missed_keep(library, ncid, varid, put, mode == MODE_UNTRIED ? &own : &hook.settings))
        count_contended();
    if (lock())
        release();
}

void capture_put(const struct library *library, int ncid, int varid, const struct put *put)
{
    inside = true;
    if (!lock()) {
        miss(library, ncid, varid, put);
    } else {
        if (ready()) {
            if (missed_any())
                tell_missed();
            put_under_lock(library, ncid, varid, put);
        }
        release();
    }
    inside = false;
}

/* ---- files ---- */

static void tell_closed(const struct library *library, int ncid)
{
    struct open_file *file = variable_known_file(library, ncid);
    if (file == NULL || !file->captured || atomic_load(&hook.mode) != MODE_CAPTURING)
        return;
    struct descriptor d = {0};
    describe_file(&d, file->path);
    if (!d.failed) {
        struct ring_slab slab = {.kind = RECORD_FILE_CLOSE,
                                 .file = file->number,
                                 .descriptor = d.bytes,
                                 .descriptor_length = (uint32_t)d.length,
                                 .descriptor_hash = record_hash(d.bytes, d.length)};
        if (ring_tell(&hook.ring, &slab) == RING_BROKEN)
            turn_off("the ring was damaged or is gone");
    }
    descriptor_free(&d);
}

enum file_event { FILE_OPENED, FILE_CLOSED, FILE_REDEFINED, VARIABLE_CHANGED };

#define NO_VARIABLE (-1) /* NC_GLOBAL */

static void note(const struct library *library, int ncid, enum file_event event, int varid)
{
    if (missed_any())
        tell_missed();
    if (event == FILE_CLOSED)
        tell_closed(library, ncid);
    if (event == VARIABLE_CHANGED)
        variable_forget_one(library, ncid, varid);
    else
        variable_forget(library, ncid, event != FILE_REDEFINED);
}

static void file_event(const struct library *library, int ncid, enum file_event event, int varid)
{
    int mode = atomic_load_explicit(&hook.mode, memory_order_relaxed);
    if (mode == MODE_INERT || mode == MODE_UNTRIED)
        return;
    inside = true;
    if (!lock()) {
        atomic_store(&hook.stale, true);
    } else {
        if (ready())
            note(library, ncid, event, varid);
        release();
    }
    inside = false;
}

void capture_opened(const struct library *library, int ncid)
{
    file_event(library, ncid, FILE_OPENED, NO_VARIABLE);
}

void capture_closed(const struct library *library, int ncid)
{
    file_event(library, ncid, FILE_CLOSED, NO_VARIABLE);
}

void capture_redefined(const struct library *library, int ncid)
{
    file_event(library, ncid, FILE_REDEFINED, NO_VARIABLE);
}

void capture_attribute(const struct library *library, int ncid, int varid, const char *name)
{
    if (varid != NO_VARIABLE)
        file_event(library, ncid, VARIABLE_CHANGED, varid);
    else if (strcmp(name, "history") != 0) /* grows with every step in some models; not carried */
        file_event(library, ncid, FILE_REDEFINED, NO_VARIABLE);
}

__attribute__((destructor)) static void leave(void)
{
    if (atomic_load(&hook.mode) < MODE_CAPTURING || is_child() || !lock())
        return;
    tell_missed();
    ring_end(&hook.ring);
    unlock();
}
