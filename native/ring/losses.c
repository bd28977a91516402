/* Writes that are lost: a record of their own if there is room for one, else an entry of the gap table. */
#define _GNU_SOURCE
#include "frames.h"

#include <string.h>

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
    frames_take_sequence(w);
    g->count++;
}

void losses_tell(struct ring_writer *w)
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
        if (!frames_put_bare(w, &s, extents, g->sequence, g->count, g->reason, w->reserve / 2))
            return;
        g->key = 0;
        w->tabled--;
    }
}

void losses_tell_contended(struct ring_writer *w)
{
    if (atomic_load_explicit(&w->header->contended, memory_order_relaxed) == 0)
        return;
    uint64_t count = atomic_exchange(&w->header->contended, 0);
    struct ring_slab unknown = {.kind = RECORD_GAP};
    if (!frames_put_bare(w, &unknown, NULL, atomic_load(&w->header->sequence), count,
                  REASON_SECOND_THREAD, w->reserve / 2))
        atomic_fetch_add(&w->header->contended, count);
}

void losses_add(struct ring_writer *w, const struct ring_slab *slab, uint32_t reason)
{
    uint64_t sequence = frames_give_sequence(w);
    atomic_fetch_add(&w->header->dropped, 1);
    struct ring_slab s = *slab;
    s.kind = RECORD_GAP;
    if (w->tabled == 0) {
        uint64_t extents[3 * (s.rank > 0 ? s.rank : 1)];
        struct plan whole = {.inner = 1, .chunk = s.rank ? s.count[0] : 1, .per_row = 1};
        piece_extents(extents, &s, &whole, 0);
        if (frames_put_bare(w, &s, extents, sequence, 1, reason, w->reserve / 2))
            return;
    }
    note_gap(w, &s, sequence, reason);
}

void ring_contended(struct ring_writer *w)
{
    atomic_fetch_add(&w->header->sequence, 1);
    atomic_fetch_add(&w->header->contended, 1);
    atomic_fetch_add(&w->header->dropped, 1);
}

void ring_turn_off(struct ring_writer *w, uint32_t reason)
{
    if (frames_intact(w))
        atomic_store(&w->header->off, reason);
}

void ring_unsaid(struct ring_writer *w)
{
    if (!frames_intact(w))
        return;
    atomic_fetch_add(&w->header->sequence, 1);
    atomic_fetch_add(&w->header->unsaid, 1);
    atomic_fetch_add(&w->header->dropped, 1);
}
