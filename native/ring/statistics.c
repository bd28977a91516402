/* What a ring's header counts, and what its writes cost. */
#include "reader.h"

#include <string.h>

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
    if (!reader_intact(r))
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
