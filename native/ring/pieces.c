/* How a write is cut into pieces, and what each piece holds. */
#include "pieces.h"

#include <string.h>

uint64_t piece_frame_length(uint64_t rank, uint64_t descriptor, uint64_t payload)
{
    uint64_t bytes = RING_FRAME_BYTES + record_length(rank, descriptor, payload);
    return (bytes + RING_FRAME_BYTES - 1) & ~(uint64_t)(RING_FRAME_BYTES - 1);
}

/* False if the write is larger than anything that could be addressed. */
bool pieces_plan(uint64_t limit, uint64_t capacity, const struct ring_slab *s, struct plan *p)
{
    uint64_t overhead = piece_frame_length(s->rank, s->descriptor_length, 0);
    if (overhead + 4096 > limit)
        return false;
    uint64_t room = limit - overhead;
    *p = (struct plan){.inner = 1, .chunk = 1, .per_row = 1, .pieces = 1, .bytes = s->element};
    for (uint64_t d = 0; d < s->rank; d++)
        if (__builtin_mul_overflow(p->bytes, s->count[d], &p->bytes))
            return false;
    if (s->rank == 0 || p->bytes == 0 || p->bytes <= room) {
        for (uint64_t d = 1; d < s->rank; d++)
            p->inner *= s->count[d];
        p->chunk = s->rank > 0 ? s->count[0] : 1;
        return true;
    }
    if (p->bytes > capacity)
        return false;
    uint64_t d = s->rank;
    while (d > 0 && p->inner * s->count[d - 1] * s->element <= room)
        p->inner *= s->count[--d];
    p->split = d - 1; /* d > 0: the whole did not fit */
    p->chunk = room / (p->inner * s->element);
    p->per_row = (s->count[p->split] + p->chunk - 1) / p->chunk;
    p->pieces = p->per_row;
    for (uint64_t i = 0; i < p->split; i++)
        p->pieces *= s->count[i];
    return true;
}

uint64_t piece_indices(const struct plan *p, const struct ring_slab *s, uint64_t piece)
{
    if (s->rank == 0)
        return 1;
    uint64_t first = piece % p->per_row * p->chunk, left = s->count[p->split] - first;
    return left < p->chunk ? left : p->chunk;
}

uint64_t piece_frame(const struct plan *p, const struct ring_slab *s, uint64_t piece)
{
    return piece_frame_length(
        s->rank, s->descriptor_length, piece_indices(p, s, piece) * p->inner * s->element);
}

void piece_extents(
    uint64_t *start, const struct ring_slab *s, const struct plan *p, uint64_t piece)
{
    uint64_t *count = start + s->rank, *stride = count + s->rank;
    uint64_t outer = piece / p->per_row;
    for (uint64_t i = s->rank; i-- > 0;) {
        stride[i] = s->stride ? (uint64_t)s->stride[i] : 1;
        start[i] = s->start[i];
        count[i] = s->count[i];
        if (i < p->split) {
            start[i] += outer % s->count[i] * stride[i];
            outer /= s->count[i];
            count[i] = 1;
        } else if (i == p->split) {
            start[i] += piece % p->per_row * p->chunk * stride[i];
            count[i] = piece_indices(p, s, piece);
        }
    }
}

/* Copies elements from memory in which the caller gave a step for every dimension. */
static void gather(unsigned char *to, const struct ring_slab *s, const uint64_t *extents,
                   uint64_t piece_first)
{
    const uint64_t *count = extents + s->rank;
    uint64_t rank = s->rank, index[rank > 0 ? rank : 1], first = piece_first;
    const unsigned char *from = s->payload;
    for (uint64_t d = rank; d-- > 0; first /= s->count[d]) {
        from += (ptrdiff_t)(first % s->count[d]) * s->map[d] * (ptrdiff_t)s->element;
        index[d] = 0;
    }
    for (;;) {
        memcpy(to, from, s->element);
        to += s->element;
        uint64_t d = rank;
        while (d-- > 0) {
            ptrdiff_t step = s->map[d] * (ptrdiff_t)s->element;
            if (++index[d] < count[d]) {
                from += step;
                break;
            }
            from -= step * (ptrdiff_t)(count[d] - 1);
            index[d] = 0;
        }
        if (d == UINT64_MAX)
            return;
    }
}

void piece_copy(unsigned char *record, const struct ring_slab *s, const struct plan *p,
                uint64_t piece, bool past_caches)
{
    uint64_t elements = piece_indices(p, s, piece) * p->inner;
    uint64_t bytes = elements * s->element;
    uint64_t first = 0;
    if (s->rank > 0)
        first = (piece / p->per_row * s->count[p->split] + piece % p->per_row * p->chunk)
                * p->inner;
    unsigned char *to = record + record_length(s->rank, s->descriptor_length, 0);
    if (s->map != NULL && s->rank > 0) {
        uint64_t own[3 * s->rank]; /* not read back from shared memory */
        piece_extents(own, s, p, piece);
        gather(to, s, own, first);
    } else {
        copy_bytes(to, (const unsigned char *)s->payload + first * s->element, bytes,
                   past_caches);
    }
    memset(to + bytes, 0, record_pad(bytes) - bytes);
}
