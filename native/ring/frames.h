/* Laying frames into a ring, for its writing side alone. Nothing here loads a length or position from
 * shared memory without checking it against the writer's own copy. */
#ifndef PLATEAU_RING_FRAMES_H
#define PLATEAU_RING_FRAMES_H

#include "pieces.h"

uint64_t frames_now(int clock); /* ns */

/* Whether the ring's file is the one that was made, and has not shrunk. */
bool frames_intact(const struct ring_writer *w);
/* Bytes that are free, or UINT64_MAX if the header makes no sense. */
uint64_t frames_free(const struct ring_writer *w);

static inline struct ring_frame *frames_at(const struct ring_writer *w, uint64_t position)
{
    return (struct ring_frame *)(w->data + position % w->capacity);
}

/* Where a frame of this length goes, at or after `position`: frames do not wrap. */
static inline uint64_t frames_place(const struct ring_writer *w, uint64_t position, uint64_t length)
{
    uint64_t left = w->capacity - position % w->capacity;
    return length > left ? position + left : position;
}

static inline void frames_commit(unsigned char *record)
{
    struct ring_frame *frame = (struct ring_frame *)record - 1;
    atomic_store_explicit(&frame->state, FRAME_COMMITTED, memory_order_release);
}

/* ---- a call, which may be left in the middle (recover.c) ---- */

void frames_begin(struct ring_writer *w);
void frames_end(struct ring_writer *w);
/* A record begins at the head. */
void frames_begin_record(struct ring_writer *w);
uint64_t frames_give_sequence(struct ring_writer *w);
/* Something is about to stand for the number. */
void frames_take_sequence(struct ring_writer *w);

/* ---- its frames ---- */

/* A reserved frame at or after `position`, which moves behind it; returns where its record goes. */
unsigned char *frames_lay(
    struct ring_writer *w, uint64_t *position, uint64_t length, uint64_t sequence);
struct record_header frames_header(
    const struct ring_writer *w, const struct ring_slab *s, uint64_t sequence, uint64_t payload);
void frames_describe(unsigned char *record, const struct ring_slab *s);
void frames_publish(struct ring_writer *w, uint64_t head);
/* A record without payload, standing for `count` writes. False if it would not leave `spare`. */
bool frames_put_bare(struct ring_writer *w, const struct ring_slab *s, const uint64_t *extents,
                     uint64_t sequence, uint64_t count, uint32_t reason, uint64_t spare);
/* Wakes the reader if it sleeps. */
void frames_knock(const struct ring_writer *w);

/* ---- losses.c ---- */

/* Accounts for the loss of one write. */
void losses_add(struct ring_writer *w, const struct ring_slab *slab, uint32_t reason);
/* Writes the gap table into the ring, as far as it finds room. */
void losses_tell(struct ring_writer *w);
/* The same of what other threads lost. */
void losses_tell_contended(struct ring_writer *w);

#endif
