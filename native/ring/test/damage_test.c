/* A ring that was cut, overwritten or made by another version harms neither side. */
#define _GNU_SOURCE
#include "check.h"
#include "fixture.h"

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
    CHECK(strstr(error, "has version 9, expected 2") != NULL && strchr(error, '\n') == NULL);
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

int main(void)
{
    RUN(a_ring_cut_short_is_found_before_it_is_touched);
    RUN(a_damaged_header_stops_the_writer);
    RUN(a_ring_of_another_version_is_said_in_one_line);
    RUN(damage_in_the_ring_is_reported_as_torn);
    return check_failures != 0;
}
