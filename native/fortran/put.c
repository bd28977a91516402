/* Handing fields over: a ring of the model's own, filled as the hook fills its one.
 *
 * A handler of a signal may jump out of a copy for good (stay.h): that write is torn, and the next one
 * goes on. Elsewhere signals wait. */
#define _GNU_SOURCE
#include "declare.h"
#include "ring.h"
#include "say.h"
#include "stay.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define PUBLIC __attribute__((visibility("default")))
#define SMALL_WRITE (256u << 10)

enum mode { MODE_UNTRIED, MODE_READY, MODE_CAPTURING, MODE_OFF, MODE_INERT };

static struct {
    _Atomic enum mode mode;
    _Atomic(const void *) owner; /* an address of the thread's own; NULL: nobody is in here */
    pid_t pid;
    struct session_settings settings;
    struct ring_writer ring;
} api;

static __thread struct stay *inside __attribute__((tls_model("initial-exec")));

/* ---- the first put ---- */

static void turn_off(const char *why)
{
    bool has_ring = api.mode == MODE_CAPTURING;
    api.mode = has_ring ? MODE_OFF : MODE_INERT;
    if (has_ring)
        ring_turn_off(&api.ring, REASON_INTERNAL_FAULT);
    say("the model's fields are not copied in this process: ", why);
}

static void read_session(void)
{
    char error[SESSION_ERROR_BYTES];
    const char *directory = getenv("PLATEAU_SESSION");
    struct stay_held before;
    stay_hold_signals(&before);
    api.pid = getpid();
    api.mode = directory != NULL && directory[0] != 0 ? MODE_READY : MODE_INERT;
    if (api.mode == MODE_READY && session_check(directory, &api.settings, error) != 0)
        turn_off(error);
    stay_release_signals(&before);
}

static bool ready(void)
{
    if (api.mode == MODE_UNTRIED)
        read_session();
    if (api.mode != MODE_INERT && api.pid != getpid())
        api.mode = MODE_INERT; /* a forked child leaves its parent's ring alone */
    return api.mode != MODE_INERT;
}

static bool make_ring(void)
{
    char error[SESSION_ERROR_BYTES], smaller[SESSION_ERROR_BYTES];
    if (ring_create(&api.ring, getenv("PLATEAU_SESSION"), &api.settings, error, smaller) != 0) {
        turn_off(error);
        return false;
    }
    if (smaller[0] != 0)
        say(smaller, "");
    api.mode = MODE_CAPTURING;
    return true;
}

static bool attach(void)
{
    struct stay_held before;
    if (api.mode != MODE_READY)
        return true;
    stay_hold_signals(&before);
    bool made = make_ring();
    stay_release_signals(&before);
    return made;
}

/* ---- puts ---- */

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static int after(enum ring_result result)
{
    if (result == RING_BROKEN) {
        struct stay_held before;
        stay_hold_signals(&before);
        turn_off("the ring was damaged or is gone");
        stay_release_signals(&before);
        ring_unsaid(&api.ring);
    }
    return result == RING_WRITTEN;
}

static int write_slab(
    plateau_variable *v, const size_t *start, const size_t *count, const void *data)
{
    uint64_t began = now_ns(), elements = 1;
    for (int d = 0; d < v->rank; d++)
        if (count[d] == 0 || __builtin_mul_overflow(elements, (uint64_t)count[d], &elements))
            return 0;
    size_t element = record_type_size(v->type);
    struct ring_slab slab = {.kind = RECORD_DATA,
                             .rank = (uint16_t)v->rank,
                             .type = (uint8_t)v->type,
                             .flags = RECORD_MODEL_API,
                             .small = v->auxiliary && elements * element <= SMALL_WRITE,
                             .element = element,
                             .file = 1,
                             .key = v->hash | 4,
                             .start = start,
                             .count = count,
                             .payload = data,
                             .descriptor = v->descriptor.bytes,
                             .descriptor_length = (uint32_t)v->descriptor.length,
                             .descriptor_hash = v->hash};
    enum ring_result result = ring_write(&api.ring, &slab);
    if (result != RING_BROKEN)
        ring_record_cost(&api.ring, now_ns() - began);
    return after(result);
}

/* There was no memory for what describes it: nobody knows whether it was wanted. */
static int lose_undescribed(void)
{
    const struct ring_slab unknown
        = {.kind = RECORD_DATA, .flags = RECORD_MODEL_API, .key = RING_NAMELESS};
    return after(ring_lose(&api.ring, &unknown, REASON_NOT_DESCRIBED));
}

static bool skipped_by_stride(const plateau_variable *v, const size_t *start)
{
    uint64_t stride = api.settings.record_stride;
    return stride > 1 && v->record_dimension >= 0 && start[v->record_dimension] % stride != 0;
}

static int put(plateau_variable *v, const size_t *start, const size_t *count, const void *data)
{
    if (!ready())
        return 0;
    if (!v->decided) {
        struct stay_held before;
        stay_hold_signals(&before);
        declared_decide(v, &api.settings);
        stay_release_signals(&before);
    }
    if ((v->described && (!v->selected || skipped_by_stride(v, start))) || !attach())
        return 0;
    if (api.mode == MODE_OFF) {
        ring_unsaid(&api.ring);
        return 0;
    }
    return v->described ? write_slab(v, start, count, data) : lose_undescribed();
}

static bool has_ring(void)
{
    return (api.mode == MODE_CAPTURING || api.mode == MODE_OFF) && api.pid == getpid();
}

/* ---- one thread at a time ---- */

/* What this thread left for good in the middle of a put is cleared up. */
static void give_up(void)
{
    if (atomic_load(&api.owner) == &inside) {
        if (has_ring())
            ring_recover(&api.ring);
        atomic_store(&api.owner, NULL);
    }
    inside = NULL;
}

static bool enter(struct stay *stay)
{
    const void *nobody = NULL;
    if (inside != NULL) {
        if (!stay_is_left(inside, stay))
            return false; /* a handler's call, in the middle of one */
        give_up();
    }
    stay_begin(stay);
    inside = stay;
    if (atomic_compare_exchange_strong(&api.owner, &nobody, &inside))
        return true;
    stay_end(stay);
    inside = NULL;
    return false;
}

static void leave(struct stay *stay)
{
    atomic_store(&api.owner, NULL);
    stay_end(stay);
    inside = NULL;
}

PUBLIC int plateau_put(
    plateau_variable *v, const size_t *start, const size_t *count, const void *data)
{
    int saved = errno, copied = 0;
    struct stay stay = {0};
    if (v == NULL)
        return 0;
    if (enter(&stay)) {
        copied = put(v, start, count, data);
        leave(&stay);
    } else if (has_ring()) { /* a second thread's, or a handler's: lost, and counted */
        if (api.mode == MODE_CAPTURING)
            ring_contended(&api.ring);
        else
            ring_unsaid(&api.ring);
    }
    errno = saved;
    return copied;
}

static void tell_closed(void)
{
    struct descriptor d = {0};
    descriptor_u32(&d, DESCRIPTOR_VERSION);
    declared_path(&d);
    descriptor_text(&d, "", 0);
    descriptor_tag(&d, TYPE_NONE);
    for (int i = 0; i < 3; i++)
        descriptor_u32(&d, 0);
    struct ring_slab slab = {.kind = RECORD_FILE_CLOSE,
                             .flags = RECORD_MODEL_API,
                             .file = 1,
                             .descriptor = d.bytes,
                             .descriptor_length = (uint32_t)d.length,
                             .descriptor_hash = d.failed ? 0 : record_hash(d.bytes, d.length)};
    if (!d.failed)
        ring_tell(&api.ring, &slab);
    descriptor_free(&d);
}

PUBLIC void plateau_finish(void)
{
    int saved = errno;
    struct stay_held before;
    struct stay stay = {0};
    stay_hold_signals(&before);
    if (enter(&stay)) {
        if (has_ring()) {
            if (api.mode == MODE_CAPTURING)
                tell_closed();
            ring_end(&api.ring);
        }
        leave(&stay);
    }
    stay_release_signals(&before);
    errno = saved;
}

__attribute__((destructor)) static void end(void)
{
    const void *nobody = NULL;
    if (!has_ring())
        return;
    give_up(); /* a handler that ends the process never comes back to what it interrupted */
    if (atomic_compare_exchange_strong(&api.owner, &nobody, &inside))
        ring_end(&api.ring);
}
