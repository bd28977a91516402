#include "record.h"

#include <stdlib.h>
#include <string.h>

size_t record_type_size(int type)
{
    static const unsigned char sizes[] = {0, 1, 1, 2, 4, 4, 8, 1, 2, 4, 8, 8};
    return type > 0 && type < (int)sizeof sizes ? sizes[type] : 0;
}

uint64_t record_hash(const void *bytes, size_t length)
{
    const unsigned char *p = bytes;
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ p[i]) * 0x100000001b3u;
    return hash;
}

bool record_valid(const void *record, uint64_t available, struct record_header *copy)
{
    if (available < RECORD_HEADER_BYTES)
        return false;
    memcpy(copy, record, sizeof *copy);
    if (copy->magic != RECORD_MAGIC || copy->version != RECORD_VERSION)
        return false;
    if (copy->kind < RECORD_DATA || copy->kind > RECORD_TORN || copy->rank > RECORD_MAX_RANK)
        return false;
    if (copy->length > available || copy->payload_length > available)
        return false;
    return copy->length
           == record_length(copy->rank, copy->descriptor_length, copy->payload_length);
}

static unsigned char *extend(struct descriptor *d, size_t length)
{
    if (d->failed)
        return NULL;
    if (d->room - d->length < length) {
        size_t room = 2 * d->room + length + 256;
        unsigned char *bytes = realloc(d->bytes, room);
        if (bytes == NULL) {
            d->failed = true;
            return NULL;
        }
        d->bytes = bytes;
        d->room = room;
    }
    unsigned char *at = d->bytes + d->length;
    d->length += length;
    return at;
}

static void append(struct descriptor *d, const void *bytes, size_t length, size_t padded)
{
    unsigned char *at = extend(d, padded);
    if (at == NULL)
        return;
    if (length > 0)
        memcpy(at, bytes, length);
    memset(at + length, 0, padded - length);
}

void descriptor_u32(struct descriptor *d, uint32_t value)
{
    append(d, &value, 4, 4);
}

void descriptor_u64(struct descriptor *d, uint64_t value)
{
    append(d, &value, 8, 8);
}

void descriptor_tag(struct descriptor *d, uint8_t value)
{
    append(d, &value, 1, 4);
}

void descriptor_bytes(struct descriptor *d, const void *bytes, size_t length)
{
    append(d, bytes, length, (length + 3) & ~(size_t)3);
}

void descriptor_text(struct descriptor *d, const char *text, size_t length)
{
    descriptor_u32(d, (uint32_t)length);
    descriptor_bytes(d, text, length);
}

void descriptor_set_u32(struct descriptor *d, size_t offset, uint32_t value)
{
    if (!d->failed && offset + 4 <= d->length)
        memcpy(d->bytes + offset, &value, 4);
}

void descriptor_free(struct descriptor *d)
{
    free(d->bytes);
    memset(d, 0, sizeof *d);
}
