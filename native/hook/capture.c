/* What follows a put that succeeded.
 *
 * A thread that finds the lock taken never waits: its write becomes a gap, told by whoever has the
 * lock next. Faults end capture for good in this process; the model notices nothing. */
#define _GNU_SOURCE
#include "state.h"

#include <stdlib.h>
#include <time.h>

#define SMALL_WRITE (256u << 10)

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
    static uint64_t files;
    if (v->file->number == 0)
        v->file->number = ++files;
    return (struct ring_slab){
        .kind = RECORD_DATA,
        .rank = (uint16_t)v->rank,
        .type = (uint8_t)v->type,
        .file = v->file->number,
        .key = v->descriptor_hash | 4, /* none of the small ones */
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

/* The variable of a put, NULL if there is no memory for it; and the time at which its capture began. A
 * variable that is not selected costs no look at the clock. */
static const struct variable *variable_of(
    const struct library *library, int ncid, int varid, uint64_t *began)
{
    if (atomic_load_explicit(&hook.stale, memory_order_relaxed)) {
        struct stay_held before;
        stay_hold_signals(&before);
        if (atomic_exchange(&hook.stale, false))
            variable_forget_all();
        stay_release_signals(&before);
    }
    const struct variable *v = variable_known(library, ncid, varid);
    *began = v == NULL || v->selected ? now_ns() : 0;
    if (v != NULL)
        return v;
    struct stay_held before;
    stay_hold_signals(&before);
    v = variable_find(library, ncid, varid, &hook.settings);
    stay_release_signals(&before);
    return v;
}

/* Whether there is a ring to write to; makes it at the first put that is wanted. What comes after
 * capture was turned off is counted. */
static bool have_ring(void)
{
    if (atomic_load(&hook.mode) == MODE_READY) {
        struct stay_held before;
        stay_hold_signals(&before);
        bool attached = state_attach();
        stay_release_signals(&before);
        if (!attached)
            return false;
    }
    if (atomic_load(&hook.mode) != MODE_OFF)
        return true;
    ring_unsaid(&hook.ring);
    return false;
}

static bool harmed(enum ring_result result)
{
    if (result != RING_BROKEN)
        return false;
    state_turn_off("the ring was damaged or is gone");
    ring_unsaid(&hook.ring);
    return true;
}

/* Nobody knows whether it was wanted. */
static void lose_undescribed(void)
{
    const struct ring_slab unknown = {.kind = RECORD_DATA, .key = RING_NAMELESS};
    if (have_ring())
        harmed(ring_lose(&hook.ring, &unknown, REASON_NOT_DESCRIBED));
}

static void put_under_lock(
    const struct library *library, int ncid, int varid, const struct put *put)
{
    uint64_t began;
    const struct variable *v = variable_of(library, ncid, varid, &began);
    if (v == NULL || v->rank < 0) {
        lose_undescribed();
        return;
    }
    if (!v->selected)
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
void capture_tell_missed(void)
{
    struct stay_held before;
    stay_hold_signals(&before);
    for (struct missed *m = missed_take(), *next; m != NULL; m = next) {
        next = m->next;
        tell(m);
        missed_free(m);
    }
    stay_release_signals(&before);
}

/* Unlocks; what another thread missed meanwhile is told now, lest it wait for the next put. */
void capture_release(void)
{
    state_unlock();
    for (int i = 0; i < 4 && missed_any() && state_lock(); i++) {
        if (state_ready())
            capture_tell_missed();
        state_unlock();
    }
}

/* The settings by a look of its own, until the thread that has the lock has read the session. NULL if
 * there is none: that thread says so. */
static struct session_settings *read_settings(void)
{
    char error[SESSION_ERROR_BYTES];
    struct session_settings *own = malloc(sizeof *own);
    if (own == NULL || session_check(hook.directory, own, error) == 0)
        return own;
    free(own);
    return NULL;
}

/* A child that was forked while its parent's other thread had the lock never gets it. */
static void miss(const struct library *library, int ncid, int varid, const struct put *put)
{
    int mode = atomic_load(&hook.mode);
    if (mode == MODE_INERT || (mode != MODE_UNTRIED && state_is_child()))
        return;
    struct stay_held before;
    stay_hold_signals(&before);
    struct session_settings *own = mode == MODE_UNTRIED ? read_settings() : NULL;
    if ((mode != MODE_UNTRIED || own != NULL)
        && !missed_keep(library, ncid, varid, put, own ? own : &hook.settings))
        state_count_unnamed();
    free(own);
    stay_release_signals(&before);
    if (state_lock())
        capture_release();
}

void capture_put(const struct library *library, int ncid, int varid, const struct put *put)
{
    struct stay stay;
    if (!state_enter(&stay)) {
        if (!state_is_child())
            state_count_unnamed();
        return;
    }
    if (!state_lock()) {
        miss(library, ncid, varid, put);
    } else {
        if (state_ready()) {
            if (missed_any())
                capture_tell_missed();
            put_under_lock(library, ncid, varid, put);
        }
        capture_release();
    }
    state_leave(&stay);
}
