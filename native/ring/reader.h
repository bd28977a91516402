/* What the parts of a ring's reading side share: opening, telling what stands in the ring, making up
 * records of what does not. */
#ifndef PLATEAU_READER_H
#define PLATEAU_READER_H

#include "ring.h"

/* Steps in which the end of a writer is told, after the entries of the gap table. */
enum end_stage {
    END_CONTENDED = RING_GAPS,
    END_UNSAID,
    END_MISSING,
    END_WORD,
    END_DONE
};

/* Whether the file still has the bytes that are mapped. */
bool reader_intact(const struct ring_reader *r);

/* What stands in the ring cannot be true: nothing more is read, and the writer turns itself off. */
void reader_give_up(struct ring_reader *r);

/* Makes a record the pending one; always 1. */
int reader_show(struct ring_reader *r, const void *record, uint64_t bytes, const void **out,
                size_t *length);

/* A write whose writer died while copying, or gave it up: its header, hyperslab and descriptor are
 * whole. 1 and the record; 0 if there is no memory for it, or it is damaged (the reader is broken). */
int reader_tell_torn(struct ring_reader *r, const struct ring_frame *frame, const void **out,
                     size_t *length);

/* The next record of how a writer ended, after its last frame; 0 when all is said. */
int reader_tell_end(struct ring_reader *r, const void **out, size_t *length);

#endif
