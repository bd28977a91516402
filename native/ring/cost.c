/* The distribution of what captured writes cost: four buckets for every power of two. */
#include "ring.h"

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
