/* The golden bytes: one record of every kind, built field by field as docs/MESSAGE_FORMAT.md says
 * and independently of the code under test.
 *
 *   golden DIR          compares the .rec files in DIR with what is built here
 *   golden --write DIR  writes them
 */
#include "check.h"
#include "record.h"

#include <stdint.h>
#include <stdlib.h>

static unsigned char bytes[4096];
static size_t length;

static void put(uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        bytes[length++] = (unsigned char)(value >> (8 * i));
}

static void align(size_t to)
{
    while (length % to != 0)
        put(0, 1);
}

static void text(const char *s)
{
    put(strlen(s), 4);
    for (; *s; s++)
        put((unsigned char)*s, 1);
    align(4);
}

static void attribute(const char *name, unsigned type, uint32_t count)
{
    text(name);
    put(type, 1);
    put(0, 3);
    put(count, 4);
}

static void dimension(const char *name, uint64_t size, unsigned unlimited)
{
    text(name);
    put(size, 8);
    put(unlimited, 1);
    put(0, 7);
}

static void float_bits(float value)
{
    uint32_t bits;
    memcpy(&bits, &value, 4);
    put(bits, 4);
}

static void characters(const char *name, const char *value)
{
    attribute(name, 2, (uint32_t)strlen(value));
    for (; *value; value++)
        put((unsigned char)*value, 1);
    align(4);
}

static void double_bits(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, 8);
    put(bits, 8);
}

static void global_attributes(void)
{
    put(3, 4);
    characters("Conventions", "CF-1.10");
    attribute("pair", 6, 2);
    double_bits(1.5);
    double_bits(-2.5);
    attribute("words", 12, 2);
    text("a");
    text("bcde");
}

static void variable_descriptor(void)
{
    put(1, 4);
    text("/runs/a/output.nc");
    text("T");
    put(5, 1); /* FLOAT on disk */
    put(0, 3);
    put(3, 4);
    dimension("time", 3, 1);
    dimension("lat", 2, 0);
    dimension("lon", 4, 0);
    put(2, 4);
    characters("units", "K");
    attribute("_FillValue", 5, 1);
    float_bits(1e20f);
    global_attributes();
}

static void file_descriptor(void)
{
    put(1, 4);
    text("/runs/a/output.nc");
    text("");
    put(0, 4); /* type */
    put(0, 4); /* dimensions */
    put(0, 4); /* attributes */
    global_attributes();
}

/* Independent of record_hash. */
static uint64_t fnv(const unsigned char *p, size_t n)
{
    uint64_t h = 14695981039346656037u;
    while (n-- > 0) {
        h ^= *p++;
        h *= 1099511628211u;
    }
    return h;
}

struct example {
    const char *name;
    unsigned kind, rank, type, flags, piece, reason;
    uint64_t sequence, count, file, cost;
    void (*descriptor)(void);
    int doubles;
};

static const struct example examples[] = {
    {"data", 1, 3, 6, 3, 1, 0, 7, 1, 2, 1234, variable_descriptor, 6},
    {"gap", 2, 3, 6, 0, 0, 1, 11, 4, 2, 0, variable_descriptor, 0},
    {"file_close", 3, 0, 0, 0, 0, 0, 11, 0, 2, 0, file_descriptor, 0},
    {"writer_end", 4, 0, 0, 0, 0, 0, 12, 0, 0, 0, NULL, 0},
    {"torn", 5, 0, 0, 0, 0, 0, 12, 1, 0, 0, NULL, 0},
};
enum { EXAMPLES = sizeof examples / sizeof *examples };

static void build(const struct example *e)
{
    static unsigned char described[2048];
    length = 0;
    if (e->descriptor != NULL)
        e->descriptor();
    size_t described_length = length;
    memcpy(described, bytes, length);
    length = 0;
    put(0x52544c50, 4);
    put(1, 2);
    put(e->kind, 2);
    put(104 + 24 * e->rank + (described_length + 7) / 8 * 8 + 8 * (unsigned)e->doubles, 8);
    put(0x0123456789abcdefu, 8);
    put(e->sequence, 8);
    put(e->count, 8);
    put(1700000000123456789u + (uint64_t)(e - examples), 8);
    put(e->file, 8);
    put(described_length ? fnv(described, described_length) : 0, 8);
    put(described_length, 4);
    put(e->rank, 2);
    put(e->type, 1);
    put(e->flags, 1);
    put(8 * (unsigned)e->doubles, 8);
    put(e->cost, 8);
    put(e->piece, 4);
    put(e->reason, 4);
    put(0, 8);
    if (e->rank == 3) {
        const uint64_t extents[9] = {2, 0, 1, 1, 2, 3, 1, 1, 1};
        for (int i = 0; i < 9; i++)
            put(extents[i], 8);
    }
    memcpy(bytes + length, described, described_length);
    length += described_length;
    align(8);
    for (int i = 0; i < e->doubles; i++)
        double_bits(0.5 + i);
}

static const char *directory;

static FILE *open_example(const struct example *e, const char *mode)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.rec", directory, e->name);
    return fopen(path, mode);
}

static void golden_bytes_are_what_the_format_says(void)
{
    for (int i = 0; i < EXAMPLES; i++) {
        unsigned char kept[sizeof bytes];
        FILE *f = open_example(&examples[i], "rb");
        CHECK(f != NULL);
        if (f == NULL)
            return;
        size_t got = fread(kept, 1, sizeof kept, f);
        fclose(f);
        build(&examples[i]);
        CHECK(got == length && memcmp(kept, bytes, length) == 0);
    }
}

static void every_golden_record_is_accepted(void)
{
    for (int i = 0; i < EXAMPLES; i++) {
        struct record_header h;
        build(&examples[i]);
        CHECK(record_valid(bytes, length, &h) && h.length == length);
        CHECK(h.kind == examples[i].kind && h.sequence == examples[i].sequence);
        CHECK(h.reason == examples[i].reason && h.piece == examples[i].piece);
        const unsigned char *described = bytes + RECORD_HEADER_BYTES + 24 * h.rank;
        CHECK(h.descriptor_length == 0
              || record_hash(described, h.descriptor_length) == h.descriptor_hash);
    }
}

static void a_shortened_golden_record_is_refused(void)
{
    for (int i = 0; i < EXAMPLES; i++) {
        struct record_header h;
        build(&examples[i]);
        for (size_t have = 0; have < length; have++)
            CHECK(!record_valid(bytes, have, &h));
    }
}

static void describe_text(struct descriptor *d, const char *name, const char *value)
{
    descriptor_text(d, name, strlen(name));
    descriptor_tag(d, TYPE_CHAR);
    descriptor_u32(d, (uint32_t)strlen(value));
    descriptor_bytes(d, value, strlen(value));
}

static void the_descriptor_builder_makes_the_golden_descriptor(void)
{
    struct descriptor d = {0};
    const char *dims[] = {"time", "lat", "lon"};
    const uint64_t lengths[] = {3, 2, 4};
    const float fill = 1e20f;
    const double pair[] = {1.5, -2.5};
    descriptor_u32(&d, DESCRIPTOR_VERSION);
    descriptor_text(&d, "/runs/a/output.nc", 17);
    descriptor_text(&d, "T", 1);
    descriptor_tag(&d, TYPE_FLOAT);
    descriptor_u32(&d, 3);
    for (int i = 0; i < 3; i++) {
        descriptor_text(&d, dims[i], strlen(dims[i]));
        descriptor_u64(&d, lengths[i]);
        descriptor_u64(&d, i == 0);
    }
    descriptor_u32(&d, 2);
    describe_text(&d, "units", "K");
    descriptor_text(&d, "_FillValue", 10);
    descriptor_tag(&d, TYPE_FLOAT);
    descriptor_u32(&d, 1);
    descriptor_bytes(&d, &fill, 4);
    descriptor_u32(&d, 3);
    describe_text(&d, "Conventions", "CF-1.10");
    descriptor_text(&d, "pair", 4);
    descriptor_tag(&d, TYPE_DOUBLE);
    descriptor_u32(&d, 2);
    descriptor_bytes(&d, pair, sizeof pair);
    descriptor_text(&d, "words", 5);
    descriptor_tag(&d, TYPE_STRING);
    descriptor_u32(&d, 2);
    descriptor_text(&d, "a", 1);
    descriptor_text(&d, "bcde", 4);
    length = 0;
    variable_descriptor();
    CHECK(d.length == length && memcmp(d.bytes, bytes, length) == 0);
    descriptor_free(&d);
}

int main(int argc, char **argv)
{
    directory = argv[argc - 1];
    if (argc > 2 && strcmp(argv[1], "--write") == 0) {
        for (int i = 0; i < EXAMPLES; i++) {
            build(&examples[i]);
            FILE *f = open_example(&examples[i], "wb");
            if (f == NULL || fwrite(bytes, 1, length, f) != length || fclose(f) != 0)
                return 1;
        }
        return 0;
    }
    RUN(golden_bytes_are_what_the_format_says);
    RUN(every_golden_record_is_accepted);
    RUN(a_shortened_golden_record_is_refused);
    RUN(the_descriptor_builder_makes_the_golden_descriptor);
    return check_failures != 0;
}
