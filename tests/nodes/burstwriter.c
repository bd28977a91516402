/* A writer without a model: burstwriter SESSION RECORDS BYTES PAUSE_US [GROUP]
 *
 * Puts RECORDS records of BYTES each into a ring of the session as fast as it has room (it waits as
 * long as the session allows), or with PAUSE_US microseconds before every GROUP of them (default
 * 1). At its end it prints how many writes the ring took and how long one took at the median, in
 * nanoseconds. The build links it with libplateau_ring.a. */
#define _GNU_SOURCE
#include "ring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void describe(struct descriptor *d, size_t elements)
{
    descriptor_u32(d, DESCRIPTOR_VERSION);
    descriptor_text(d, "/nowhere/burst.nc", 17);
    descriptor_text(d, "burst", 5);
    descriptor_tag(d, TYPE_BYTE);
    descriptor_u32(d, 2);
    descriptor_text(d, "time", 4);
    descriptor_u64(d, 0);
    descriptor_u64(d, 1);
    descriptor_text(d, "cell", 4);
    descriptor_u64(d, elements);
    descriptor_u64(d, 0);
    descriptor_u32(d, 0);
    descriptor_u32(d, 0);
}

static long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
    long x = *(const long *)a, y = *(const long *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    static struct session_settings settings;
    struct ring_writer writer;
    struct descriptor d = {0};
    char error[SESSION_ERROR_BYTES] = "usage: burstwriter SESSION RECORDS BYTES PAUSE_US [GROUP]";
    char smaller[SESSION_ERROR_BYTES];
    if (argc < 5 || session_check(argv[1], &settings, error) != 0
        || ring_create(&writer, argv[1], &settings, error, smaller) != 0) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    size_t records = strtoul(argv[2], NULL, 10), bytes = strtoul(argv[3], NULL, 10);
    unsigned pause = (unsigned)strtoul(argv[4], NULL, 10);
    size_t group = argc > 5 ? strtoul(argv[5], NULL, 10) : 1;
    unsigned char *values = malloc(bytes);
    long *cost = malloc((records + 1) * sizeof *cost);
    if (values == NULL || cost == NULL || group == 0)
        return 1;
    memset(values, 7, bytes);
    describe(&d, bytes);
    size_t taken = 0;
    for (size_t i = 0; i < records; i++) {
        if (pause > 0 && i % group == 0)
            usleep(pause);
        const size_t start[] = {i, 0}, count[] = {1, bytes};
        struct ring_slab slab = {.kind = RECORD_DATA,
                                 .rank = 2,
                                 .type = TYPE_BYTE,
                                 .element = 1,
                                 .file = 1,
                                 .key = 2,
                                 .start = start,
                                 .count = count,
                                 .payload = values,
                                 .descriptor = d.bytes,
                                 .descriptor_length = (uint32_t)d.length,
                                 .descriptor_hash = record_hash(d.bytes, d.length)};
        long before = now();
        taken += ring_write(&writer, &slab) == RING_WRITTEN;
        cost[i] = now() - before;
    }
    qsort(cost, records, sizeof *cost, by_value);
    printf("taken %zu of %zu, median %ld ns\n", taken, records, records ? cost[records / 2] : 0);
    ring_end(&writer);
    descriptor_free(&d);
    free(values);
    free(cost);
    return 0;
}
