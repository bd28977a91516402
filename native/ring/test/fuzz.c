/* libFuzzer target: whatever stands in a ring's memory, the reader stays inside of it and comes to
 * an end. The input is laid over a ring that was valid, so that the fuzzer gets past the header;
 * run under AddressSanitizer, with the ring in memory of exactly its size. */
#include "ring.h"

#include <stdlib.h>
#include <string.h>

enum { CAPACITY = 4096 };

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

/* Input: 1 byte flags, then edits of 2 bytes place, 1 byte length, bytes. Places up to 4095 are in
 * the data, others in the words of reader and writer. */
static void overlay(unsigned char *memory, uint64_t header, const uint8_t *p, const uint8_t *end)
{
    uint64_t words = offsetof(struct ring_header, head);
    while (end - p >= 3) {
        unsigned place = (unsigned)p[0] | (unsigned)p[1] << 8, length = p[2];
        p += 3;
        if ((size_t)(end - p) < length)
            length = (unsigned)(end - p);
        uint64_t at = place < CAPACITY ? header + place : place % (header - words) + words;
        if (place >= 65000)
            at = place % words;
        if (at + length > header + CAPACITY)
            length = (unsigned)(header + CAPACITY - at);
        memcpy(memory + at, p, length);
        p += length;
    }
}

static void lay_valid_record(unsigned char *at, uint64_t sequence)
{
    struct ring_frame frame = {.length = 160, .sequence = sequence, .accounted = sequence};
    atomic_init(&frame.state, FRAME_COMMITTED);
    struct record_header h = {.magic = RECORD_MAGIC, .version = RECORD_VERSION,
                              .kind = RECORD_DATA, .length = 120, .source = 7,
                              .sequence = sequence, .count = 1, .payload_length = 16};
    memcpy(at, &frame, sizeof frame);
    memcpy(at + sizeof frame, &h, sizeof h);
}

static volatile unsigned char sink;

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
    if (size < 1)
        return 0;
    uint64_t header_bytes = ring_header_bytes();
    unsigned char *memory = aligned_alloc(4096, header_bytes + CAPACITY);
    memset(memory, 0, header_bytes + CAPACITY);
    struct ring_header *h = (struct ring_header *)memory;
    h->magic = RING_MAGIC;
    h->version = RING_VERSION;
    h->source = 7;
    h->header_bytes = header_bytes;
    h->capacity = CAPACITY;
    for (uint64_t i = 0; i < 20; i++)
        lay_valid_record(memory + header_bytes + 160 * i, i + 1);
    atomic_store(&h->head, 160 * 20);
    atomic_store(&h->sequence, 22);
    overlay(memory, header_bytes, input + 1, input + size);
    struct ring_reader r;
    if (ring_open_memory(&r, memory, header_bytes + CAPACITY, input[0] & 1) == 0) {
        const void *record;
        size_t length;
        for (int i = 0; i < 1000 && ring_poll(&r, &record, &length); i++) {
            const unsigned char *bytes = record;
            if (length < RECORD_HEADER_BYTES)
                abort();
            for (size_t k = 0; k < length; k++)
                sink ^= bytes[k];
            ring_release(&r);
        }
        struct ring_statistics s;
        ring_statistics(&r, &s);
        ring_prepare_to_sleep(&r);
        ring_finished(&r);
        free(r.scratch);
    }
    free(memory);
    return 0;
}
