/* Rings that are prepared before the model starts, so that their pages are reserved, cleared and
 * charged to whoever prepares them and not to the model. One is a file spare.NN of the size that
 * the settings ask for; a writer takes it by renaming it, which only one can. */
#define _GNU_SOURCE
#include "create.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- preparing ---- */

/* Pages that were only reserved are cleared at their first use: this is it. */
static int populate(int fd, uint64_t bytes)
{
    void *memory
        = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, 0);
    return memory == MAP_FAILED ? -1 : munmap(memory, bytes);
}

static int prepare_file(int directory, unsigned number, uint64_t bytes)
{
    char hidden[32], name[32];
    snprintf(hidden, sizeof hidden, ".spare.%02u", number);
    snprintf(name, sizeof name, "spare.%02u", number);
    int fd = openat(directory, hidden, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return -1;
    int rc = create_reserve(fd, bytes);
    if (rc == 0)
        rc = populate(fd, bytes);
    if (rc == 0)
        rc = renameat(directory, hidden, directory, name);
    int why = errno;
    close(fd);
    if (rc != 0)
        unlinkat(directory, hidden, 0);
    errno = why;
    return rc;
}

static int prepare_held(struct session_control *control, int directory,
                        const struct session_settings *settings, unsigned number,
                        const char **why)
{
    uint64_t capacity = create_wished(settings);
    *why = "hook.shared is used up";
    if (!create_take_share(control, settings, capacity))
        return -1;
    if (prepare_file(directory, number, ring_header_bytes() + capacity) == 0)
        return 0;
    *why = strerror(errno);
    create_give_share_back(control, capacity);
    return -1;
}

static int prepare_one(struct session_control *control, int directory,
                       const struct session_settings *settings, unsigned number, const char **why)
{
    uint64_t capacity = create_wished(settings);
    uint64_t held = create_hold(control, capacity, directory);
    *why = "memory of the job, /dev/shm, file size or address space";
    int rc = held == capacity ? prepare_held(control, directory, settings, number, why) : -1;
    create_settle(control, held);
    return rc;
}

unsigned ring_prepare(const char *directory, const struct session_settings *settings,
                      unsigned wanted, char *error)
{
    const char *why = "";
    unsigned made = 0;
    error[0] = 0;
    if (wanted == 0)
        return 0;
    struct session_control *control = session_map(directory, error);
    if (control == NULL)
        return 0;
    int dir = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
        why = strerror(errno);
    while (dir >= 0 && made < wanted && prepare_one(control, dir, settings, made, &why) == 0)
        made++;
    if (made < wanted)
        snprintf(error, SESSION_ERROR_BYTES,
                 "%u of %u rings are prepared: no room for more (%s); further writers make their"
                 " own", made, wanted, why);
    if (dir >= 0)
        close(dir);
    session_unmap(control);
    return made;
}

/* ---- claiming ---- */

/* The whole size, and no page missing that the model would have to touch first. */
static bool whole(const struct stat *st, uint64_t bytes)
{
    return S_ISREG(st->st_mode) && st->st_uid == geteuid() && (uint64_t)st->st_size == bytes
           && (uint64_t)st->st_blocks * 512 >= bytes;
}

/* Opens what was just renamed. Whoever holds the lock of a claim decides on it: this writer, or
 * ring_sweep, which took it for abandoned. */
static int open_claimed(struct session_control *control, int directory,
                        const struct session_settings *settings, const char *claimed)
{
    uint64_t capacity = create_wished(settings);
    struct stat st;
    int fd = openat(directory, claimed, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd >= 0)
        fd = create_move_high(fd);
    if (fd >= 0 && (create_lock(fd) != 0 || fstat(fd, &st) != 0 || st.st_nlink == 0)) {
        close(fd);
        return -1;
    }
    if (fd >= 0 && whole(&st, ring_header_bytes() + capacity))
        return fd;
    if (unlinkat(directory, claimed, 0) == 0)
        create_give_share_back(control, capacity);
    if (fd >= 0)
        close(fd);
    return -1;
}

int spare_claim(struct session_control *control, int directory,
                const struct session_settings *settings, const char *claimed)
{
    int copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), fd = -1;
    DIR *files = copy < 0 ? NULL : fdopendir(copy);
    if (files == NULL) {
        if (copy >= 0)
            close(copy);
        return -1;
    }
    for (struct dirent *e; fd < 0 && (e = readdir(files)) != NULL;)
        if (strncmp(e->d_name, "spare.", 6) == 0
            && renameat(directory, e->d_name, directory, claimed) == 0)
            fd = open_claimed(control, directory, settings, claimed);
    closedir(files);
    return fd;
}

/* ---- what dead writers leave ---- */

static uint64_t seconds_since(const struct timespec *then)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec > then->tv_sec ? (uint64_t)(now.tv_sec - then->tv_sec) : 0;
}

bool ring_sweep(struct session_control *control, const char *path, uint64_t seconds)
{
    struct stat st;
    int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return false;
    const char *slash = strrchr(path, '/');
    bool swept = fstat(fd, &st) == 0 && seconds_since(&st.st_ctim) >= seconds
                 && create_lock(fd) == 0 && unlink(path) == 0;
    if (swept) {
        struct taken taken = create_taken(control, fd, slash != NULL ? slash + 1 : path);
        create_settle(control, taken.held);
        create_give_share_back(control, taken.share);
    }
    close(fd);
    return swept;
}
