/* The writing side of a ring: what becomes of a write. */
#define _GNU_SOURCE
#include "frames.h"

#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Bytes that all pieces need from the head on, padding at the end of the data included. */
static uint64_t needed(const struct ring_writer *w, const struct ring_slab *s, const struct plan *p)
{
    uint64_t position = w->head;
    for (uint64_t i = 0; i < p->pieces; i++) {
        uint64_t length = piece_frame(p, s, i);
        position = frames_place(w, position, length) + length;
        if (position - w->head > 2 * w->capacity)
            break;
    }
    return position - w->head;
}

static void put_write(struct ring_writer *w, const struct ring_slab *s, const struct plan *p)
{
    frames_begin_record(w);
    uint64_t sequence = frames_give_sequence(w), first = w->head, position = first;
    for (uint64_t i = 0; i < p->pieces; i++) {
        bool last = i + 1 == p->pieces;
        w->accounted += last;
        unsigned char *record = frames_lay(w, &position, piece_frame(p, s, i), sequence);
        struct record_header header
            = frames_header(w, s, sequence, piece_indices(p, s, i) * p->inner * s->element);
        header.count = 1;
        header.piece = (uint32_t)i;
        header.flags = (uint8_t)(header.flags | (last ? 0 : RECORD_NOT_LAST));
        memcpy(record, &header, sizeof header);
        piece_extents((uint64_t *)(record + RECORD_HEADER_BYTES), s, p, i);
        frames_describe(record, s);
    }
    frames_publish(w, position);
    position = first;
    for (uint64_t i = 0; i < p->pieces; i++) {
        uint64_t length = piece_frame(p, s, i), at = frames_place(w, position, length);
        unsigned char *record = (unsigned char *)(frames_at(w, at) + 1);
        piece_copy(record, s, p, i, w->past_caches);
        frames_commit(record);
        position = at + length;
    }
}

/* A reader that took nothing during a whole wait may be dead: it is not waited for again until it
 * takes something, lest every write of the model wait in vain. */
static bool wait_for_room(struct ring_writer *w, uint64_t need)
{
    uint64_t tail = atomic_load_explicit(&w->header->tail, memory_order_relaxed);
    if (w->waited_in_vain && tail == w->vain_tail)
        return false;
    uint64_t began = frames_now(CLOCK_MONOTONIC), waited = 0, room = 0;
    const struct timespec nap = {.tv_nsec = 20000};
    atomic_fetch_add_explicit(&w->header->waits, 1, memory_order_relaxed);
    while (room < need && waited < w->wait_ns) {
        syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &nap, NULL); /* nobody is cancelled in here */
        room = frames_free(w);
        waited = frames_now(CLOCK_MONOTONIC) - began;
    }
    atomic_fetch_add_explicit(&w->header->waited_ns, waited, memory_order_relaxed);
    w->vain_tail = atomic_load_explicit(&w->header->tail, memory_order_relaxed);
    w->waited_in_vain = room < need && w->vain_tail == tail;
    return room >= need && room != UINT64_MAX;
}

/* Checks the ring, and tells what could not be told before. */
static bool usable(struct ring_writer *w)
{
    if (!frames_intact(w) || frames_free(w) == UINT64_MAX)
        return false;
    if (atomic_load_explicit(&w->header->off, memory_order_relaxed) != 0)
        return false; /* the reader found it damaged */
    losses_tell_contended(w);
    if (w->tabled > 0)
        losses_tell(w);
    return true;
}

static enum ring_result lose(struct ring_writer *w, const struct ring_slab *s, uint32_t reason)
{
    if (!usable(w))
        return RING_BROKEN;
    losses_add(w, s, reason);
    frames_knock(w);
    return RING_DROPPED;
}

enum ring_result ring_lose(struct ring_writer *w, const struct ring_slab *s, uint32_t reason)
{
    frames_begin(w);
    enum ring_result result = lose(w, s, reason);
    frames_end(w);
    return result;
}

static enum ring_result write_or_lose(struct ring_writer *w, const struct ring_slab *s)
{
    if (!usable(w))
        return RING_BROKEN;
    struct plan plan;
    uint64_t spare = s->small ? 0 : w->reserve;
    if (!pieces_plan(w->piece_limit, w->capacity, s, &plan)) {
        losses_add(w, s, REASON_TOO_LARGE);
        frames_knock(w);
        return RING_DROPPED;
    }
    uint64_t need = needed(w, s, &plan) + spare;
    bool fits = need <= frames_free(w);
    if (!fits && need > w->capacity && plan.bytes + w->reserve > w->capacity) {
        losses_add(w, s, REASON_TOO_LARGE);
    } else if (!fits && !(w->wait_ns > 0 && wait_for_room(w, need))) {
        losses_add(w, s, REASON_RING_FULL);
    } else {
        put_write(w, s, &plan);
        frames_knock(w);
        return RING_WRITTEN;
    }
    frames_knock(w);
    return RING_DROPPED;
}

enum ring_result ring_write(struct ring_writer *w, const struct ring_slab *s)
{
    frames_begin(w);
    enum ring_result result = write_or_lose(w, s);
    frames_end(w);
    return result;
}

enum ring_result ring_tell(struct ring_writer *w, const struct ring_slab *s)
{
    if (!frames_intact(w) || frames_free(w) == UINT64_MAX)
        return RING_BROKEN;
    frames_begin(w);
    if (w->tabled > 0)
        losses_tell(w);
    bool put = frames_put_bare(w, s, NULL, atomic_load(&w->header->sequence), 0, 0, 0);
    frames_knock(w);
    frames_end(w);
    return put ? RING_WRITTEN : RING_DROPPED;
}

void ring_end(struct ring_writer *w)
{
    if (!frames_intact(w))
        return;
    if (frames_free(w) != UINT64_MAX && atomic_load(&w->header->off) == 0) {
        losses_tell_contended(w);
        losses_tell(w);
    }
    atomic_store(&w->header->ended, 1);
    session_ring_doorbell(w->control);
}
