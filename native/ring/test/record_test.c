/* What goes into a ring comes out of it: whole, in pieces, gathered. */
#define _GNU_SOURCE
#include "check.h"
#include "fixture.h"

static void a_record_comes_out_as_it_went_in(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    const size_t start[] = {4, 0, 2}, count[] = {1, 2, 3};
    const double values[] = {1, 2, 3, 4, 5, 6};
    struct ring_slab s = slab_of(3, start, count, 8, values);
    CHECK(ring_write(&f.writer, &s) == RING_WRITTEN);
    const void *record;
    size_t length;
    CHECK(ring_poll(&f.reader, &record, &length) == 1);
    struct record_header h;
    CHECK(record_valid(record, length, &h) && h.length == length);
    CHECK(h.source == f.writer.source && h.sequence == 1 && h.count == 1 && h.rank == 3);
    CHECK(h.type == TYPE_DOUBLE && h.file == 1 && h.descriptor_hash == 99 && h.written > 0);
    const uint64_t extents[] = {4, 0, 2, 1, 2, 3, 1, 1, 1};
    const unsigned char *at = (const unsigned char *)record + RECORD_HEADER_BYTES;
    CHECK(memcmp(at, extents, sizeof extents) == 0);
    CHECK(memcmp(at + sizeof extents, described, sizeof described) == 0);
    CHECK(memcmp(at + sizeof extents + sizeof described, values, sizeof values) == 0);
    ring_release(&f.reader);
    CHECK(ring_poll(&f.reader, &record, &length) == 0);
    fixture_remove(&f);
}

static void a_record_polled_twice_is_the_same(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    const double value = 5;
    struct ring_slab s = slab_of(0, NULL, NULL, 8, &value);
    ring_write(&f.writer, &s);
    ring_write(&f.writer, &s);
    const void *one, *two;
    size_t length;
    CHECK(ring_poll(&f.reader, &one, &length) && ring_poll(&f.reader, &two, &length));
    CHECK(one == two);
    ring_release(&f.reader);
    ring_release(&f.reader); /* nothing polled in between: no effect */
    CHECK(drain(&f.reader, ALL).data == 1);
    fixture_remove(&f);
}

/* Puts the payload of every piece where its hyperslab says, and compares. */
static void large_writes_are_cut_and_fit_together(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 4 << 20, 0) == 0);
    enum { A = 3, B = 5, C = 7000 };
    static double values[A * B * C], back[A * B * C];
    for (size_t i = 0; i < A * B * C; i++)
        values[i] = (double)i;
    const size_t start[] = {0, 0, 0}, count[] = {A, B, C};
    f.writer.piece_limit = 40000; /* so that the cut goes through the fastest dimension */
    for (int turn = 0; turn < 2; turn++, f.writer.piece_limit = 150000) {
        memset(back, 0, sizeof back);
        struct ring_slab s = slab_of(3, start, count, 8, values);
        CHECK(ring_write(&f.writer, &s) == RING_WRITTEN);
        const void *record;
        size_t length;
        uint32_t piece = 0;
        while (ring_poll(&f.reader, &record, &length)) {
            struct record_header h;
            memcpy(&h, record, sizeof h);
            CHECK(h.piece == piece++ && h.sequence == (uint64_t)turn + 1);
            CHECK(length + RING_FRAME_BYTES <= f.writer.piece_limit + 32);
            uint64_t x[9];
            memcpy(x, (const char *)record + sizeof h, sizeof x);
            const char *payload = (const char *)record + record_length(3, sizeof described, 0);
            for (uint64_t a = 0; a < x[3]; a++)
                for (uint64_t b = 0; b < x[4]; b++, payload += 8 * x[5])
                    memcpy(&back[((x[0] + a) * B + x[1] + b) * C + x[2]], payload, 8 * x[5]);
            bool last = !(h.flags & RECORD_NOT_LAST);
            ring_release(&f.reader);
            CHECK(last == (ring_poll(&f.reader, &record, &length) == 0));
        }
        CHECK(piece > 1 && memcmp(values, back, sizeof values) == 0);
    }
    fixture_remove(&f);
}

static void writes_past_the_caches_are_copied_right(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 160 << 20, 0) == 0);
    size_t doubles = (80 << 17) + 5, at = 0;
    double *values = malloc(8 * doubles + 8), *odd = values + 1;
    for (size_t i = 0; i < doubles; i++)
        odd[i] = (double)i;
    const size_t start[] = {0}, count[] = {doubles};
    struct ring_slab s = slab_of(1, start, count, 8, odd);
    CHECK(ring_write(&f.writer, &s) == RING_WRITTEN);
    const void *record;
    size_t length;
    while (ring_poll(&f.reader, &record, &length)) {
        struct record_header h;
        memcpy(&h, record, sizeof h);
        const char *payload = (const char *)record + record_length(1, sizeof described, 0);
        CHECK(memcmp(payload, odd + at, h.payload_length) == 0);
        at += h.payload_length / 8;
        ring_release(&f.reader);
    }
    CHECK(at == doubles);
    free(values);
    fixture_remove(&f);
}

static void mapped_writes_are_gathered(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    enum { ROWS = 300, COLUMNS = 200 };
    static double transposed[COLUMNS][ROWS], back[ROWS * COLUMNS];
    for (size_t r = 0; r < ROWS; r++)
        for (size_t c = 0; c < COLUMNS; c++)
            transposed[c][r] = (double)(r * COLUMNS + c);
    const size_t start[] = {0, 0}, count[] = {ROWS, COLUMNS};
    const ptrdiff_t map[] = {1, ROWS};
    struct ring_slab s = slab_of(2, start, count, 8, transposed);
    s.map = map;
    f.writer.piece_limit = 100000; /* gathered piece by piece */
    CHECK(ring_write(&f.writer, &s) == RING_WRITTEN);
    const void *record;
    size_t length, at = 0;
    while (ring_poll(&f.reader, &record, &length)) {
        struct record_header h;
        memcpy(&h, record, sizeof h);
        memcpy((char *)back + at,
               (const char *)record + record_length(2, sizeof described, 0), h.payload_length);
        at += h.payload_length;
        ring_release(&f.reader);
    }
    CHECK(at == sizeof back);
    for (size_t i = 0; i < ROWS * COLUMNS; i++)
        CHECK(back[i] == (double)i);
    fixture_remove(&f);
}

int main(void)
{
    RUN(a_record_comes_out_as_it_went_in);
    RUN(a_record_polled_twice_is_the_same);
    RUN(large_writes_are_cut_and_fit_together);
    RUN(writes_past_the_caches_are_copied_right);
    RUN(mapped_writes_are_gathered);
    return check_failures != 0;
}
