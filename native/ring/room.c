#define _GNU_SOURCE
#include "ring.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define SMALL_FILE 65536
#define LEFT_ALONE 32 /* this part of a limit is left to what the model may need later */

/* Reads a small file of /proc or /sys; false if it is not there. */
static bool slurp(const char *path, char *text, size_t room)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    size_t length = 0;
    ssize_t got;
    while (length < room - 1 && (got = read(fd, text + length, room - 1 - length)) > 0)
        length += (size_t)got;
    close(fd);
    text[length] = 0;
    return true;
}

static bool number_in(const char *directory, const char *name, uint64_t *value)
{
    char path[PATH_MAX], text[64];
    if (snprintf(path, sizeof path, "%s/%s", directory, name) >= PATH_MAX
        || !slurp(path, text, sizeof text))
        return false;
    *value = strncmp(text, "max", 3) == 0 ? UINT64_MAX : strtoull(text, NULL, 10);
    return true;
}

static uint64_t line_in(const char *text, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = text; line != NULL && *line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, name, length) == 0 && line[length] == ' ')
            return strtoull(line + length + 1, NULL, 10);
    }
    return 0;
}

/* Page cache that the kernel can give back: it counts as used but is no obstacle. */
static uint64_t reclaimable(const char *directory, bool v2)
{
    char path[PATH_MAX];
    static const char *const v1_names[] = {"total_cache", "total_shmem"};
    static const char *const v2_names[] = {"file", "shmem"};
    const char *const *names = v2 ? v2_names : v1_names;
    char *text = malloc(SMALL_FILE);
    uint64_t room = 0;
    if (text != NULL && snprintf(path, sizeof path, "%s/memory.stat", directory) < PATH_MAX
        && slurp(path, text, SMALL_FILE)) {
        uint64_t file = line_in(text, names[0]), shared = line_in(text, names[1]);
        room = file > shared ? file - shared : 0;
    }
    free(text);
    return room;
}

static uint64_t room_at(const char *directory, bool v2)
{
    uint64_t limit, usage;
    if (!number_in(directory, v2 ? "memory.max" : "memory.limit_in_bytes", &limit)
        || !number_in(directory, v2 ? "memory.current" : "memory.usage_in_bytes", &usage)
        || limit >= (UINT64_C(1) << 60)) /* v1 writes "no limit" as a huge number */
        return UINT64_MAX;
    uint64_t spare = reclaimable(directory, v2);
    usage -= spare < usage ? spare : usage;
    usage += limit / LEFT_ALONE;
    return limit > usage ? limit - usage : 0;
}

/* The least room from `directory` up to the mount point of its hierarchy. */
static uint64_t room_up(char *directory, size_t mount_length, bool v2)
{
    uint64_t least = UINT64_MAX;
    for (;;) {
        uint64_t room = room_at(directory, v2);
        least = room < least ? room : least;
        char *slash = strrchr(directory, '/');
        if (slash == NULL || (size_t)(slash - directory) < mount_length)
            return least;
        *slash = 0;
    }
}

/* Not on the stack, which may be a thread's small one. */
struct places {
    char root[PATH_MAX], point[PATH_MAX], group[PATH_MAX], directory[3 * PATH_MAX];
    char line[2 * PATH_MAX];
    char mounts[4 * SMALL_FILE], groups[SMALL_FILE];
};

/* Finds where the memory hierarchy (v1) or the unified one (v2) is mounted, and which part of it
 * is: a container sees only a subtree. */
static bool find_mount(struct places *at, bool v2)
{
    char *copy = at->line;
    for (const char *line = at->mounts; *line;) {
        const char *end = strchr(line, '\n');
        size_t length = end ? (size_t)(end - line) : strlen(line);
        if (length < sizeof at->line) {
            memcpy(copy, line, length);
            copy[length] = 0;
            const char *kind = strstr(copy, v2 ? " - cgroup2 " : " - cgroup ");
            const char *options = kind ? strrchr(kind, ' ') : NULL;
            if (kind != NULL && (v2 || strstr(options, "memory") != NULL)
                && sscanf(copy, "%*s %*s %*s %4095s %4095s", at->root, at->point) == 2)
                return true;
        }
        line = end ? end + 1 : line + length;
    }
    return false;
}

/* Path of this process in the hierarchy, from /proc/self/cgroup. */
static bool find_group(const char *groups, bool v2, char *group)
{
    for (const char *line = groups; line != NULL && *line; line = strchr(line, '\n')) {
        line += *line == '\n';
        const char *first = strchr(line, ':'), *second = first ? strchr(first + 1, ':') : NULL;
        if (second == NULL)
            continue;
        size_t names = (size_t)(second - first - 1);
        const char *memory = memmem(first + 1, names, "memory", 6);
        if ((v2 ? names == 0 : memory != NULL) && sscanf(second + 1, "%4095[^\n]", group) == 1)
            return true;
    }
    return false;
}

static uint64_t room_in_hierarchy(struct places *at, const char *prefix, bool v2)
{
    if (!find_mount(at, v2) || !find_group(at->groups, v2, at->group))
        return UINT64_MAX;
    const char *below = at->group;
    size_t root_length = strlen(at->root), room = sizeof at->directory;
    if (strcmp(at->root, "/") != 0 && strncmp(at->group, at->root, root_length) == 0)
        below = at->group + root_length;
    if (strcmp(prefix, "/") == 0)
        prefix = "";
    size_t mount_length = (size_t)snprintf(at->directory, room, "%s%s", prefix, at->point);
    snprintf(at->directory + mount_length, room - mount_length, "%s",
             strcmp(below, "/") == 0 ? "" : below);
    if (access(at->directory, F_OK) != 0) /* another namespace's path: the mount point must do */
        at->directory[mount_length] = 0;
    return room_up(at->directory, mount_length, v2);
}

uint64_t room_in_cgroups(const char *proc, const char *root)
{
    char path[PATH_MAX];
    struct places *at = malloc(sizeof *at);
    if (at == NULL)
        return 0;
    uint64_t least = UINT64_MAX;
    bool read = snprintf(path, sizeof path, "%s/mountinfo", proc) < PATH_MAX
                && slurp(path, at->mounts, sizeof at->mounts)
                && snprintf(path, sizeof path, "%s/cgroup", proc) < PATH_MAX
                && slurp(path, at->groups, sizeof at->groups);
    for (int v2 = 0; read && v2 < 2; v2++) {
        uint64_t room = room_in_hierarchy(at, root, v2);
        least = room < least ? room : least;
    }
    free(at);
    return least;
}

uint64_t room_on_node(const char *proc)
{
    char path[PATH_MAX], text[2048];
    if (snprintf(path, sizeof path, "%s/../meminfo", proc) >= PATH_MAX
        || !slurp(path, text, sizeof text))
        return UINT64_MAX;
    uint64_t total = line_in(text, "MemTotal:") << 10, left = total / LEFT_ALONE;
    uint64_t available = line_in(text, "MemAvailable:") << 10;
    if (total == 0 || available == 0)
        return UINT64_MAX;
    return available > left ? available - left : 0;
}

uint64_t room_on_file_system(int fd)
{
    struct statvfs fs;
    if (fstatvfs(fd, &fs) != 0)
        return 0;
    return fs.f_blocks == 0 ? UINT64_MAX : (uint64_t)fs.f_bavail * fs.f_frsize;
}

uint64_t room_in_address_space(const char *proc)
{
    char path[PATH_MAX], text[256];
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return UINT64_MAX;
    if (snprintf(path, sizeof path, "%s/statm", proc) >= PATH_MAX
        || !slurp(path, text, sizeof text))
        return 0;
    uint64_t used = strtoull(text, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE);
    used += limit.rlim_cur / LEFT_ALONE;
    return limit.rlim_cur > used ? limit.rlim_cur - used : 0;
}

uint64_t room_in_file_size(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return UINT64_MAX;
    return limit.rlim_cur;
}
