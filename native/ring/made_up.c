/* Records that the reader makes up: writes that ended in the middle, gaps, what nothing in the ring
 * speaks of, and a writer's last word. */
#define _GNU_SOURCE
#include "reader.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

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
    return reader_show(r, record, header.length, out, length);
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
    return reader_show(r, record, bytes, out, length);
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

int reader_tell_end(struct ring_reader *r, const void **out, size_t *length)
{
    struct ring_header *h = r->header;
    if (!reader_intact(r)) {
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

int reader_tell_torn(struct ring_reader *r, const struct ring_frame *frame, const void **out,
                     size_t *length)
{
    struct record_header header;
    const unsigned char *shared = r->data + r->position % r->capacity + RING_FRAME_BYTES;
    if (!record_valid(shared, frame->length - RING_FRAME_BYTES, &header)) {
        reader_give_up(r);
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
    return reader_show(r, record, bytes, out, length);
}
