/* A session seen from a shell, for tests: makes one, and prints what its rings hold.
 *
 *   rings create DIR [ring=BYTES] [shared=BYTES] [wait=NS] [stride=N] [vars=A,B] [dims=P;Q]
 *                    [writers=N]   so many rings are prepared
 *   rings drain DIR [SECONDS]   until every ring is finished (or the time has passed); one line
 *                               per record, then one "account" line per ring
 *   rings tell DIR              how the variables are described: one line per attribute
 *   rings peek DIR              what is there now, without taking it
 *   rings stop DIR              raises the stop flag
 */
#define _GNU_SOURCE
#include "ring.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MOST_RINGS 256

static char error[SESSION_ERROR_BYTES];

static int complain(const char *what)
{
    fprintf(stderr, "rings: %s\n", what);
    return 1;
}

static void lines_from(char *text, char separator)
{
    for (; *text; text++)
        if (*text == separator)
            *text = '\n';
}

static int create(const char *directory, char **options)
{
    static struct session_settings settings;
    settings.ring_bytes = 64 << 20;
    settings.shared_bytes = UINT64_C(1) << 30;
    settings.record_stride = 1;
    unsigned writers = 0;
    char none[] = "", *variables = none, *dimensions = none;
    for (; *options; options++) {
        char *value = strchr(*options, '=');
        if (value == NULL)
            return complain("options are NAME=VALUE");
        *value++ = 0;
        uint64_t number = strtoull(value, NULL, 10);
        if (strcmp(*options, "ring") == 0)
            settings.ring_bytes = number;
        else if (strcmp(*options, "shared") == 0)
            settings.shared_bytes = number;
        else if (strcmp(*options, "wait") == 0)
            settings.wait_ns = number;
        else if (strcmp(*options, "stride") == 0)
            settings.record_stride = number;
        else if (strcmp(*options, "writers") == 0)
            writers = (unsigned)number;
        else if (strcmp(*options, "vars") == 0)
            lines_from(variables = value, ',');
        else if (strcmp(*options, "dims") == 0)
            lines_from(dimensions = value, ';');
        else
            return complain("unknown option");
    }
    if (session_set_patterns(&settings, variables, dimensions, error) != 0
        || session_create(directory, &settings, error) != 0
        || ring_prepare(directory, &settings, writers, error) != writers)
        return complain(error);
    return 0;
}

/* ---- printing ---- */

static const char *text_at(const unsigned char *descriptor, size_t length, size_t *offset)
{
    static char text[4][1024];
    static int turn;
    char *out = text[turn++ % 4];
    uint32_t size = 0;
    if (*offset + 4 > length)
        return "";
    memcpy(&size, descriptor + *offset, 4);
    size_t have = length - *offset - 4, take = size < 1023 ? size : 1023;
    take = take < have ? take : have;
    memcpy(out, descriptor + *offset + 4, take);
    out[take] = 0;
    *offset += 4 + ((size + 3) & ~3u);
    return out;
}

static void print_extent(const char *name, const unsigned char *at, unsigned rank)
{
    printf(" %s=", name);
    for (unsigned d = 0; d < rank; d++) {
        uint64_t value;
        memcpy(&value, at + 8 * d, 8);
        printf("%s%" PRIu64, d ? "," : "", value);
    }
}

static void print_record(const void *record)
{
    static const char *const kinds[] = {"?", "DATA", "GAP", "CLOSE", "END", "TORN"};
    struct record_header h;
    memcpy(&h, record, sizeof h);
    const unsigned char *extents = (const unsigned char *)record + sizeof h;
    const unsigned char *descriptor = extents + 24 * h.rank;
    const unsigned char *payload = descriptor + record_pad(h.descriptor_length);
    size_t offset = 4;
    const char *path = "", *name = "";
    if (h.descriptor_length > 0) {
        path = text_at(descriptor, h.descriptor_length, &offset);
        name = text_at(descriptor, h.descriptor_length, &offset);
    }
    const char *slash = strrchr(path, '/');
    printf("%s seq=%" PRIu64 " n=%" PRIu64 " file=%" PRIu64 " path=%s var=%s type=%u flags=%u"
           " piece=%u reason=%u about=%016" PRIx64, kinds[h.kind], h.sequence, h.count, h.file,
           slash ? slash + 1 : path, name, h.type, h.flags, h.piece, h.reason,
           h.descriptor_hash);
    print_extent("start", extents, h.rank);
    print_extent("count", extents + 8 * h.rank, h.rank);
    print_extent("stride", extents + 16 * h.rank, h.rank);
    printf(" bytes=%" PRIu64 " hash=%016" PRIx64 "\n", h.payload_length,
           record_hash(payload, h.payload_length));
}

/* ---- descriptors ---- */

static uint64_t number_at(const unsigned char *descriptor, size_t length, size_t offset, size_t size)
{
    uint64_t value = 0;
    if (offset + size <= length)
        memcpy(&value, descriptor + offset, size);
    return value;
}

static void print_value(const unsigned char *at, unsigned type, size_t i)
{
    double d;
    float f;
    int32_t n;
    if (type == TYPE_DOUBLE)
        memcpy(&d, at + 8 * i, 8);
    else if (type == TYPE_FLOAT && memcpy(&f, at + 4 * i, 4))
        d = (double)f;
    else if (type == TYPE_INT && memcpy(&n, at + 4 * i, 4))
        d = n;
    else
        return;
    printf("%s%g", i ? "," : "", d);
}

static void print_attributes(
    const unsigned char *descriptor, size_t length, size_t *offset, const char *path, const char *of)
{
    uint32_t count = (uint32_t)number_at(descriptor, length, *offset, 4);
    *offset += 4;
    for (uint32_t i = 0; i < count && *offset + 8 <= length; i++) {
        const char *name = text_at(descriptor, length, offset);
        unsigned type = descriptor[*offset];
        uint32_t elements = (uint32_t)number_at(descriptor, length, *offset + 4, 4);
        const unsigned char *at = descriptor + (*offset += 8);
        printf("ATTRIBUTE path=%s of=%s %s=", path, of, name);
        for (uint32_t k = 0; k < elements; k++)
            if (type == TYPE_CHAR)
                putchar(at[k]);
            else
                print_value(at, type, k);
        putchar('\n');
        *offset += (elements * record_type_size((int)type) + 3) & ~(size_t)3;
    }
}

static void print_description(const void *record)
{
    struct record_header h;
    memcpy(&h, record, sizeof h);
    const unsigned char *d = (const unsigned char *)record + sizeof h + 24 * h.rank;
    size_t offset = 4, length = h.descriptor_length;
    if (length == 0)
        return;
    char path[1024], name[1024];
    const char *whole = text_at(d, length, &offset), *slash = strrchr(whole, '/');
    snprintf(path, sizeof path, "%s", slash ? slash + 1 : whole);
    snprintf(name, sizeof name, "%s", text_at(d, length, &offset));
    offset += 4; /* type */
    uint32_t rank = (uint32_t)number_at(d, length, offset, 4);
    offset += 4;
    for (uint32_t i = 0; i < rank; i++) {
        text_at(d, length, &offset);
        offset += 16;
    }
    print_attributes(d, length, &offset, path, name);
    print_attributes(d, length, &offset, path, "");
}

/* ---- draining ---- */

struct account {
    uint64_t data, gap, torn;
    bool ended;
};

static struct ring_reader readers[MOST_RINGS];
static struct account accounts[MOST_RINGS];
static char names[MOST_RINGS][64];
static int ring_count;
static bool describing;

static void find_rings(const char *directory)
{
    DIR *dir = opendir(directory);
    for (struct dirent *entry; dir != NULL && (entry = readdir(dir)) != NULL;) {
        bool known = strncmp(entry->d_name, "ring.", 5) != 0 || ring_count == MOST_RINGS;
        for (int i = 0; i < ring_count && !known; i++)
            known = strcmp(names[i], entry->d_name) == 0;
        if (known)
            continue;
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", directory, entry->d_name);
        snprintf(names[ring_count], sizeof names[0], "%.60s", entry->d_name);
        if (ring_open(&readers[ring_count], path, error) == 0)
            ring_count++;
        else
            complain(error);
    }
    if (dir != NULL)
        closedir(dir);
}

static int drain_one(int i, bool take)
{
    const void *record;
    size_t length;
    int found = 0;
    while (ring_poll(&readers[i], &record, &length)) {
        struct record_header h;
        memcpy(&h, record, sizeof h);
        if (describing)
            print_description(record);
        else
            print_record(record);
        accounts[i].data += h.kind == RECORD_DATA && !(h.flags & RECORD_NOT_LAST);
        accounts[i].gap += h.kind == RECORD_GAP ? h.count : 0;
        accounts[i].torn += h.kind == RECORD_TORN ? h.count : 0;
        accounts[i].ended = accounts[i].ended || h.kind == RECORD_WRITER_END;
        found++;
        if (!take)
            break;
        ring_release(&readers[i]);
    }
    return found;
}

static int all_finished(void)
{
    for (int i = 0; i < ring_count; i++)
        if (!ring_finished(&readers[i]))
            return 0;
    return ring_count > 0;
}

static int print_accounts(void)
{
    int wrong = 0;
    for (int i = 0; i < ring_count; i++) {
        struct ring_statistics s;
        ring_statistics(&readers[i], &s);
        struct account *a = &accounts[i];
        bool balanced = s.written == a->data + a->gap + a->torn;
        printf("account written=%" PRIu64 " data=%" PRIu64 " gap=%" PRIu64 " torn=%" PRIu64
               " ended=%d waits=%" PRIu64 " balanced=%s capacity=%" PRIu64 "\n",
               s.written, a->data, a->gap, a->torn, a->ended, s.waits, balanced ? "yes" : "NO",
               s.capacity);
        printf("cost p50=%" PRIu64 " p99=%" PRIu64 " max=%" PRIu64 "\n", s.cost_p50, s.cost_p99,
               s.cost_max);
        wrong += !balanced;
    }
    return wrong ? 1 : 0;
}

static int drain(const char *directory, double seconds)
{
    struct session_control *control = session_map(directory, error);
    struct timespec start, now;
    clock_gettime(CLOCK_MONOTONIC, &start);
    do {
        uint32_t heard = control ? atomic_load(&control->doorbell) : 0;
        find_rings(directory);
        int found = 0;
        for (int i = 0; i < ring_count; i++)
            found += drain_one(i, true);
        if (found == 0 && all_finished())
            break;
        if (found == 0 && control != NULL)
            session_wait_doorbell(control, heard, 5000000);
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while ((double)(now.tv_sec - start.tv_sec) + 1e-9 * (double)(now.tv_nsec - start.tv_nsec)
             < seconds);
    return describing ? 0 : print_accounts();
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return complain("usage: rings create|drain|tell|peek|stop DIR ...");
    if (strcmp(argv[1], "create") == 0)
        return create(argv[2], argv + 3);
    describing = strcmp(argv[1], "tell") == 0;
    if (strcmp(argv[1], "drain") == 0 || describing)
        return drain(argv[2], argc > 3 ? atof(argv[3]) : 30);
    if (strcmp(argv[1], "peek") == 0) {
        find_rings(argv[2]);
        for (int i = 0; i < ring_count; i++)
            drain_one(i, false);
        return print_accounts() * 0;
    }
    struct session_control *control = session_map(argv[2], error);
    if (control == NULL)
        return complain(error);
    atomic_store(&control->stop, 1);
    return 0;
}
