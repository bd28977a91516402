/* The reading side of a ring. What stands in shared memory is copied, checked against what the
 * reader knows itself, and only then used: no state of it makes the reader read outside. */
#define _GNU_SOURCE
#include "reader.h"

#include <fcntl.h>
#include <sys/stat.h>

/* The writer holds a lock on the file as long as it lives. */
static bool writer_lives(struct ring_reader *r)
{
    if (r->dead)
        return false;
    if (r->fd < 0)
        return true;
    struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(r->fd, F_GETLK, &all) != 0 || all.l_type != F_UNLCK)
        return true;
    r->dead = true;
    return false;
}

void reader_give_up(struct ring_reader *r)
{
    r->broken = true;
    if (reader_intact(r))
        atomic_store(&r->header->off, REASON_INTERNAL_FAULT); /* the writer takes it from here */
}

bool reader_intact(const struct ring_reader *r)
{
    struct stat st;
    return r->fd < 0 || (fstat(r->fd, &st) == 0 && (uint64_t)st.st_size >= r->map_bytes);
}

int reader_show(struct ring_reader *r, const void *record, uint64_t bytes, const void **out,
                size_t *length)
{
    r->record = *out = record;
    r->record_bytes = *length = (size_t)bytes;
    r->pending = true;
    return 1;
}

/* The frame at the position, checked: its length stays within the data and before the head. */
static bool read_frame(const struct ring_reader *r, uint64_t head, struct ring_frame *frame)
{
    uint64_t offset = r->position % r->capacity, left = r->capacity - offset;
    if (offset % RING_FRAME_BYTES != 0)
        return false;
    const struct ring_frame *shared = (const struct ring_frame *)(r->data + offset);
    atomic_init(&frame->state, atomic_load_explicit(&shared->state, memory_order_acquire));
    frame->length = shared->length;
    frame->sequence = shared->sequence;
    frame->accounted = shared->accounted;
    return frame->length >= RING_FRAME_BYTES && frame->length % RING_FRAME_BYTES == 0
           && frame->length <= left && frame->length <= head - r->position;
}

static void step_over(struct ring_reader *r, const struct ring_frame *frame)
{
    r->position += frame->length;
    r->accounted = frame->accounted;
    atomic_store(&r->header->told, r->accounted);
    atomic_store_explicit(&r->header->tail, r->position, memory_order_release);
}

static int tell_committed(struct ring_reader *r, const struct ring_frame *frame, const void **out,
                          size_t *length)
{
    struct record_header header;
    const unsigned char *shared = r->data + r->position % r->capacity + RING_FRAME_BYTES;
    if (!record_valid(shared, frame->length - RING_FRAME_BYTES, &header)
        || header.source != r->source) {
        reader_give_up(r);
        return 0;
    }
    r->next = r->position + frame->length;
    r->next_accounted = frame->accounted;
    return reader_show(r, shared, header.length, out, length);
}

/* Looks at the frame at the position. 1: a record, 0: nothing now, -1: look again. */
static int look(struct ring_reader *r, uint64_t head, const void **out, size_t *length)
{
    struct ring_frame frame;
    if (!read_frame(r, head, &frame)) {
        reader_give_up(r);
        return -1;
    }
    switch (atomic_load_explicit(&frame.state, memory_order_relaxed)) {
    case FRAME_PAD:
        step_over(r, &frame);
        return -1;
    case FRAME_COMMITTED:
        return tell_committed(r, &frame, out, length) ? 1 : -1;
    case FRAME_RESERVED:
        if (!r->dead)
            return writer_lives(r) ? 0 : -1; /* it may have committed before it died */
        /* fall through */
    case FRAME_ABANDONED:
        if (frame.sequence == r->torn_sequence) {
            step_over(r, &frame);
            return -1;
        }
        if (reader_tell_torn(r, &frame, out, length))
            return 1;
        return r->broken ? -1 : 0;
    default:
        reader_give_up(r);
        return -1;
    }
}

int ring_poll(struct ring_reader *r, const void **record, size_t *length)
{
    if (r->pending) {
        *record = r->record;
        *length = r->record_bytes;
        return 1;
    }
    if (!r->broken && !reader_intact(r))
        reader_give_up(r);
    while (!r->broken && r->stage == 0) {
        uint64_t head = atomic_load_explicit(&r->header->head, memory_order_acquire);
        if (head == r->position) {
            if (r->dead)
                break;
            if (writer_lives(r))
                return 0;
            continue; /* dead now: what it left is final, look once more */
        }
        if (head < r->position || head - r->position > r->capacity) {
            reader_give_up(r);
            break;
        }
        int found = look(r, head, record, length);
        if (found >= 0)
            return found;
    }
    if (writer_lives(r))
        return 0;
    return reader_tell_end(r, record, length);
}

void ring_release(struct ring_reader *r)
{
    if (!r->pending)
        return;
    r->pending = false;
    if (r->next_stage > r->stage) {
        r->stage = r->next_stage;
        if (reader_intact(r))
            atomic_store(&r->header->end_stage, r->stage);
        return;
    }
    r->position = r->next;
    r->accounted = r->next_accounted;
    if (!reader_intact(r))
        return;
    atomic_store(&r->header->told, r->accounted);
    atomic_store_explicit(&r->header->tail, r->position, memory_order_release);
}

bool ring_finished(struct ring_reader *r)
{
    const void *record;
    size_t length;
    return !r->pending && ring_poll(r, &record, &length) == 0 && r->dead && r->stage >= END_DONE;
}

bool ring_prepare_to_sleep(struct ring_reader *r)
{
    if (r->pending || r->broken || !reader_intact(r))
        return r->pending;
    atomic_store(&r->header->sleeping, 1);
    atomic_thread_fence(memory_order_seq_cst);
    uint64_t head = atomic_load(&r->header->head);
    struct ring_frame frame;
    return head > r->position && head - r->position <= r->capacity && read_frame(r, head, &frame)
           && atomic_load(&frame.state) != FRAME_RESERVED;
}

void ring_awake(struct ring_reader *r)
{
    if (!r->broken && reader_intact(r))
        atomic_store(&r->header->sleeping, 0);
}
