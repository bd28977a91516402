/* Making a ring: reserving its memory, locking it, giving it its name. */
#define _GNU_SOURCE
#include "create.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define MIB (UINT64_C(1) << 20)
#define STEP (16 * MIB)          /* reserved at a time, so that signals cannot starve it */

int create_reserve(int fd, uint64_t bytes)
{
    for (uint64_t at = 0; at < bytes;) {
        uint64_t step = smaller_of(STEP, bytes - at);
        int rc = posix_fallocate(fd, (off_t)at, (off_t)step);
        if (rc == 0) {
            at += step;
        } else if (rc != EINTR) {
            errno = rc;
            return -1;
        }
    }
    return 0;
}

int create_move_high(int fd)
{
    struct rlimit limit;
    int high = -1;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur > 64) {
        rlim_t top = limit.rlim_cur < 65536 ? limit.rlim_cur : 65536;
        high = fcntl(fd, F_DUPFD_CLOEXEC, (int)top - 32);
    }
    if (high < 0)
        return fd;
    close(fd);
    return high;
}

int create_lock(int fd)
{
    struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(fd, F_SETLK, &all);
}

static uint64_t random_source(void)
{
    uint64_t source = 0;
    while (source == 0)
        if (getrandom(&source, sizeof source, GRND_NONBLOCK) != (ssize_t)sizeof source) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            uint64_t seed[3] = {(uint64_t)now.tv_sec, (uint64_t)now.tv_nsec, (uint64_t)getpid()};
            source = record_hash(seed, sizeof seed);
        }
    return source;
}

static void read_program_name(char *name, size_t room)
{
    int fd = open("/proc/self/comm", O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? 0 : read(fd, name, room - 1);
    if (fd >= 0)
        close(fd);
    name[length > 0 ? length - 1 : 0] = 0;
}

static void fill_header(struct ring_writer *w)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct ring_header *h = w->header;
    h->magic = RING_MAGIC;
    h->version = RING_VERSION;
    h->pid = (uint32_t)getpid();
    h->source = w->source;
    h->header_bytes = ring_header_bytes();
    h->capacity = w->capacity;
    h->reserve = w->reserve;
    h->created = (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
    read_program_name(h->program, sizeof h->program);
}

static uint64_t at_note(void)
{
    return offsetof(struct ring_header, held);
}

int create_note(int fd, const struct taken *taken)
{
    return pwrite(fd, taken, sizeof *taken, (off_t)at_note()) == (ssize_t)sizeof *taken ? 0 : -1;
}

struct taken create_taken(const struct session_control *control, int fd, const char *name)
{
    struct taken taken = {0, create_wished(&control->settings)}; /* of a prepared one */
    bool own = strncmp(name, ".ring.", 6) == 0;
    if (own && pread(fd, &taken, sizeof taken, (off_t)at_note()) != (ssize_t)sizeof taken)
        taken = (struct taken){0, 0};
    return taken;
}

/* An empty file that is locked from the start: whoever gets the lock later knows its maker dead. */
static int open_file(int directory, const char *hidden)
{
    struct stat st;
    int fd = openat(directory, hidden, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return -1;
    fd = create_move_high(fd);
    if (create_lock(fd) == 0 && fstat(fd, &st) == 0 && st.st_nlink > 0)
        return fd;
    int why = errno;
    unlinkat(directory, hidden, 0);
    close(fd);
    errno = why;
    return -1;
}

static int reserve_file(int fd, uint64_t *capacity)
{
    int rc;
    while ((rc = create_reserve(fd, ring_header_bytes() + *capacity)) != 0 && errno == ENOSPC
           && *capacity / 2 >= RING_SMALLEST) {
        *capacity = *capacity / 2 & ~(uint64_t)4095;
        if (ftruncate(fd, 4096) != 0) /* what was noted stays */
            break;
    }
    return rc == 0 ? ftruncate(fd, (off_t)(ring_header_bytes() + *capacity)) : rc;
}

static int map_file(struct ring_writer *w, uint64_t bytes)
{
    struct stat st;
    if (fstat(w->fd, &st) != 0)
        return -1;
    void *memory = mmap(
        NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, w->fd, 0);
    if (memory == MAP_FAILED)
        return -1;
    madvise(memory, bytes, MADV_DONTFORK); /* a forked child has no part in this */
    w->inode = st.st_ino;
    w->header = memory;
    w->data = (unsigned char *)memory + ring_header_bytes();
    return 0;
}

static int give_name(struct ring_writer *w, int directory, const char *hidden)
{
    char name[32];
    snprintf(name, sizeof name, "ring.%016" PRIx64, w->source);
    return renameat(directory, hidden, directory, name);
}

/* A prepared ring: its pages are there, and its share has been taken. */
static bool claim(struct ring_writer *w, int directory, const struct session_settings *settings,
                  char *hidden, size_t room)
{
    if (create_room_here() < ring_header_bytes() + create_wished(settings))
        return false;
    snprintf(hidden, room, ".claim.%016" PRIx64, w->source);
    w->fd = spare_claim(w->control, directory, settings, hidden);
    w->capacity = create_wished(settings);
    return w->fd >= 0;
}

static void abandon(struct ring_writer *w, int directory, const char *hidden)
{
    if (unlinkat(directory, hidden, 0) == 0)
        create_give_share_back(w->control, w->capacity);
    if (w->header != NULL)
        munmap(w->header, ring_header_bytes() + w->capacity);
    w->header = NULL;
    close(w->fd);
    w->fd = -1;
}

/* Within the room that is held: its share of what the session allows, and the pages. */
static int make_shared(struct ring_writer *w, const struct session_settings *settings,
                       uint64_t held, char *error)
{
    struct taken taken = {held, 0};
    if (held > 0 && create_note(w->fd, &taken) != 0) {
        snprintf(error, SESSION_ERROR_BYTES, "no ring could be made: %s", strerror(errno));
        return -1;
    }
    if (held > 0)
        taken.share = create_take_some_share(w->control, settings, held);
    if (taken.share == 0) {
        snprintf(error, SESSION_ERROR_BYTES, "no room for a ring of at least %u MiB (%s)",
                 RING_SMALLEST >> 20,
                 held ? "hook.shared is used up" : "memory of the job, /dev/shm, file size or address space");
        return -1;
    }
    w->capacity = taken.share;
    if (create_note(w->fd, &taken) != 0 || reserve_file(w->fd, &w->capacity) != 0) {
        snprintf(error, SESSION_ERROR_BYTES, "no ring could be made: %s", strerror(errno));
        w->capacity = taken.share;
        return -1;
    }
    return 0;
}

/* The pages are there and charged, or will not come. What is noted as taken never exceeds what is: its
 * maker may die in between. */
static void settle(struct ring_writer *w, uint64_t held)
{
    struct taken taken = {0, 0};
    if (pread(w->fd, &taken, sizeof taken, (off_t)at_note()) != (ssize_t)sizeof taken)
        taken = (struct taken){0, 0};
    uint64_t kept = smaller_of(taken.share, w->capacity);
    create_note(w->fd, &(struct taken){0, kept});
    create_settle(w->control, held);
    atomic_fetch_sub(&w->control->shared_used, taken.share - kept);
}

static int make(struct ring_writer *w, int directory, const struct session_settings *settings,
                char *hidden, size_t room, char *error)
{
    snprintf(hidden, room, ".ring.%016" PRIx64, w->source);
    w->capacity = 0;
    w->fd = open_file(directory, hidden);
    if (w->fd < 0) {
        snprintf(error, SESSION_ERROR_BYTES, "no ring could be made: %s", strerror(errno));
        return -1;
    }
    uint64_t held = create_hold(w->control, settings->ring_bytes, directory);
    int rc = make_shared(w, settings, held, error);
    settle(w, held);
    if (rc != 0)
        abandon(w, directory, hidden);
    return rc;
}

static int build(
    struct ring_writer *w, int directory, const struct session_settings *settings, char *error)
{
    char hidden[32];
    if (!claim(w, directory, settings, hidden, sizeof hidden)
        && make(w, directory, settings, hidden, sizeof hidden, error) != 0)
        return -1;
    if (map_file(w, ring_header_bytes() + w->capacity) != 0) {
        snprintf(error, SESSION_ERROR_BYTES, "no ring could be made: %s", strerror(errno));
        abandon(w, directory, hidden);
        return -1;
    }
    w->reserve = smaller_of(RING_RESERVE, w->capacity / 4);
    w->piece_limit = smaller_of(RING_LARGEST_PIECE, w->capacity / 4);
    w->wait_ns = settings->wait_ns;
    long cache = sysconf(_SC_LEVEL3_CACHE_SIZE);
    w->past_caches = cache > 0 && w->capacity > (uint64_t)cache;
    fill_header(w);
    if (give_name(w, directory, hidden) != 0) {
        snprintf(error, SESSION_ERROR_BYTES, "ring cannot be named: %s", strerror(errno));
        abandon(w, directory, hidden);
        return -1;
    }
    return 0;
}

int ring_create(
    struct ring_writer *w, const char *directory, const struct session_settings *settings,
    char *error, char *smaller)
{
    memset(w, 0, sizeof *w);
    w->fd = -1;
    smaller[0] = 0;
    w->source = random_source();
    w->control = session_map(directory, error);
    if (w->control == NULL)
        return -1;
    int dir = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0) {
        snprintf(error, SESSION_ERROR_BYTES, "session %s: %s", directory, strerror(errno));
        return -1;
    }
    int rc = build(w, dir, settings, error);
    close(dir);
    if (rc == 0 && w->capacity < create_wished(settings))
        snprintf(smaller, SESSION_ERROR_BYTES,
                 "the ring has %" PRIu64 " MiB instead of %" PRIu64 " MiB: there is no more room",
                 w->capacity / MIB, settings->ring_bytes / MIB);
    if (rc == 0)
        session_ring_doorbell(w->control);
    return rc;
}
