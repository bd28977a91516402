#define _GNU_SOURCE
#include "frames.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

uint64_t frames_now(int clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

bool frames_intact(const struct ring_writer *w)
{
    struct stat st;
    return fstat(w->fd, &st) == 0 && st.st_ino == w->inode
           && (uint64_t)st.st_size >= ring_header_bytes() + w->capacity;
}

uint64_t frames_free(const struct ring_writer *w)
{
    uint64_t tail = atomic_load_explicit(&w->header->tail, memory_order_acquire);
    uint64_t head = atomic_load_explicit(&w->header->head, memory_order_relaxed);
    if (head != w->head || tail > head || head - tail > w->capacity)
        return UINT64_MAX;
    return w->capacity - (head - tail);
}

static void pad(const struct ring_writer *w, uint64_t from, uint64_t to, uint64_t sequence)
{
    if (from == to)
        return;
    struct ring_frame *frame = frames_at(w, from);
    frame->zero = 0;
    frame->length = to - from;
    frame->sequence = sequence;
    frame->accounted = w->accounted;
    atomic_store_explicit(&frame->state, FRAME_PAD, memory_order_relaxed);
}

void frames_knock(const struct ring_writer *w)
{
    atomic_thread_fence(memory_order_seq_cst);
    if (atomic_load_explicit(&w->header->sleeping, memory_order_relaxed) != 0)
        session_ring_doorbell(w->control);
}

void frames_describe(unsigned char *record, const struct ring_slab *s)
{
    unsigned char *to = record + RECORD_HEADER_BYTES + 24 * (uint64_t)s->rank;
    if (s->descriptor_length == 0)
        return;
    memcpy(to, s->descriptor, s->descriptor_length);
    memset(to + s->descriptor_length, 0,
           record_pad(s->descriptor_length) - s->descriptor_length);
}

struct record_header frames_header(
    const struct ring_writer *w, const struct ring_slab *s, uint64_t sequence, uint64_t payload)
{
    return (struct record_header){
        .magic = RECORD_MAGIC,
        .version = RECORD_VERSION,
        .kind = s->kind,
        .length = record_length(s->rank, s->descriptor_length, payload),
        .source = w->source,
        .sequence = sequence,
        .written = frames_now(CLOCK_REALTIME),
        .file = s->file,
        .descriptor_hash = s->descriptor_hash,
        .descriptor_length = s->descriptor_length,
        .rank = s->rank,
        .type = s->type,
        .flags = s->flags,
        .payload_length = payload,
        .cost = w->last_cost};
}

unsigned char *frames_lay(
    struct ring_writer *w, uint64_t *position, uint64_t length, uint64_t sequence)
{
    uint64_t at = frames_place(w, *position, length);
    pad(w, *position, at, sequence);
    struct ring_frame *frame = frames_at(w, at);
    frame->zero = 0;
    frame->length = length;
    frame->sequence = sequence;
    frame->accounted = w->accounted;
    atomic_store_explicit(&frame->state, FRAME_RESERVED, memory_order_relaxed);
    *position = at + length;
    return (unsigned char *)(frame + 1);
}

void frames_begin(struct ring_writer *w)
{
    w->given = 0;
    w->first = w->head;
    w->first_accounted = w->accounted;
    atomic_signal_fence(memory_order_seq_cst);
    w->busy = true;
    atomic_signal_fence(memory_order_seq_cst);
}

void frames_end(struct ring_writer *w)
{
    atomic_signal_fence(memory_order_seq_cst);
    w->busy = false;
}

void frames_begin_record(struct ring_writer *w)
{
    w->first_accounted = w->accounted;
    w->first = w->head;
    atomic_signal_fence(memory_order_seq_cst);
}

uint64_t frames_give_sequence(struct ring_writer *w)
{
    w->given = atomic_fetch_add(&w->header->sequence, 1) + 1;
    atomic_signal_fence(memory_order_seq_cst);
    return w->given;
}

void frames_take_sequence(struct ring_writer *w)
{
    atomic_signal_fence(memory_order_seq_cst);
    w->given = 0;
    atomic_signal_fence(memory_order_seq_cst);
}

void frames_publish(struct ring_writer *w, uint64_t head)
{
    atomic_signal_fence(memory_order_seq_cst);
    w->head = head;
    atomic_store_explicit(&w->header->head, head, memory_order_release);
}

bool frames_put_bare(struct ring_writer *w, const struct ring_slab *s, const uint64_t *extents,
                     uint64_t sequence, uint64_t count, uint32_t reason, uint64_t spare)
{
    uint64_t length = piece_frame_length(s->rank, s->descriptor_length, 0);
    uint64_t need = frames_place(w, w->head, length) + length - w->head, room = frames_free(w);
    if (room == UINT64_MAX || need + spare > room)
        return false;
    struct record_header header = frames_header(w, s, sequence, 0);
    header.count = count;
    header.reason = reason;
    frames_begin_record(w);
    uint64_t position = w->head;
    w->accounted += count;
    unsigned char *record = frames_lay(w, &position, length, sequence);
    memcpy(record, &header, sizeof header);
    if (s->rank > 0)
        memcpy(record + RECORD_HEADER_BYTES, extents, 24 * (size_t)s->rank);
    frames_describe(record, s);
    frames_commit(record);
    frames_publish(w, position);
    return true;
}
