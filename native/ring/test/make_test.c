/* A writer killed while it makes its ring, at every system call: whoever drains the session finds what
 * it left, and gives back the memory and the room that it held. */
#define _GNU_SOURCE
#include "check.h"
#include "fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

static struct fixture f;

static void child(void)
{
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGSTOP);
    int rc = ring_create(&f.writer, f.directory, &f.settings, f.error, f.smaller);
    _exit(rc == 0 ? 0 : 9);
}

/* Kills after so many stops at system calls; false if the ring was made before. */
static bool killed_after(long stops)
{
    pid_t pid = fork();
    if (pid == 0)
        child();
    int status;
    waitpid(pid, &status, 0);
    bool inside = true;
    for (long i = 0; i < stops && inside; i++) {
        ptrace(PTRACE_SYSCALL, pid, NULL, NULL);
        waitpid(pid, &status, 0);
        inside = WIFSTOPPED(status);
    }
    CHECK(inside || (WIFEXITED(status) && WEXITSTATUS(status) == 0));
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    return inside;
}

/* Sweeps what has no name; returns how many have one, which go as well. */
static int clear(void)
{
    DIR *dir = opendir(f.directory);
    char path[512];
    int named = 0, nameless = 0;
    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", f.directory, e->d_name);
        if (strncmp(e->d_name, "ring.", 5) == 0) {
            named++;
            unlink(path);
        }
        if (strncmp(e->d_name, ".ring.", 6) == 0) {
            nameless++;
            CHECK(ring_sweep(f.writer.control, path, 0));
        }
    }
    closedir(dir);
    CHECK(named + nameless <= 1);
    return named;
}

static void a_writer_killed_at_any_call_while_it_makes_its_ring_leaves_nothing_behind(void)
{
    CHECK(session_create(f.directory, &f.settings, f.error) == 0);
    f.writer.control = session_map(f.directory, f.error);
    uint64_t one = f.settings.ring_bytes + ring_header_bytes();
    long runs = 0, left = 0, named = 0;
    for (bool inside = true; inside && check_why[0] == 0; runs++) {
        inside = killed_after(runs + 1);
        int has_name = clear();
        uint64_t used = atomic_load(&f.writer.control->shared_used);
        uint64_t coming = atomic_load(&f.writer.control->coming) << 16 >> 16;
        named += has_name;
        CHECK(used == 0 || used == one);
        CHECK(coming == 0 || coming == one);
        left += coming != 0 || used != (has_name ? one : 0);
        atomic_store(&f.writer.control->shared_used, 0);
        atomic_store(&f.writer.control->coming, 0);
    }
    /* Between taking something and noting it lies the entry of one system call; and again between the
     * note that it is given back and giving it back. */
    CHECK(runs > 40 && named > 0 && left <= 3);
    fixture_remove(&f);
}

static void a_ring_that_is_being_made_is_left_to_its_maker(void)
{
    CHECK(session_create(f.directory, &f.settings, f.error) == 0);
    struct session_control *control = session_map(f.directory, f.error);
    char path[128];
    snprintf(path, sizeof path, "%s/.ring.0000000000000001", f.directory);
    int tell[2];
    CHECK(pipe(tell) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        int fd = open(path, O_RDWR | O_CREAT, 0600);
        if (fcntl(fd, F_SETLK, &all) == 0 && write(tell[1], "", 1) == 1)
            pause();
        _exit(0);
    }
    char word;
    CHECK(read(tell[0], &word, 1) == 1);
    CHECK(!ring_sweep(control, path, 0));
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    CHECK(!ring_sweep(control, path, 3600) && ring_sweep(control, path, 0));
    CHECK(access(path, F_OK) != 0 && atomic_load(&control->shared_used) == 0);
    close(tell[0]);
    close(tell[1]);
    fixture_remove(&f);
}

int main(void)
{
    f.settings.ring_bytes = 1 << 20;
    f.settings.shared_bytes = UINT64_C(1) << 30;
    f.settings.record_stride = 1;
    snprintf(f.directory, sizeof f.directory, "/dev/shm/plateau-make-%d", (int)getpid());
    RUN(a_writer_killed_at_any_call_while_it_makes_its_ring_leaves_nothing_behind);
    RUN(a_ring_that_is_being_made_is_left_to_its_maker);
    return check_failures != 0;
}
