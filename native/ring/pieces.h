/* How a write is cut into pieces: hyperslabs of their own, none larger than the ring allows, cut
 * along the slowest dimension that makes them small enough. */
#ifndef PLATEAU_PIECES_H
#define PLATEAU_PIECES_H

#include "ring.h"

struct plan {
    uint64_t split;   /* the dimension that is cut; slower ones are taken one by one */
    uint64_t inner;   /* elements of one index of that dimension */
    uint64_t chunk;   /* how many of its indices a piece takes */
    uint64_t per_row; /* pieces for one index of the slower dimensions */
    uint64_t pieces;
    uint64_t bytes; /* of the whole payload */
};

/* Length of the frame around a record with these parts. */
uint64_t piece_frame_length(uint64_t rank, uint64_t descriptor, uint64_t payload);

/* False if the write is larger than the ring, or than anything that could be addressed. */
bool pieces_plan(uint64_t limit, uint64_t capacity, const struct ring_slab *s, struct plan *p);

/* How many indices of the dimension that is cut a piece takes. */
uint64_t piece_indices(const struct plan *p, const struct ring_slab *s, uint64_t piece);
uint64_t piece_frame(const struct plan *p, const struct ring_slab *s, uint64_t piece);

/* Writes start, count and stride of a piece, rank numbers each. */
void piece_extents(
    uint64_t *start, const struct ring_slab *s, const struct plan *p, uint64_t piece);

/* Copies a piece's elements behind the header, hyperslab and descriptor of its record. */
void piece_copy(unsigned char *record, const struct ring_slab *s, const struct plan *p,
                uint64_t piece, bool past_caches);

/* copy.c. `past_caches`: the destination is in no cache, and nobody here reads it soon. */
void copy_bytes(unsigned char *to, const unsigned char *from, uint64_t bytes, bool past_caches);

#endif
