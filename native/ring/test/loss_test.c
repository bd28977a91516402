/* What finds no room: it is counted, by variable, and the account balances. */
#define _GNU_SOURCE
#include "check.h"
#include "fixture.h"

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

int main(void)
{
    RUN(a_full_ring_says_what_it_lost);
    RUN(coordinates_find_room_in_a_full_ring);
    RUN(gaps_beyond_the_reserve_are_counted_by_variable);
    RUN(too_large_a_write_is_a_gap_with_that_reason);
    RUN(the_account_balances_whatever_the_reader_does);
    RUN(writes_after_capture_was_turned_off_are_counted);
    RUN(a_configured_wait_is_bounded_counted_and_not_repeated_for_a_dead_reader);
    RUN(rings_share_what_the_session_allows);
    return check_failures != 0;
}
