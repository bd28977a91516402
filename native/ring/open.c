/* Opening a ring for reading: what its header says is taken over once, if it fits the file. */
#define _GNU_SOURCE
#include "reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* Takes over the constants of the header if they fit the memory they came from. */
static bool adopt(struct ring_reader *r)
{
    const struct ring_header *h = r->header;
    if (r->map_bytes < ring_header_bytes() || h->magic != RING_MAGIC || h->version != RING_VERSION)
        return false;
    r->header_bytes = h->header_bytes;
    r->capacity = h->capacity;
    r->source = h->source;
    if (r->header_bytes != ring_header_bytes() || r->source == 0
        || r->capacity > r->map_bytes - r->header_bytes || r->capacity < 4096
        || r->capacity % 4096 != 0)
        return false;
    r->data = (const unsigned char *)h + r->header_bytes;
    r->position = atomic_load(&r->header->tail);
    r->accounted = atomic_load(&r->header->told);
    r->stage = atomic_load(&r->header->end_stage);
    r->stage = r->stage > END_DONE ? END_DONE : r->stage;
    return true;
}

int ring_open_memory(struct ring_reader *r, void *memory, uint64_t bytes, bool dead)
{
    memset(r, 0, sizeof *r);
    r->fd = -1;
    r->header = memory;
    r->map_bytes = bytes;
    r->dead = dead;
    return adopt(r) ? 0 : -1;
}

static int open_file(struct ring_reader *r, const char *path, char *error)
{
    struct stat st;
    r->fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (r->fd < 0 || fstat(r->fd, &st) != 0) {
        snprintf(error, SESSION_ERROR_BYTES, "ring %s cannot be opened: %s", path,
                 strerror(errno));
        return -1;
    }
    void *memory = MAP_FAILED;
    if ((uint64_t)st.st_size >= ring_header_bytes() && S_ISREG(st.st_mode)
        && st.st_uid == geteuid()) {
        r->map_bytes = (uint64_t)st.st_size;
        memory = mmap(NULL, r->map_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, r->fd, 0);
    }
    if (memory == MAP_FAILED) {
        snprintf(error, SESSION_ERROR_BYTES, "ring %s is too short or cannot be mapped", path);
        return -1;
    }
    r->header = memory;
    if (adopt(r))
        return 0;
    if (r->header->magic == RING_MAGIC && r->header->version != RING_VERSION)
        snprintf(error, SESSION_ERROR_BYTES,
                 "ring %s has version %u, expected %d: its writer's hook is of another Plateau", path,
                 r->header->version, RING_VERSION);
    else
        snprintf(error, SESSION_ERROR_BYTES, "ring %s is damaged", path);
    return -1;
}

int ring_open(struct ring_reader *r, const char *path, char *error)
{
    memset(r, 0, sizeof *r);
    int rc = open_file(r, path, error);
    if (rc != 0)
        ring_close(r);
    return rc;
}

void ring_close(struct ring_reader *r)
{
    if (r->fd >= 0) {
        if (r->header != NULL)
            munmap(r->header, r->map_bytes);
        close(r->fd);
    }
    free(r->scratch);
    memset(r, 0, sizeof *r);
    r->fd = -1;
}
