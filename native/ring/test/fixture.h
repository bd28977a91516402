/* A session with one ring, written and read in one process: the reader looks at the writer's own
 * memory, and a test says itself when the writer is dead. */
#ifndef PLATEAU_FIXTURE_H
#define PLATEAU_FIXTURE_H

#include "ring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ALL UINT64_MAX

struct fixture {
    char directory[64];
    struct session_settings settings;
    struct ring_writer writer;
    struct ring_reader reader;
    char error[SESSION_ERROR_BYTES], smaller[SESSION_ERROR_BYTES];
};

static inline int fixture_open(struct fixture *f, uint64_t ring_bytes, uint64_t wait_ns)
{
    static int number;
    memset(f, 0, sizeof *f);
    snprintf(f->directory, sizeof f->directory, "/dev/shm/plateau-test-%d-%d", (int)getpid(),
             number++);
    f->settings.ring_bytes = ring_bytes;
    f->settings.shared_bytes = UINT64_C(1) << 30;
    f->settings.wait_ns = wait_ns;
    f->settings.record_stride = 1;
    if (session_create(f->directory, &f->settings, f->error) != 0
        || ring_create(&f->writer, f->directory, &f->settings, f->error, f->smaller) != 0)
        return -1;
    return ring_open_memory(&f->reader, f->writer.header,
                            ring_header_bytes() + f->writer.capacity, false);
}

/* A write of one variable, with a descriptor of any bytes. */
static const unsigned char described[40] = "any bytes will do for a descriptor";

static inline struct ring_slab slab_of(unsigned rank, const size_t *start, const size_t *count,
                                size_t element, const void *payload)
{
    return (struct ring_slab){.kind = RECORD_DATA,
                              .rank = (uint16_t)rank,
                              .type = TYPE_DOUBLE,
                              .element = element,
                              .file = 1,
                              .key = 17,
                              .start = start,
                              .count = count,
                              .payload = payload,
                              .descriptor = described,
                              .descriptor_length = sizeof described,
                              .descriptor_hash = 99};
}

static inline void fixture_remove(struct fixture *f)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", f->directory);
    free(f->reader.scratch);
    if (system(command) != 0)
        fprintf(stderr, "%s is left\n", f->directory);
}

struct tally {
    uint64_t data, gap, torn, records, last;
    bool ended, ordered;
};

static inline void tally_add(struct tally *t, const void *record)
{
    struct record_header h;
    memcpy(&h, record, sizeof h);
    t->records++;
    t->data += h.kind == RECORD_DATA && !(h.flags & RECORD_NOT_LAST);
    t->gap += h.kind == RECORD_GAP ? h.count : 0;
    t->torn += h.kind == RECORD_TORN ? h.count : 0;
    t->ended = t->ended || h.kind == RECORD_WRITER_END;
    t->ordered = (t->records == 1 || t->ordered) && h.sequence >= t->last;
    t->last = h.sequence;
}

/* Takes everything there is; at most `limit` records. */
static inline struct tally drain(struct ring_reader *r, uint64_t limit)
{
    struct tally t = {.ordered = true};
    const void *record;
    size_t length;
    while (t.records < limit && ring_poll(r, &record, &length)) {
        tally_add(&t, record);
        ring_release(r);
    }
    return t;
}

#endif
