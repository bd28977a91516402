/* The writing side of a ring. Nothing here loads a length or position from shared memory without
 * checking it against the writer's own copy. */
#define _GNU_SOURCE
#include "pieces.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>

static uint64_t now_ns(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static bool intact(const struct ring_writer *w)
{
    struct stat st;
    return fstat(w->fd, &st) == 0 && st.st_ino == w->inode
           && (uint64_t)st.st_size >= ring_header_bytes() + w->capacity;
}

/* Bytes that are free, or UINT64_MAX if the header makes no sense. */
static uint64_t free_bytes(const struct ring_writer *w)
{
    uint64_t tail = atomic_load_explicit(&w->header->tail, memory_order_acquire);
    uint64_t head = atomic_load_explicit(&w->header->head, memory_order_relaxed);
    if (head != w->head || tail > head || head - tail > w->capacity)
        return UINT64_MAX;
    return w->capacity - (head - tail);
}

static struct ring_frame *frame_at(const struct ring_writer *w, uint64_t position)
{
    return (struct ring_frame *)(w->data + position % w->capacity);
}

/* Where a frame of this length goes, at or after `position`: frames do not wrap. */
static uint64_t place(const struct ring_writer *w, uint64_t position, uint64_t length)
{
    uint64_t left = w->capacity - position % w->capacity;
    return length > left ? position + left : position;
}

static void pad(const struct ring_writer *w, uint64_t from, uint64_t to, uint64_t sequence)
{
    if (from == to)
        return;
    struct ring_frame *frame = frame_at(w, from);
    frame->zero = 0;
    frame->length = to - from;
    frame->sequence = sequence;
    frame->accounted = w->accounted;
    atomic_store_explicit(&frame->state, FRAME_PAD, memory_order_relaxed);
}

static void knock(const struct ring_writer *w)
{
    atomic_thread_fence(memory_order_seq_cst);
    if (atomic_load_explicit(&w->header->sleeping, memory_order_relaxed) != 0)
        session_ring_doorbell(w->control);
}

/* Bytes that all pieces need from the head on, padding at the end of the data included. */
static uint64_t needed(const struct ring_writer *w, const struct ring_slab *s, const struct plan *p)
{
    uint64_t position = w->head;
    for (uint64_t i = 0; i < p->pieces; i++) {
        uint64_t length = piece_frame(p, s, i);
        position = place(w, position, length) + length;
        if (position - w->head > 2 * w->capacity)
            break;
    }
    return position - w->head;
}

/* ---- writing frames ---- */

static void write_descriptor(unsigned char *record, const struct ring_slab *s)
{
    unsigned char *to = record + RECORD_HEADER_BYTES + 24 * (uint64_t)s->rank;
    if (s->descriptor_length == 0)
        return;
    memcpy(to, s->descriptor, s->descriptor_length);
    memset(to + s->descriptor_length, 0,
           record_pad(s->descriptor_length) - s->descriptor_length);
}

static struct record_header header_of(
    const struct ring_writer *w, const struct ring_slab *s, uint64_t sequence, uint64_t payload)
{
    return (struct record_header){
        .magic = RECORD_MAGIC,
        .version = RECORD_VERSION,
        .kind = s->kind,
        .length = record_length(s->rank, s->descriptor_length, payload),
        .source = w->source,
        .sequence = sequence,
        .written = now_ns(CLOCK_REALTIME),
        .file = s->file,
        .descriptor_hash = s->descriptor_hash,
        .descriptor_length = s->descriptor_length,
        .rank = s->rank,
        .type = s->type,
        .flags = s->flags,
        .payload_length = payload,
        .cost = w->last_cost};
}

static unsigned char *lay_frame(
    struct ring_writer *w, uint64_t *position, uint64_t length, uint64_t sequence)
{
    uint64_t at = place(w, *position, length);
    pad(w, *position, at, sequence);
    struct ring_frame *frame = frame_at(w, at);
    frame->zero = 0;
    frame->length = length;
    frame->sequence = sequence;
    frame->accounted = w->accounted;
    atomic_store_explicit(&frame->state, FRAME_RESERVED, memory_order_relaxed);
    *position = at + length;
    return (unsigned char *)(frame + 1);
}

/* ---- calls that may be left in the middle ---- */

static void begin(struct ring_writer *w)
{
    w->given = 0;
    w->first = w->head;
    w->first_accounted = w->accounted;
    atomic_signal_fence(memory_order_seq_cst);
    w->busy = true;
    atomic_signal_fence(memory_order_seq_cst);
}

static void end(struct ring_writer *w)
{
    atomic_signal_fence(memory_order_seq_cst);
    w->busy = false;
}

static void begin_record(struct ring_writer *w)
{
    w->first_accounted = w->accounted;
    w->first = w->head;
    atomic_signal_fence(memory_order_seq_cst);
}

static uint64_t give_sequence(struct ring_writer *w)
{
    w->given = atomic_fetch_add(&w->header->sequence, 1) + 1;
    atomic_signal_fence(memory_order_seq_cst);
    return w->given;
}

/* Something is about to stand for the number. */
static void take_sequence(struct ring_writer *w)
{
    atomic_signal_fence(memory_order_seq_cst);
    w->given = 0;
    atomic_signal_fence(memory_order_seq_cst);
}

static void commit(unsigned char *record)
{
    struct ring_frame *frame = (struct ring_frame *)record - 1;
    atomic_store_explicit(&frame->state, FRAME_COMMITTED, memory_order_release);
}

static void publish(struct ring_writer *w, uint64_t head)
{
    atomic_signal_fence(memory_order_seq_cst);
    w->head = head;
    atomic_store_explicit(&w->header->head, head, memory_order_release);
}

/* A record without payload, standing for `count` writes. False if it would not leave `spare`. */
static bool put_bare(struct ring_writer *w, const struct ring_slab *s, const uint64_t *extents,
                     uint64_t sequence, uint64_t count, uint32_t reason, uint64_t spare)
{
    uint64_t length = piece_frame_length(s->rank, s->descriptor_length, 0);
    uint64_t need = place(w, w->head, length) + length - w->head, room = free_bytes(w);
    if (room == UINT64_MAX || need + spare > room)
        return false;
    struct record_header header = header_of(w, s, sequence, 0);
    header.count = count;
    header.reason = reason;
    begin_record(w);
    uint64_t position = w->head;
    w->accounted += count;
    unsigned char *record = lay_frame(w, &position, length, sequence);
    memcpy(record, &header, sizeof header);
    if (s->rank > 0)
        memcpy(record + RECORD_HEADER_BYTES, extents, 24 * (size_t)s->rank);
    write_descriptor(record, s);
    commit(record);
    publish(w, position);
    return true;
}

static void put_write(struct ring_writer *w, const struct ring_slab *s, const struct plan *p)
{
    begin_record(w);
    uint64_t sequence = give_sequence(w), first = w->head, position = first;
    for (uint64_t i = 0; i < p->pieces; i++) {
        bool last = i + 1 == p->pieces;
        w->accounted += last;
        unsigned char *record = lay_frame(w, &position, piece_frame(p, s, i), sequence);
        struct record_header header
            = header_of(w, s, sequence, piece_indices(p, s, i) * p->inner * s->element);
        header.count = 1;
        header.piece = (uint32_t)i;
        header.flags = (uint8_t)(header.flags | (last ? 0 : RECORD_NOT_LAST));
        memcpy(record, &header, sizeof header);
        piece_extents((uint64_t *)(record + RECORD_HEADER_BYTES), s, p, i);
        write_descriptor(record, s);
    }
    publish(w, position);
    position = first;
    for (uint64_t i = 0; i < p->pieces; i++) {
        uint64_t length = piece_frame(p, s, i), at = place(w, position, length);
        unsigned char *record = (unsigned char *)(frame_at(w, at) + 1);
        piece_copy(record, s, p, i, w->past_caches);
        commit(record);
        position = at + length;
    }
}

/* ---- losses ---- */

static struct ring_gap *gap_entry(struct ring_writer *w, uint64_t key)
{
    struct ring_gap *gaps = w->header->gaps, *vacant = NULL;
    for (int i = 0; i < RING_GAPS - 1; i++) {
        if (gaps[i].key == key)
            return &gaps[i];
        if (gaps[i].key == 0 && vacant == NULL)
            vacant = &gaps[i];
    }
    return vacant ? vacant : &gaps[RING_GAPS - 1];
}

static void widen(struct ring_gap *g, const struct ring_slab *s)
{
    for (uint32_t d = 0; d < g->rank; d++) {
        uint64_t step = s->stride ? (uint64_t)s->stride[d] : 1;
        uint64_t low = s->start[d], high = low + (s->count[d] - 1) * step;
        g->low[d] = g->count == 0 || low < g->low[d] ? low : g->low[d];
        g->high[d] = g->count == 0 || high > g->high[d] ? high : g->high[d];
    }
}

static void start_gap(struct ring_writer *w, struct ring_gap *g, const struct ring_slab *s)
{
    bool overflow = g == &w->header->gaps[RING_GAPS - 1];
    memset(g, 0, sizeof *g);
    g->key = overflow ? 1 : s->key;
    w->tabled++;
    if (overflow)
        return;
    g->file = s->file;
    g->type = s->type;
    g->rank = s->rank <= RING_GAP_RANK ? s->rank : 0;
    if (s->descriptor_length > 0 && s->descriptor_length <= RING_GAP_DESCRIPTOR) {
        memcpy(g->descriptor, s->descriptor, s->descriptor_length);
        g->descriptor_length = s->descriptor_length;
        g->descriptor_hash = s->descriptor_hash;
    }
}

static void note_gap(
    struct ring_writer *w, const struct ring_slab *s, uint64_t sequence, uint32_t reason)
{
    struct ring_gap *g = gap_entry(w, s->key);
    if (g->key == 0)
        start_gap(w, g, s);
    if (g != &w->header->gaps[RING_GAPS - 1])
        widen(g, s);
    g->reason = reason;
    g->sequence = sequence;
    take_sequence(w);
    g->count++;
}

/* Writes the gap table into the ring, as far as it finds room. */
static void flush_gaps(struct ring_writer *w)
{
    for (int i = 0; i < RING_GAPS && w->tabled > 0; i++) {
        struct ring_gap *g = &w->header->gaps[i];
        if (g->key == 0)
            continue;
        uint64_t extents[3 * RING_GAP_RANK];
        uint32_t rank = g->rank <= RING_GAP_RANK ? g->rank : 0;
        for (uint32_t d = 0; d < rank; d++) {
            extents[d] = g->low[d];
            extents[rank + d] = g->high[d] - g->low[d] + 1;
            extents[2 * rank + d] = 1;
        }
        struct ring_slab s = {.kind = RECORD_GAP, .rank = (uint16_t)rank, .type = (uint8_t)g->type,
                              .file = g->file, .descriptor = g->descriptor,
                              .descriptor_hash = g->descriptor_hash};
        s.descriptor_length
            = g->descriptor_length <= RING_GAP_DESCRIPTOR ? g->descriptor_length : 0;
        if (!put_bare(w, &s, extents, g->sequence, g->count, g->reason, w->reserve / 2))
            return;
        g->key = 0;
        w->tabled--;
    }
}

static void flush_contended(struct ring_writer *w)
{
    if (atomic_load_explicit(&w->header->contended, memory_order_relaxed) == 0)
        return;
    uint64_t count = atomic_exchange(&w->header->contended, 0);
    struct ring_slab unknown = {.kind = RECORD_GAP};
    if (!put_bare(w, &unknown, NULL, atomic_load(&w->header->sequence), count,
                  REASON_SECOND_THREAD, w->reserve / 2))
        atomic_fetch_add(&w->header->contended, count);
}

static void drop(struct ring_writer *w, const struct ring_slab *slab, uint32_t reason)
{
    uint64_t sequence = give_sequence(w);
    atomic_fetch_add(&w->header->dropped, 1);
    struct ring_slab s = *slab;
    s.kind = RECORD_GAP;
    if (w->tabled == 0) {
        uint64_t extents[3 * (s.rank > 0 ? s.rank : 1)];
        struct plan whole = {.inner = 1, .chunk = s.rank ? s.count[0] : 1, .per_row = 1};
        piece_extents(extents, &s, &whole, 0);
        if (put_bare(w, &s, extents, sequence, 1, reason, w->reserve / 2))
            return;
    }
    note_gap(w, &s, sequence, reason);
}

/* ---- the calls ---- */

/* A reader that took nothing during a whole wait may be dead: it is not waited for again until it
 * takes something, lest every write of the model wait in vain. */
static bool wait_for_room(struct ring_writer *w, uint64_t need)
{
    uint64_t tail = atomic_load_explicit(&w->header->tail, memory_order_relaxed);
    if (w->waited_in_vain && tail == w->vain_tail)
        return false;
    uint64_t began = now_ns(CLOCK_MONOTONIC), waited = 0, room = 0;
    const struct timespec nap = {.tv_nsec = 20000};
    atomic_fetch_add_explicit(&w->header->waits, 1, memory_order_relaxed);
    while (room < need && waited < w->wait_ns) {
        clock_nanosleep(CLOCK_MONOTONIC, 0, &nap, NULL);
        room = free_bytes(w);
        waited = now_ns(CLOCK_MONOTONIC) - began;
    }
    atomic_fetch_add_explicit(&w->header->waited_ns, waited, memory_order_relaxed);
    w->vain_tail = atomic_load_explicit(&w->header->tail, memory_order_relaxed);
    w->waited_in_vain = room < need && w->vain_tail == tail;
    return room >= need && room != UINT64_MAX;
}

/* Checks the ring, and tells what could not be told before. */
static bool usable(struct ring_writer *w)
{
    if (!intact(w) || free_bytes(w) == UINT64_MAX)
        return false;
    if (atomic_load_explicit(&w->header->off, memory_order_relaxed) != 0)
        return false; /* the reader found it damaged */
    flush_contended(w);
    if (w->tabled > 0)
        flush_gaps(w);
    return true;
}

static enum ring_result lose(struct ring_writer *w, const struct ring_slab *s, uint32_t reason)
{
    if (!usable(w))
        return RING_BROKEN;
    drop(w, s, reason);
    knock(w);
    return RING_DROPPED;
}

enum ring_result ring_lose(struct ring_writer *w, const struct ring_slab *s, uint32_t reason)
{
    begin(w);
    enum ring_result result = lose(w, s, reason);
    end(w);
    return result;
}

static enum ring_result write_or_lose(struct ring_writer *w, const struct ring_slab *s)
{
    if (!usable(w))
        return RING_BROKEN;
    struct plan plan;
    uint64_t spare = s->small ? 0 : w->reserve;
    if (!pieces_plan(w->piece_limit, w->capacity, s, &plan)) {
        drop(w, s, REASON_TOO_LARGE);
        knock(w);
        return RING_DROPPED;
    }
    uint64_t need = needed(w, s, &plan) + spare;
    bool fits = need <= free_bytes(w);
    if (!fits && need > w->capacity && plan.bytes + w->reserve > w->capacity) {
        drop(w, s, REASON_TOO_LARGE);
    } else if (!fits && !(w->wait_ns > 0 && wait_for_room(w, need))) {
        drop(w, s, REASON_RING_FULL);
    } else {
        put_write(w, s, &plan);
        knock(w);
        return RING_WRITTEN;
    }
    knock(w);
    return RING_DROPPED;
}

enum ring_result ring_write(struct ring_writer *w, const struct ring_slab *s)
{
    begin(w);
    enum ring_result result = write_or_lose(w, s);
    end(w);
    return result;
}

enum ring_result ring_tell(struct ring_writer *w, const struct ring_slab *s)
{
    if (!intact(w) || free_bytes(w) == UINT64_MAX)
        return RING_BROKEN;
    begin(w);
    if (w->tabled > 0)
        flush_gaps(w);
    bool put = put_bare(w, s, NULL, atomic_load(&w->header->sequence), 0, 0, 0);
    knock(w);
    end(w);
    return put ? RING_WRITTEN : RING_DROPPED;
}

/* Frames that were published and not filled are given up. */
static void abandon_frames(struct ring_writer *w)
{
    for (uint64_t at = w->first; at < w->head;) {
        struct ring_frame *frame = frame_at(w, at);
        uint64_t length = frame->length;
        if (length < RING_FRAME_BYTES || length % RING_FRAME_BYTES != 0 || length > w->head - at)
            return; /* no work of ours: the reader judges */
        uint32_t reserved = FRAME_RESERVED;
        atomic_compare_exchange_strong(&frame->state, &reserved, FRAME_ABANDONED);
        at += length;
    }
}

void ring_recover(struct ring_writer *w)
{
    if (w->header == NULL || !w->busy || !intact(w))
        return;
    uint32_t tabled = 0;
    for (int i = 0; i < RING_GAPS; i++)
        tabled += w->header->gaps[i].key != 0;
    w->tabled = tabled;
    if (w->head != w->first) {
        atomic_store_explicit(&w->header->head, w->head, memory_order_release);
        abandon_frames(w);
    } else {
        w->accounted = w->first_accounted;
    }
    if (w->head == w->first && w->given != 0) {
        struct ring_slab torn = {.kind = RECORD_TORN};
        put_bare(w, &torn, NULL, w->given, 1, 0, 0); /* without room the reader finds one missing */
    }
    end(w);
    knock(w);
}

void ring_contended(struct ring_writer *w)
{
    atomic_fetch_add(&w->header->sequence, 1);
    atomic_fetch_add(&w->header->contended, 1);
    atomic_fetch_add(&w->header->dropped, 1);
}

void ring_turn_off(struct ring_writer *w, uint32_t reason)
{
    if (intact(w))
        atomic_store(&w->header->off, reason);
}

void ring_unsaid(struct ring_writer *w)
{
    if (!intact(w))
        return;
    atomic_fetch_add(&w->header->sequence, 1);
    atomic_fetch_add(&w->header->unsaid, 1);
    atomic_fetch_add(&w->header->dropped, 1);
}

void ring_end(struct ring_writer *w)
{
    if (!intact(w))
        return;
    if (free_bytes(w) != UINT64_MAX && atomic_load(&w->header->off) == 0) {
        flush_contended(w);
        flush_gaps(w);
    }
    atomic_store(&w->header->ended, 1);
    session_ring_doorbell(w->control);
}

void ring_record_cost(struct ring_writer *w, uint64_t ns)
{
    w->last_cost = ns;
    struct ring_header *h = w->header;
    atomic_fetch_add_explicit(&h->cost[ring_cost_bucket(ns)], 1, memory_order_relaxed);
    if (ns > atomic_load_explicit(&h->cost_max, memory_order_relaxed))
        atomic_store_explicit(&h->cost_max, ns, memory_order_relaxed);
}

unsigned ring_cost_bucket(uint64_t ns)
{
    if (ns < 4)
        return (unsigned)ns;
    unsigned e = 63 - (unsigned)__builtin_clzll(ns);
    return (e - 1) * 4 + (unsigned)(ns >> (e - 2) & 3);
}

uint64_t ring_cost_of_bucket(unsigned bucket)
{
    if (bucket < 4)
        return bucket;
    unsigned e = bucket / 4 + 1;
    return ((uint64_t)(4 + bucket % 4 + 1) << (e - 2)) - 1;
}
