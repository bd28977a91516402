/* The process's one state, and what follows a put that succeeded.
 *
 * A thread that finds the lock taken never waits: its write becomes a gap. A guard per thread
 * keeps netCDF's own nested calls, and handlers of signals that arrive during a copy, from being
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
    atomic_store_explicit(&hook.locked, false, memory_order_release);
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
    else if (atomic_load(&hook.mode) != MODE_OFF)
        atomic_fetch_add(&hook.early, 1);
}

/* ---- the hyperslab of a put ---- */

static size_t length_now(const struct variable *v, int d)
{
    size_t length = v->lengths[d];
    if (length == 0 && v->library->inq_dimlen(v->ncid, v->dimids[d], &length) != 0)
        length = 0;
    return length;
}

/* Fills in what the caller left out, as netCDF does; false if nothing was written. */
static bool extents(const struct variable *v, const struct put *put, size_t *start, size_t *count)
{
    for (int d = 0; d < v->rank; d++) {
        ptrdiff_t step = put->stride ? put->stride[d] : 1;
        start[d] = put->start ? put->start[d] : 0;
        if (put->form == FORM_POINT) {
            count[d] = 1;
        } else if (put->count != NULL) {
            count[d] = put->count[d];
        } else {
            size_t length = length_now(v, d);
            count[d] = step > 0 && length > start[d]
                           ? (length - start[d] + (size_t)step - 1) / (size_t)step
                           : 0;
        }
        if (count[d] == 0 || step <= 0)
            return false;
    }
    return true;
}

static bool skipped_by_stride(const struct variable *v, const struct put *put, const size_t *start)
{
    uint64_t stride = hook.settings.record_stride;
    return stride > 1 && v->record_dimension >= 0 && put->form != FORM_WHOLE
           && start[v->record_dimension] % stride != 0;
}

static uint64_t payload_bytes(const struct variable *v, const size_t *count, size_t element)
{
    uint64_t bytes = element;
    for (int d = 0; d < v->rank; d++)
        if (__builtin_mul_overflow(bytes, (uint64_t)count[d], &bytes))
            return UINT64_MAX;
    return bytes;
}

static enum ring_result copy(const struct variable *v, const struct put *put, const size_t *start,
                             const size_t *count)
{
    int type = put->type != TYPE_NONE ? put->type : v->type;
    size_t element = record_type_size(type);
    struct ring_slab slab = {
        .kind = RECORD_DATA,
        .rank = (uint16_t)v->rank,
        .type = (uint8_t)type,
        .small = v->auxiliary && payload_bytes(v, count, element) <= SMALL_WRITE,
        .element = element,
        .file = v->file->number,
        .key = v->descriptor_hash | 2, /* 0 and 1 have a meaning of their own */
        .start = start,
        .count = count,
        .stride = v->rank > 0 ? put->stride : NULL,
        .map = v->rank > 0 ? put->map : NULL,
        .payload = put->data,
        .descriptor = v->descriptor,
        .descriptor_length = v->descriptor_length,
        .descriptor_hash = v->descriptor_hash};
    v->file->captured = true;
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

static void put_under_lock(
    const struct library *library, int ncid, int varid, const struct put *put)
{
    uint64_t began;
    const struct variable *v = selected_variable(library, ncid, varid, &began);
    if (v == NULL)
        return;
    size_t start[v->rank > 0 ? v->rank : 1], count[v->rank > 0 ? v->rank : 1];
    if (!extents(v, put, start, count) || skipped_by_stride(v, put, start))
        return;
    if (atomic_load(&hook.mode) == MODE_READY) {
        if (!attach())
            return;
        began = now_ns(); /* making the ring touches every page of it, once: no write's cost */
    }
    if (atomic_load(&hook.mode) == MODE_OFF) {
        ring_unsaid(&hook.ring);
        return;
    }
    if (copy(v, put, start, count) == RING_BROKEN) {
        turn_off("the ring was damaged or is gone");
        ring_unsaid(&hook.ring);
        return;
    }
    ring_record_cost(&hook.ring, now_ns() - began);
}

void capture_put(const struct library *library, int ncid, int varid, const struct put *put)
{
    inside = true;
    if (!lock()) {
        count_contended();
    } else {
        if (ready())
            put_under_lock(library, ncid, varid, put);
        unlock();
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

enum file_event { FILE_OPENED, FILE_CLOSED, FILE_REDEFINED };

static void file_event(const struct library *library, int ncid, enum file_event event)
{
    int mode = atomic_load_explicit(&hook.mode, memory_order_relaxed);
    if (mode == MODE_INERT || mode == MODE_UNTRIED)
        return;
    inside = true;
    if (!lock()) {
        atomic_store(&hook.stale, true);
    } else {
        if (ready()) {
            if (event == FILE_CLOSED)
                tell_closed(library, ncid);
            variable_forget(library, ncid, event != FILE_REDEFINED);
        }
        unlock();
    }
    inside = false;
}

void capture_opened(const struct library *library, int ncid)
{
    file_event(library, ncid, FILE_OPENED);
}

void capture_closed(const struct library *library, int ncid)
{
    file_event(library, ncid, FILE_CLOSED);
}

void capture_redefined(const struct library *library, int ncid)
{
    file_event(library, ncid, FILE_REDEFINED);
}

__attribute__((destructor)) static void leave(void)
{
    if (atomic_load(&hook.mode) < MODE_CAPTURING || is_child() || !lock())
        return;
    ring_end(&hook.ring);
    unlock();
}
