/* A reader that comes again, sleeps, or asks for figures. */
#define _GNU_SOURCE
#include "check.h"
#include "fixture.h"

#include <pthread.h>
#include <sched.h>

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

#define KNOCKS 100000

/* Writes one record after another, each once the reader has taken the one before: what is not heard
 * is made good by no later one. */
static void *write_when_taken(void *argument)
{
    struct fixture *f = argument;
    const double value = 1;
    struct ring_slab s = slab_of(0, NULL, NULL, 8, &value);
    for (unsigned i = 0; i < KNOCKS; i++) {
        while (atomic_load(&f->writer.header->tail) != f->writer.head)
            if (i % 64 == 0)
                sched_yield();
        for (volatile unsigned spin = i * 7 % 513; spin > 0; spin--)
            ; /* falls into every part of the reader's going to sleep */
        ring_write(&f->writer, &s);
    }
    return NULL;
}

static void no_knock_is_lost_on_a_reader_that_goes_to_sleep(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    struct session_control *control = f.writer.control;
    pthread_t thread;
    pthread_create(&thread, NULL, write_when_taken, &f);
    uint64_t taken = 0;
    uint32_t heard = atomic_load(&control->doorbell);
    bool rung = true;
    while ((taken += drain(&f.reader, ALL).data) < KNOCKS) { /* as the bridge waits */
        rung = rung
               && (ring_prepare_to_sleep(&f.reader)
                   || session_wait_doorbell(control, heard, UINT64_C(20000000000)));
        CHECK(rung);
        ring_awake(&f.reader);
        heard = atomic_load(&control->doorbell);
    }
    pthread_join(thread, NULL);
    fixture_remove(&f);
}

int main(void)
{
    RUN(a_reader_that_starts_again_goes_on_where_it_was);
    RUN(costs_are_kept_as_percentiles);
    RUN(a_commit_wakes_a_sleeping_reader);
    RUN(no_knock_is_lost_on_a_reader_that_goes_to_sleep);
    return check_failures != 0;
}
