/* A writing process for tests of readers: ringwriter SESSION RECORDS [stay]
 *
 * Writes RECORDS writes of one variable "x": record i holds the double i. With "stay" it then says
 * "written" and lives until its standard input ends. Leaves in order. */
#include "ring.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void describe(struct descriptor *d)
{
    descriptor_u32(d, DESCRIPTOR_VERSION);
    descriptor_text(d, "/nowhere/x.nc", 13);
    descriptor_text(d, "x", 1);
    descriptor_tag(d, TYPE_DOUBLE);
    descriptor_u32(d, 1);
    descriptor_text(d, "time", 4);
    descriptor_u64(d, 0);
    descriptor_u64(d, 1);
    descriptor_u32(d, 0);
    descriptor_u32(d, 0);
}

int main(int argc, char **argv)
{
    static struct session_settings settings;
    struct ring_writer writer;
    struct descriptor d = {0};
    char error[SESSION_ERROR_BYTES] = "usage: ringwriter SESSION RECORDS [stay]";
    char smaller[SESSION_ERROR_BYTES];
    if (argc < 3 || session_check(argv[1], &settings, error) != 0
        || ring_create(&writer, argv[1], &settings, error, smaller) != 0) {
        fprintf(stderr, "%s\n", error);
        return 1;
    }
    describe(&d);
    for (size_t i = 0; i < strtoul(argv[2], NULL, 10); i++) {
        const size_t one = 1;
        const double value = (double)i;
        struct ring_slab slab = {.kind = RECORD_DATA,
                                 .rank = 1,
                                 .type = TYPE_DOUBLE,
                                 .element = 8,
                                 .file = 1,
                                 .key = 2,
                                 .start = &i,
                                 .count = &one,
                                 .payload = &value,
                                 .descriptor = d.bytes,
                                 .descriptor_length = (uint32_t)d.length,
                                 .descriptor_hash = record_hash(d.bytes, d.length)};
        ring_write(&writer, &slab);
        ring_record_cost(&writer, 1000);
    }
    if (argc > 3) {
        puts("written");
        fflush(stdout);
        while (getchar() != EOF)
            ;
    }
    ring_end(&writer);
    descriptor_free(&d);
    return 0;
}
