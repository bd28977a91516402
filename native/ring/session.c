#define _GNU_SOURCE
#include "session.h"

#include "record.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

__attribute__((format(printf, 2, 3))) static int fail(char *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error, SESSION_ERROR_BYTES, format, arguments);
    va_end(arguments);
    return -1;
}

int session_set_patterns(
    struct session_settings *settings, const char *variables, const char *dimensions, char *error)
{
    size_t v = strlen(variables), d = strlen(dimensions);
    if (v + d > SESSION_PATTERN_BYTES)
        return fail(error, "patterns take %zu bytes; at most %d are possible", v + d,
                    SESSION_PATTERN_BYTES);
    memcpy(settings->patterns, variables, v);
    memcpy(settings->patterns + v, dimensions, d);
    settings->variables_length = (uint32_t)v;
    settings->dimensions_length = (uint32_t)d;
    return 0;
}

static int write_control(int fd, const struct session_settings *settings)
{
    static const char zero[sizeof(struct session_control)];
    struct session_control control;
    memset(&control, 0, sizeof control);
    control.magic = SESSION_MAGIC;
    control.version = SESSION_VERSION;
    control.bytes = sizeof control;
    control.settings = *settings;
    control.checksum = record_hash(&control.settings, sizeof control.settings);
    if (pwrite(fd, zero, sizeof zero, 0) != (ssize_t)sizeof zero)
        return -1;
    return pwrite(fd, &control, sizeof control, 0) == (ssize_t)sizeof control ? 0 : -1;
}

int session_create(const char *directory, const struct session_settings *settings, char *error)
{
    if (mkdir(directory, 0700) != 0)
        return fail(error, "session %s cannot be made: %s", directory, strerror(errno));
    int dir = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (dir < 0 || fchmod(dir, 0700) != 0) {
        int why = errno;
        if (dir >= 0)
            close(dir);
        return fail(error, "session %s cannot be made: %s", directory, strerror(why));
    }
    /* The name "control" appears only when the page is whole. */
    int fd = openat(dir, ".control", O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int rc = fd < 0 ? -1 : write_control(fd, settings);
    if (rc == 0)
        rc = renameat(dir, ".control", dir, "control");
    int why = errno;
    if (fd >= 0)
        close(fd);
    close(dir);
    return rc == 0 ? 0
                   : fail(error, "control page of session %s cannot be made: %s", directory,
                          strerror(why));
}

static int open_control(const char *directory, int flags, char *error)
{
    struct stat st;
    int dir = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (dir < 0)
        return fail(error, "session %s cannot be opened: %s", directory, strerror(errno));
    int fd = -1;
    if (fstat(dir, &st) != 0 || st.st_uid != geteuid())
        fail(error, "session %s belongs to another user", directory);
    else if ((st.st_mode & 077) != 0)
        fail(error, "session %s is open to others (mode %03o, expected 700)", directory,
             (unsigned)(st.st_mode & 0777));
    else if ((fd = openat(dir, "control", flags | O_CLOEXEC | O_NOFOLLOW)) < 0)
        fail(error, "session %s has no control page: %s", directory, strerror(errno));
    close(dir);
    return fd;
}

static int check_control(const struct session_control *control, ssize_t got,
                         const char *directory, char *error)
{
    bool named = got >= (ssize_t)offsetof(struct session_control, version)
                            + (ssize_t)sizeof control->version
                 && control->magic == SESSION_MAGIC;
    if (named && control->version != SESSION_VERSION)
        return fail(error, "session %s has version %u, expected %d", directory, control->version,
                    SESSION_VERSION);
    const struct session_settings *s = &control->settings;
    if (!named || got != (ssize_t)sizeof *control || control->bytes != sizeof *control
        || control->checksum != record_hash(s, sizeof *s)
        || (uint64_t)s->variables_length + s->dimensions_length > SESSION_PATTERN_BYTES)
        return fail(error, "control page of session %s is damaged", directory);
    return 0;
}

static int read_control(int fd, const char *directory, struct session_settings *out, char *error)
{
    struct session_control *control = malloc(sizeof *control); /* large for a thread's stack */
    if (control == NULL)
        return fail(error, "no memory for the control page of session %s", directory);
    int rc = check_control(control, pread(fd, control, sizeof *control, 0), directory, error);
    if (rc == 0 && out != NULL)
        *out = control->settings;
    free(control);
    return rc;
}

int session_check(const char *directory, struct session_settings *settings, char *error)
{
    int fd = open_control(directory, O_RDONLY, error);
    if (fd < 0)
        return -1;
    int rc = read_control(fd, directory, settings, error);
    close(fd);
    return rc;
}

struct session_control *session_map(const char *directory, char *error)
{
    int fd = open_control(directory, O_RDWR, error);
    if (fd < 0)
        return NULL;
    void *page = MAP_FAILED;
    if (read_control(fd, directory, NULL, error) == 0) {
        page = mmap(
            NULL, sizeof(struct session_control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (page == MAP_FAILED)
            fail(error, "control page of session %s cannot be mapped: %s", directory,
                 strerror(errno));
    }
    close(fd);
    return page == MAP_FAILED ? NULL : page;
}

void session_unmap(struct session_control *control)
{
    if (control != NULL)
        munmap(control, sizeof *control);
}

int session_stop_requested(const char *directory)
{
    char path[PATH_MAX];
    if (directory == NULL || snprintf(path, sizeof path, "%s/control", directory) >= PATH_MAX)
        return 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    uint64_t magic = 0;
    uint32_t stop = 0;
    bool read = pread(fd, &magic, sizeof magic, 0) == (ssize_t)sizeof magic
                && pread(fd, &stop, sizeof stop, offsetof(struct session_control, stop))
                       == (ssize_t)sizeof stop;
    close(fd);
    return read && magic == SESSION_MAGIC && stop == 1;
}

void session_ring_doorbell(struct session_control *control)
{
    if (control == NULL)
        return;
    int op = FUTEX_OP(FUTEX_OP_ADD, 1, FUTEX_OP_CMP_LT, 0);
    syscall(SYS_futex, &control->doorbell, FUTEX_WAKE_OP, INT_MAX, 0, &control->doorbell, op);
}

bool session_wait_doorbell(struct session_control *control, uint32_t seen, uint64_t timeout_ns)
{
    struct timespec timeout = {
        .tv_sec = (time_t)(timeout_ns / 1000000000u), .tv_nsec = (long)(timeout_ns % 1000000000u)};
    if (atomic_load(&control->doorbell) == seen)
        syscall(SYS_futex, &control->doorbell, FUTEX_WAIT, seen, &timeout, NULL, 0);
    return atomic_load(&control->doorbell) != seen;
}
