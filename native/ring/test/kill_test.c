/* A writer killed at every stage of a record: the write is single-stepped and the process killed
 * after every n-th instruction. Whatever the stage, the reader gets the records before it whole,
 * reports at most that one write as torn, and the account balances. */
#define _GNU_SOURCE
#include "check.h"
#include "fixture.h"

#include <dirent.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

enum { BEFORE = 3, STRIDE = 13 };

static struct fixture f;

static void write_one(double value)
{
    static double values[64];
    static const unsigned char described[48] = "descriptor";
    const size_t start[] = {0, 0}, count[] = {8, 8};
    for (int i = 0; i < 64; i++)
        values[i] = value;
    struct ring_slab s = {.kind = RECORD_DATA, .rank = 2, .type = TYPE_DOUBLE, .element = 8,
                          .file = 1, .key = 5, .start = start, .count = count, .payload = values,
                          .descriptor = described, .descriptor_length = sizeof described};
    ring_write(&f.writer, &s);
}

static void child(void)
{
    if (ring_create(&f.writer, f.directory, &f.settings, f.error, f.smaller) != 0)
        _exit(9);
    for (int i = 0; i < BEFORE; i++)
        write_one(i);
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGSTOP);
    write_one(BEFORE);
    raise(SIGSTOP);
    _exit(0);
}

static bool open_only_ring(struct ring_reader *r)
{
    DIR *dir = opendir(f.directory);
    char path[512] = "";
    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;)
        if (strncmp(e->d_name, "ring.", 5) == 0)
            snprintf(path, sizeof path, "%s/%s", f.directory, e->d_name);
    if (dir != NULL)
        closedir(dir);
    bool opened = path[0] != 0 && ring_open(r, path, f.error) == 0;
    if (opened)
        unlink(path);
    return opened;
}

/* Steps `steps` instructions into the write, kills, reads. Returns false past the write's end. */
static bool killed_after(long steps, long *torn, long *whole)
{
    atomic_store(&f.writer.control->shared_used, 0);
    pid_t pid = fork();
    if (pid == 0)
        child();
    int status;
    waitpid(pid, &status, 0);
    bool inside = true;
    for (long i = 0; i < steps && inside; i++) {
        ptrace(PTRACE_SINGLESTEP, pid, NULL, NULL);
        waitpid(pid, &status, 0);
        inside = WIFSTOPPED(status) && WSTOPSIG(status) == SIGTRAP;
    }
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    struct ring_reader r;
    CHECK(open_only_ring(&r));
    struct tally t = drain(&r, UINT64_MAX);
    struct ring_statistics s;
    ring_statistics(&r, &s);
    CHECK(t.ordered && s.written >= BEFORE && s.written <= BEFORE + 1);
    CHECK(t.data >= BEFORE && t.gap == 0 && t.data + t.torn == s.written);
    CHECK(ring_finished(&r));
    *torn += (long)t.torn;
    *whole += t.data > BEFORE;
    ring_close(&r);
    return inside;
}

static void a_writer_killed_at_any_instruction_loses_at_most_that_write(void)
{
    long torn = 0, whole = 0, runs = 0;
    CHECK(session_create(f.directory, &f.settings, f.error) == 0);
    f.writer.control = session_map(f.directory, f.error);
    for (long steps = 1; steps < 100000 && killed_after(steps, &torn, &whole)
                         && check_why[0] == 0;
         steps += STRIDE)
        runs++;
    CHECK(runs > 30 && torn > 0 && whole > 0);
    fixture_remove(&f);
}

static void a_payload_that_cannot_be_copied_to_its_end_is_torn(void)
{
    /* The process dies in the middle of the copy: the payload runs into a page that is not there. */
    CHECK(session_create(f.directory, &f.settings, f.error) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        if (ring_create(&f.writer, f.directory, &f.settings, f.error, f.smaller) != 0)
            _exit(9);
        write_one(1);
        const size_t start[] = {0}, count[] = {8};
        struct ring_slab s = {.kind = RECORD_DATA, .rank = 1, .type = TYPE_DOUBLE, .element = 8,
                              .file = 1, .key = 5, .start = start, .count = count,
                              .payload = (const void *)16};
        signal(SIGSEGV, SIG_DFL);
        ring_write(&f.writer, &s);
        _exit(0);
    }
    int status;
    waitpid(pid, &status, 0);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
    struct ring_reader r;
    const void *record;
    size_t length;
    CHECK(open_only_ring(&r));
    CHECK(drain(&r, 1).data == 1 && ring_poll(&r, &record, &length) == 1);
    struct record_header h;
    CHECK(record_valid(record, length, &h) && h.kind == RECORD_TORN && h.count == 1);
    CHECK(h.sequence == 2 && h.rank == 1 && h.payload_length == 0 && h.file == 1);
    ring_release(&r);
    CHECK(ring_finished(&r));
    ring_close(&r);
    fixture_remove(&f);
}

int main(void)
{
    f.settings.ring_bytes = 1 << 20;
    f.settings.shared_bytes = UINT64_C(1) << 30;
    f.settings.record_stride = 1;
    snprintf(f.directory, sizeof f.directory, "/dev/shm/plateau-kill-%d", (int)getpid());
    RUN(a_writer_killed_at_any_instruction_loses_at_most_that_write);
    RUN(a_payload_that_cannot_be_copied_to_its_end_is_torn);
    return check_failures != 0;
}
