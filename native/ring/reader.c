/* The reading side of a ring. What stands in shared memory is copied, checked against what the
 * reader knows itself, and only then used: no state of it makes the reader read outside. */
#define _GNU_SOURCE
#include "ring.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Steps in which the end of a writer is told, after the entries of the gap table. */
enum end_stage {
    END_CONTENDED = RING_GAPS,
    END_UNSAID,
    END_MISSING,
    END_WORD,
    END_DONE
};

/* Takes over the constants of the header if they fit the memory they came from. */
static bool adopt(struct ring_reader *r)
{
    const struct ring_header *h = r->header;
    if (r->map_bytes < ring_header_bytes() || h->magic != RING_MAGIC || h->version != RING_VERSION)
        return false;
    r->header_bytes = h->header_bytes;
    r->capacity = h->capacity;
    r->source = h->source;
    if (r->header_bytes != ring_header_bytes() || r->source == 0
        || r->capacity > r->map_bytes - r->header_bytes || r->capacity < 4096
        || r->capacity % 4096 != 0)
        return false;
    r->data = (const unsigned char *)h + r->header_bytes;
    r->position = atomic_load(&r->header->tail);
    r->accounted = atomic_load(&r->header->told);
    r->stage = atomic_load(&r->header->end_stage);
    r->stage = r->stage > END_DONE ? END_DONE : r->stage;
    return true;
}

int ring_open_memory(struct ring_reader *r, void *memory, uint64_t bytes, bool dead)
{
    memset(r, 0, sizeof *r);
    r->fd = -1;
    r->header = memory;
    r->map_bytes = bytes;
    r->dead = dead;
    return adopt(r) ? 0 : -1;
}

static int open_file(struct ring_reader *r, const char *path, char *error)
{
    struct stat st;
    r->fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (r->fd < 0 || fstat(r->fd, &st) != 0) {
        snprintf(error, SESSION_ERROR_BYTES, "ring %s cannot be opened: %s", path,
                 strerror(errno));
        return -1;
    }
    void *memory = MAP_FAILED;
    if ((uint64_t)st.st_size >= ring_header_bytes() && S_ISREG(st.st_mode)
        && st.st_uid == geteuid()) {
        r->map_bytes = (uint64_t)st.st_size;
        memory = mmap(NULL, r->map_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, 0);
    }
    if (memory == MAP_FAILED) {
        snprintf(error, SESSION_ERROR_BYTES, "ring %s is too short or cannot be mapped", path);
        return -1;
    }
    r->header = memory;
    if (adopt(r))
        return 0;
    if (r->header->magic == RING_MAGIC && r->header->version != RING_VERSION)
        snprintf(error, SESSION_ERROR_BYTES,
                 "ring %s has version %u, expected %d: its writer's hook is of another Plateau", path,
                 r->header->version, RING_VERSION);
    else
        snprintf(error, SESSION_ERROR_BYTES, "ring %s is damaged", path);
    return -1;
}

int ring_open(struct ring_reader *r, const char *path, char *error)
{
    memset(r, 0, sizeof *r);
    int rc = open_file(r, path, error);
    if (rc != 0)
        ring_close(r);
    return rc;
}

void ring_close(struct ring_reader *r)
{
    if (r->fd >= 0) {
        if (r->header != NULL)
            munmap(r->header, r->map_bytes);
        close(r->fd);
    }
    free(r->scratch);
    memset(r, 0, sizeof *r);
    r->fd = -1;
}

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

/* Whether the file still has the bytes that are mapped. */
static bool intact(const struct ring_reader *r)
{
    struct stat st;
    return r->fd < 0 || (fstat(r->fd, &st) == 0 && (uint64_t)st.st_size >= r->map_bytes);
}

static void give_up(struct ring_reader *r)
{
    r->broken = true;
    if (intact(r))
        atomic_store(&r->header->off, REASON_INTERNAL_FAULT); /* the writer takes it from here */
}

/* ---- records made up here ---- */

static unsigned char *scratch(struct ring_reader *r, size_t bytes)
{
    if (bytes > r->scratch_bytes) {
        unsigned char *more = realloc(r->scratch, bytes);
        if (more == NULL)
            return NULL;
        r->scratch = more;
        r->scratch_bytes = bytes;
    }
    memset(r->scratch, 0, bytes);
    return r->scratch;
}

static uint64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static int show(struct ring_reader *r, const void *record, uint64_t bytes, const void **out,
                size_t *length)
{
    r->record = *out = record;
    r->record_bytes = *length = (size_t)bytes;
    r->pending = true;
    return 1;
}

/* A record without hyperslab, descriptor and payload. */
static int make_up(struct ring_reader *r, enum record_kind kind, uint64_t count, uint32_t reason,
                   const void **out, size_t *length)
{
    unsigned char *record = scratch(r, RECORD_HEADER_BYTES);
    if (record == NULL)
        return 0;
    struct record_header header = {.magic = RECORD_MAGIC,
                                   .version = RECORD_VERSION,
                                   .kind = kind,
                                   .length = RECORD_HEADER_BYTES,
                                   .source = r->source,
                                   .sequence = atomic_load(&r->header->sequence),
                                   .count = count,
                                   .written = now_ns(),
                                   .reason = reason};
    memcpy(record, &header, sizeof header);
    return show(r, record, header.length, out, length);
}

static int make_up_gap(
    struct ring_reader *r, const struct ring_gap *shared, const void **out, size_t *length)
{
    struct ring_gap g = *shared;
    uint64_t rank = g.rank <= RING_GAP_RANK ? g.rank : 0;
    uint64_t described = g.descriptor_length <= RING_GAP_DESCRIPTOR ? g.descriptor_length : 0;
    uint64_t bytes = record_length(rank, described, 0);
    unsigned char *record = scratch(r, bytes);
    if (record == NULL)
        return 0;
    struct record_header header = {.magic = RECORD_MAGIC,
                                   .version = RECORD_VERSION,
                                   .kind = RECORD_GAP,
                                   .length = bytes,
                                   .source = r->source,
                                   .sequence = g.sequence,
                                   .count = g.count,
                                   .written = now_ns(),
                                   .file = g.file,
                                   .descriptor_hash = described ? g.descriptor_hash : 0,
                                   .descriptor_length = (uint32_t)described,
                                   .rank = (uint16_t)rank,
                                   .type = (uint8_t)g.type,
                                   .reason = g.reason};
    memcpy(record, &header, sizeof header);
    uint64_t *extents = (uint64_t *)(record + RECORD_HEADER_BYTES);
    for (uint64_t d = 0; d < rank; d++) {
        extents[d] = g.low[d];
        extents[rank + d] = g.high[d] - g.low[d] + 1;
        extents[2 * rank + d] = 1;
    }
    memcpy(extents + 3 * rank, g.descriptor, described);
    return show(r, record, bytes, out, length);
}

/* What became of writes that nothing in the ring speaks of. */
static uint64_t missing(const struct ring_reader *r)
{
    const struct ring_header *h = r->header;
    uint64_t said = r->accounted;
    if (!r->broken) {
        said += atomic_load(&h->contended) + atomic_load(&h->unsaid);
        for (int i = 0; i < RING_GAPS; i++)
            said += h->gaps[i].key != 0 ? h->gaps[i].count : 0;
    }
    uint64_t given = atomic_load(&h->sequence);
    return given > said ? given - said : 0;
}

static int tell_end(struct ring_reader *r, const void **out, size_t *length)
{
    struct ring_header *h = r->header;
    if (!intact(r)) {
        r->stage = END_DONE;
        return 0;
    }
    for (; r->stage < END_DONE; r->stage++) {
        r->next_stage = r->stage + 1;
        uint64_t count = 0;
        if (r->stage < RING_GAPS) {
            if (!r->broken && h->gaps[r->stage].key != 0 && h->gaps[r->stage].count != 0)
                return make_up_gap(r, &h->gaps[r->stage], out, length);
        } else if (r->stage == END_CONTENDED) {
            count = r->broken ? 0 : atomic_load(&h->contended);
            if (count > 0)
                return make_up(r, RECORD_GAP, count, REASON_SECOND_THREAD, out, length);
        } else if (r->stage == END_UNSAID) {
            count = r->broken ? 0 : atomic_load(&h->unsaid);
            if (count > 0)
                return make_up(r, RECORD_GAP, count, REASON_TURNED_OFF, out, length);
        } else if (r->stage == END_MISSING) {
            count = missing(r);
            if (count > 0)
                return make_up(r, RECORD_TORN, count, REASON_NONE, out, length);
        } else if (atomic_load(&h->ended) == 1) {
            return make_up(r, RECORD_WRITER_END, 0, REASON_NONE, out, length);
        }
    }
    return 0;
}

/* ---- frames ---- */

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

/* A write whose writer died while copying, or gave it up: its header, hyperslab and descriptor are whole. */
static int tell_torn(struct ring_reader *r, const struct ring_frame *frame, const void **out,
                     size_t *length)
{
    struct record_header header;
    const unsigned char *shared = r->data + r->position % r->capacity + RING_FRAME_BYTES;
    if (!record_valid(shared, frame->length - RING_FRAME_BYTES, &header)) {
        give_up(r);
        return 0;
    }
    uint64_t bytes = record_length(header.rank, header.descriptor_length, 0);
    unsigned char *record = scratch(r, bytes);
    if (record == NULL)
        return 0;
    memcpy(record, shared, bytes);
    header.kind = RECORD_TORN;
    header.length = bytes;
    header.payload_length = 0;
    header.count = 1;
    header.flags = 0;
    header.source = r->source;
    memcpy(record, &header, sizeof header);
    r->torn_sequence = header.sequence;
    r->next = r->position + frame->length;
    r->next_accounted = frame->accounted;
    return show(r, record, bytes, out, length);
}

static int tell_committed(struct ring_reader *r, const struct ring_frame *frame, const void **out,
                          size_t *length)
{
    struct record_header header;
    const unsigned char *shared = r->data + r->position % r->capacity + RING_FRAME_BYTES;
    if (!record_valid(shared, frame->length - RING_FRAME_BYTES, &header)
        || header.source != r->source) {
        give_up(r);
        return 0;
    }
    r->next = r->position + frame->length;
    r->next_accounted = frame->accounted;
    return show(r, shared, header.length, out, length);
}

/* Looks at the frame at the position. 1: a record, 0: nothing now, -1: look again. */
static int look(struct ring_reader *r, uint64_t head, const void **out, size_t *length)
{
    struct ring_frame frame;
    if (!read_frame(r, head, &frame)) {
        give_up(r);
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
        if (tell_torn(r, &frame, out, length))
            return 1;
        return r->broken ? -1 : 0;
    default:
        give_up(r);
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
    if (!r->broken && !intact(r))
        give_up(r);
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
            give_up(r);
            break;
        }
        int found = look(r, head, record, length);
        if (found >= 0)
            return found;
    }
    if (writer_lives(r))
        return 0;
    return tell_end(r, record, length);
}

void ring_release(struct ring_reader *r)
{
    if (!r->pending)
        return;
    r->pending = false;
    if (r->next_stage > r->stage) {
        r->stage = r->next_stage;
        if (intact(r))
            atomic_store(&r->header->end_stage, r->stage);
        return;
    }
    r->position = r->next;
    r->accounted = r->next_accounted;
    if (!intact(r))
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
    if (r->pending || r->broken || !intact(r))
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
    if (!r->broken && intact(r))
        atomic_store(&r->header->sleeping, 0);
}

static uint64_t percentile(const uint32_t *counts, uint64_t total, unsigned percent)
{
    uint64_t seen = 0;
    for (unsigned i = 0; i < RING_COSTS; i++) {
        seen += counts[i];
        if (total > 0 && seen * 100 >= total * percent)
            return ring_cost_of_bucket(i);
    }
    return 0;
}

void ring_statistics(const struct ring_reader *r, struct ring_statistics *out)
{
    memset(out, 0, sizeof *out);
    out->capacity = r->capacity;
    if (!intact(r))
        return;
    struct ring_header *h = r->header;
    uint32_t counts[RING_COSTS];
    uint64_t total = 0;
    for (int i = 0; i < RING_COSTS; i++)
        total += counts[i] = atomic_load(&h->cost[i]);
    uint64_t head = atomic_load(&h->head);
    out->written = atomic_load(&h->sequence);
    out->dropped = atomic_load(&h->dropped);
    out->used = head >= r->position && head - r->position <= r->capacity ? head - r->position : 0;
    out->waits = atomic_load(&h->waits);
    out->cost_max = atomic_load(&h->cost_max);
    out->cost_p50 = percentile(counts, total, 50);
    out->cost_p99 = percentile(counts, total, 99);
    if (out->cost_p50 > out->cost_max)
        out->cost_p50 = out->cost_max;
    if (out->cost_p99 > out->cost_max)
        out->cost_p99 = out->cost_max;
}
