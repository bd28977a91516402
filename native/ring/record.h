/* The byte layout of a record: docs/MESSAGE_FORMAT.md is its home, this file its face in C. */
#ifndef PLATEAU_RECORD_H
#define PLATEAU_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RECORD_MAGIC 0x52544c50u /* "PLTR" */
#define RECORD_VERSION 1
#define RECORD_HEADER_BYTES 104
#define RECORD_MAX_RANK 1024 /* NC_MAX_VAR_DIMS */
#define DESCRIPTOR_VERSION 1

enum record_kind {
    RECORD_DATA = 1,
    RECORD_GAP = 2,
    RECORD_FILE_CLOSE = 3,
    RECORD_WRITER_END = 4,
    RECORD_TORN = 5
};

enum record_flag { RECORD_NOT_LAST = 1, RECORD_MODEL_API = 2, RECORD_REPLAY = 4 };

enum record_reason {
    REASON_NONE = 0,
    REASON_RING_FULL = 1,
    REASON_TURNED_OFF = 2,
    REASON_SECOND_THREAD = 3,
    REASON_TOO_LARGE = 4,
    REASON_QUEUE_FULL = 5,
    REASON_LINK_LOST = 6,
    REASON_MEMORY_LIMIT = 7,
    REASON_INTERNAL_FAULT = 8,
    REASON_NOT_NUMBERS = 9,
    REASON_NOT_DESCRIBED = 10
};

/* netCDF's external type codes. */
enum record_type {
    TYPE_NONE = 0,
    TYPE_BYTE = 1,
    TYPE_CHAR = 2,
    TYPE_SHORT = 3,
    TYPE_INT = 4,
    TYPE_FLOAT = 5,
    TYPE_DOUBLE = 6,
    TYPE_UBYTE = 7,
    TYPE_USHORT = 8,
    TYPE_UINT = 9,
    TYPE_INT64 = 10,
    TYPE_UINT64 = 11,
    TYPE_STRING = 12
};

struct record_header {
    uint32_t magic;
    uint16_t version;
    uint16_t kind;
    uint64_t length;
    uint64_t source;
    uint64_t sequence;
    uint64_t count;
    uint64_t written;
    uint64_t file;
    uint64_t descriptor_hash;
    uint32_t descriptor_length;
    uint16_t rank;
    uint8_t type;
    uint8_t flags;
    uint64_t payload_length;
    uint64_t cost;
    uint32_t piece;
    uint32_t reason;
    uint64_t reserved;
};

_Static_assert(sizeof(struct record_header) == RECORD_HEADER_BYTES, "fixed header");
_Static_assert(offsetof(struct record_header, descriptor_hash) == 56, "fixed header");
_Static_assert(offsetof(struct record_header, payload_length) == 72, "fixed header");
_Static_assert(offsetof(struct record_header, reason) == 92, "fixed header");
#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "records are little-endian; this host is not"
#endif

/* Bytes of one element of an external type, 0 for STRING and unknown codes. */
size_t record_type_size(int type);

uint64_t record_hash(const void *bytes, size_t length); /* FNV-1a 64 */

static inline uint64_t record_pad(uint64_t length)
{
    return (length + 7) & ~(uint64_t)7;
}

/* Length of a record with these parts, padding included. */
static inline uint64_t record_length(uint64_t rank, uint64_t descriptor, uint64_t payload)
{
    return RECORD_HEADER_BYTES + 24 * rank + record_pad(descriptor) + record_pad(payload);
}

/* Whether the header at `record` describes a record that lies within `available` bytes. On success
 * `copy` holds the header as it was checked: use that, not the memory it came from. */
bool record_valid(const void *record, uint64_t available, struct record_header *copy);

/* A descriptor under construction. `failed` is set when memory ran out. */
struct descriptor {
    unsigned char *bytes;
    size_t length, room;
    bool failed;
};

void descriptor_u32(struct descriptor *d, uint32_t value);
void descriptor_u64(struct descriptor *d, uint64_t value);
void descriptor_tag(struct descriptor *d, uint8_t value); /* u8 and three zeros */
void descriptor_text(struct descriptor *d, const char *text, size_t length);
void descriptor_bytes(struct descriptor *d, const void *bytes, size_t length); /* padded to 4 */
void descriptor_set_u32(struct descriptor *d, size_t offset, uint32_t value);
void descriptor_free(struct descriptor *d);

#endif
