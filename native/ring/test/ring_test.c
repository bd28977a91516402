#define _GNU_SOURCE
#include "check.h"
#include "fixture.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/stat.h>

#define ALL UINT64_MAX

static const unsigned char described[40] = "any bytes will do for a descriptor";

static struct ring_slab slab_of(unsigned rank, const size_t *start, const size_t *count,
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

static void a_full_ring_says_what_it_lost(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 4 << 20, 0) == 0);
    static double values[16384];
    size_t start[] = {0, 0};
    const size_t count[] = {1, 16384};
    uint64_t written = 0;
    for (; start[0] < 100; start[0]++) {
        struct ring_slab s = slab_of(2, start, count, 8, values);
        written += ring_write(&f.writer, &s) == RING_WRITTEN;
    }
    CHECK(written > 10 && written < 40);
    const void *record;
    size_t length;
    struct tally t = {.ordered = true};
    while (ring_poll(&f.reader, &record, &length)) {
        struct record_header h;
        memcpy(&h, record, sizeof h);
        tally_add(&t, record);
        if (h.kind == RECORD_GAP) {
            uint64_t x[6];
            memcpy(x, (const char *)record + sizeof h, sizeof x);
            CHECK(h.reason == REASON_RING_FULL && h.descriptor_length == sizeof described);
            CHECK(x[0] == h.sequence - 1 && x[2] == 1 && x[3] == 16384);
        }
        ring_release(&f.reader);
    }
    CHECK(t.ordered && t.data == written && t.gap == 100 - written);
    struct ring_slab s = slab_of(2, start, count, 8, values);
    CHECK(ring_write(&f.writer, &s) == RING_WRITTEN);
    fixture_remove(&f);
}

static void coordinates_find_room_in_a_full_ring(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 4 << 20, 0) == 0);
    static double values[16384];
    size_t start[] = {0, 0};
    const size_t count[] = {1, 16384};
    for (int i = 0; i < 2000; i++) {
        struct ring_slab s = slab_of(2, start, count, 8, values);
        ring_write(&f.writer, &s);
    }
    for (int i = 0; i < 500; i++) {
        struct ring_slab s = slab_of(1, start, count, 8, values);
        s.small = true;
        CHECK(ring_write(&f.writer, &s) == RING_WRITTEN);
    }
    struct tally t = drain(&f.reader, ALL);
    CHECK(t.ordered && t.data + t.gap <= 2500);
    struct ring_slab s = slab_of(1, start, count, 8, values);
    ring_write(&f.writer, &s); /* brings what the table still held */
    struct tally rest = drain(&f.reader, ALL);
    CHECK(t.data + t.gap + rest.data + rest.gap == 2501);
    fixture_remove(&f);
}

static void gaps_beyond_the_reserve_are_counted_by_variable(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    static double values[16384];
    const size_t count[] = {1, 16384};
    for (size_t i = 0; i < 20000; i++) {
        const size_t start[] = {i / 200, 0};
        struct ring_slab s = slab_of(2, start, count, 8, values);
        s.key = 2 + i % 200; /* more variables than the table has entries */
        ring_write(&f.writer, &s);
    }
    f.reader.dead = true;
    struct tally t = drain(&f.reader, ALL);
    CHECK(t.data + t.gap == 20000 && t.torn == 0);
    CHECK(ring_finished(&f.reader) && !t.ended);
    fixture_remove(&f);
}

static void too_large_a_write_is_a_gap_with_that_reason(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    const size_t start[] = {0, 0, 0};
    const size_t large[] = {1, 1024, 1024}, absurd[] = {SIZE_MAX / 2, SIZE_MAX / 2, 9};
    struct ring_slab s = slab_of(3, start, large, 8, NULL);
    CHECK(ring_write(&f.writer, &s) == RING_DROPPED);
    s.count = absurd;
    CHECK(ring_write(&f.writer, &s) == RING_DROPPED);
    const void *record;
    size_t length;
    for (int i = 0; i < 2; i++) {
        struct record_header h = {0};
        CHECK(ring_poll(&f.reader, &record, &length) == 1);
        memcpy(&h, record, sizeof h);
        CHECK(h.kind == RECORD_GAP && h.reason == REASON_TOO_LARGE);
        ring_release(&f.reader);
    }
    fixture_remove(&f);
}

static void the_account_balances_whatever_the_reader_does(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    static double values[40000];
    struct tally sum = {0};
    unsigned seed = 12345;
    for (int i = 0; i < 5000; i++) {
        seed = seed * 1103515245 + 12345;
        const size_t start[] = {0, 0}, count[] = {1 + seed / 65536 % 7, 1 + seed / 1024 % 5000};
        struct ring_slab s = slab_of(2, start, count, 8, values);
        s.small = seed / 2048 % 5 == 0;
        s.key = 2 + seed / 4096 % 150;
        ring_write(&f.writer, &s);
        if (seed / 128 % 50 == 0)
            ring_contended(&f.writer);
        struct tally t = drain(&f.reader, seed / 512 % 4);
        sum.data += t.data;
        sum.gap += t.gap;
    }
    ring_end(&f.writer);
    f.reader.dead = true;
    struct tally t = drain(&f.reader, ALL);
    uint64_t written = atomic_load(&f.writer.header->sequence);
    CHECK(sum.data > 1000 && sum.gap + t.gap > 100 && t.torn == 0 && t.ended);
    CHECK(sum.data + sum.gap + t.data + t.gap == written);
    CHECK(ring_finished(&f.reader));
    fixture_remove(&f);
}

static void a_reader_that_starts_again_goes_on_where_it_was(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    const double value = 1;
    struct ring_slab s = slab_of(0, NULL, NULL, 8, &value);
    for (int i = 0; i < 10; i++)
        ring_write(&f.writer, &s);
    ring_end(&f.writer);
    uint64_t expected = 1, bytes = ring_header_bytes() + f.writer.capacity;
    struct record_header h;
    const void *record;
    size_t length;
    for (int i = 0; i < 11; i++) { /* killed between poll and release, and after it */
        struct ring_reader r;
        for (int again = 0; again < 2; again++) {
            CHECK(ring_open_memory(&r, f.writer.header, bytes, true) == 0);
            CHECK(ring_poll(&r, &record, &length) == 1);
            memcpy(&h, record, sizeof h);
            CHECK(h.sequence == (expected > 10 ? 10 : expected));
            CHECK((h.kind == RECORD_WRITER_END) == (expected == 11));
            if (again)
                ring_release(&r);
            free(r.scratch);
        }
        expected++;
    }
    CHECK(ring_open_memory(&f.reader, f.writer.header, bytes, true) == 0);
    CHECK(drain(&f.reader, ALL).records == 0 && ring_finished(&f.reader));
    fixture_remove(&f);
}

static void writes_after_capture_was_turned_off_are_counted(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    const double value = 1;
    struct ring_slab s = slab_of(0, NULL, NULL, 8, &value);
    ring_write(&f.writer, &s);
    ring_turn_off(&f.writer, REASON_INTERNAL_FAULT);
    CHECK(ring_write(&f.writer, &s) == RING_BROKEN);
    for (int i = 0; i < 7; i++)
        ring_unsaid(&f.writer);
    f.reader.dead = true;
    struct tally t = drain(&f.reader, ALL);
    CHECK(t.data == 1 && t.gap == 7 && t.torn == 0);
    fixture_remove(&f);
}

static void a_configured_wait_is_bounded_counted_and_not_repeated_for_a_dead_reader(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 3000000) == 0);
    static double values[10000];
    const size_t start[] = {0, 0}, count[] = {1, 10000};
    struct ring_slab s = slab_of(2, start, count, 8, values);
    uint64_t dropped = 0;
    for (int i = 0; i < 15; i++)
        dropped += ring_write(&f.writer, &s) == RING_DROPPED;
    struct ring_statistics statistics;
    ring_statistics(&f.reader, &statistics);
    CHECK(dropped > 2 && statistics.waits == 1 && statistics.dropped == dropped);
    CHECK(atomic_load(&f.writer.header->waited_ns) >= 3000000);
    CHECK(drain(&f.reader, 1).records == 1); /* it lives: it is waited for again */
    while (ring_write(&f.writer, &s) == RING_WRITTEN)
        ;
    ring_statistics(&f.reader, &statistics);
    CHECK(statistics.waits == 2 && ring_write(&f.writer, &s) == RING_DROPPED);
    fixture_remove(&f);
}

static void a_ring_cut_short_is_found_before_it_is_touched(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    const double value = 1;
    struct ring_slab s = slab_of(0, NULL, NULL, 8, &value);
    CHECK(ring_write(&f.writer, &s) == RING_WRITTEN);
    CHECK(ftruncate(f.writer.fd, 0) == 0);
    CHECK(ring_write(&f.writer, &s) == RING_BROKEN); /* and no SIGBUS */
    ring_unsaid(&f.writer);
    ring_turn_off(&f.writer, REASON_INTERNAL_FAULT);
    ring_end(&f.writer);
    fixture_remove(&f);
}

static void a_damaged_header_stops_the_writer(void)
{
    struct fixture f;
    const double value = 1;
    struct ring_slab s = slab_of(0, NULL, NULL, 8, &value);
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    atomic_store(&f.writer.header->tail, 1u << 30);
    CHECK(ring_write(&f.writer, &s) == RING_BROKEN);
    fixture_remove(&f);
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    memset(f.writer.header, 0xff, ring_header_bytes());
    CHECK(ring_write(&f.writer, &s) == RING_BROKEN);
    fixture_remove(&f);
}

static void a_ring_of_another_version_is_said_in_one_line(void)
{
    struct fixture f;
    struct ring_reader reader;
    char path[128], error[SESSION_ERROR_BYTES] = "";
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    snprintf(path, sizeof path, "%s/ring.%016llx", f.directory,
             (unsigned long long)f.writer.header->source);
    f.writer.header->version = 9;
    CHECK(ring_open(&reader, path, error) != 0);
    CHECK(strstr(error, "has version 9, expected 1") != NULL && strchr(error, '\n') == NULL);
    fixture_remove(&f);
}

static void damage_in_the_ring_is_reported_as_torn(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    const double value = 1;
    struct ring_slab s = slab_of(0, NULL, NULL, 8, &value);
    for (int i = 0; i < 10; i++)
        ring_write(&f.writer, &s);
    struct tally before = drain(&f.reader, 4);
    memset(f.writer.data + f.reader.position % f.writer.capacity, 0xee, 64);
    CHECK(drain(&f.reader, ALL).records == 0);
    CHECK(ring_write(&f.writer, &s) == RING_BROKEN); /* the reader told the writer */
    ring_unsaid(&f.writer);
    f.reader.dead = true;
    struct tally after = drain(&f.reader, ALL);
    CHECK(before.data == 4 && after.torn == 7 && ring_finished(&f.reader));
    fixture_remove(&f);
}

static void costs_are_kept_as_percentiles(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    for (uint64_t i = 1; i <= 1000; i++)
        ring_record_cost(&f.writer, i * 10);
    struct ring_statistics s;
    ring_statistics(&f.reader, &s);
    CHECK(s.cost_p50 >= 5000 && s.cost_p50 < 6250);
    CHECK(s.cost_p99 >= 9900 && s.cost_p99 <= 10000 && s.cost_max == 10000);
    for (uint64_t ns = 1; ns < UINT64_C(1) << 40; ns = ns * 3 / 2 + 1) {
        CHECK(ring_cost_bucket(ns) < RING_COSTS);
        CHECK(ring_cost_of_bucket(ring_cost_bucket(ns)) >= ns);
        CHECK(ring_cost_of_bucket(ring_cost_bucket(ns)) <= ns + ns / 4);
    }
    fixture_remove(&f);
}

static void rings_share_what_the_session_allows(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 8 << 20, 0) == 0);
    struct ring_writer more[4];
    f.settings.shared_bytes = 13 << 20;
    CHECK(ring_create(&more[0], f.directory, &f.settings, f.error, f.smaller) == 0);
    CHECK(more[0].capacity == 4 << 20 && f.smaller[0] != 0);
    CHECK(ring_create(&more[1], f.directory, &f.settings, f.error, f.smaller) != 0);
    CHECK(strstr(f.error, "hook.shared") != NULL);
    fixture_remove(&f);
}

static void *sleeper(void *argument)
{
    struct fixture *f = argument;
    uint32_t heard = atomic_load(&f->writer.control->doorbell);
    ring_prepare_to_sleep(&f->reader);
    bool rung = session_wait_doorbell(f->writer.control, heard, UINT64_C(20000000000));
    return rung ? f : NULL;
}

static void a_commit_wakes_a_sleeping_reader(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    pthread_t thread;
    void *woken = NULL;
    pthread_create(&thread, NULL, sleeper, &f);
    while (atomic_load(&f.writer.header->sleeping) == 0)
        usleep(100);
    const double value = 1;
    struct ring_slab s = slab_of(0, NULL, NULL, 8, &value);
    ring_write(&f.writer, &s);
    pthread_join(thread, &woken);
    CHECK(woken == &f);
    CHECK(ring_prepare_to_sleep(&f.reader)); /* there is something to poll: no sleep */
    fixture_remove(&f);
}

int main(void)
{
    RUN(a_record_comes_out_as_it_went_in);
    RUN(a_record_polled_twice_is_the_same);
    RUN(large_writes_are_cut_and_fit_together);
    RUN(writes_past_the_caches_are_copied_right);
    RUN(mapped_writes_are_gathered);
    RUN(a_full_ring_says_what_it_lost);
    RUN(coordinates_find_room_in_a_full_ring);
    RUN(gaps_beyond_the_reserve_are_counted_by_variable);
    RUN(too_large_a_write_is_a_gap_with_that_reason);
    RUN(the_account_balances_whatever_the_reader_does);
    RUN(a_reader_that_starts_again_goes_on_where_it_was);
    RUN(writes_after_capture_was_turned_off_are_counted);
    RUN(a_configured_wait_is_bounded_counted_and_not_repeated_for_a_dead_reader);
    RUN(a_ring_cut_short_is_found_before_it_is_touched);
    RUN(a_damaged_header_stops_the_writer);
    RUN(a_ring_of_another_version_is_said_in_one_line);
    RUN(damage_in_the_ring_is_reported_as_torn);
    RUN(costs_are_kept_as_percentiles);
    RUN(rings_share_what_the_session_allows);
    RUN(a_commit_wakes_a_sleeping_reader);
    return check_failures != 0;
}
