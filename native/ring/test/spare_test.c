/* Prepared rings: who gets one, what happens to a bad one, and that the shared bytes add up. */
#define _GNU_SOURCE
#include "check.h"
#include "fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define CAPACITY (UINT64_C(4) << 20)

static struct fixture f;

static uint64_t used(void)
{
    return atomic_load(&f.writer.control->shared_used);
}

static uint64_t one(void)
{
    return CAPACITY + ring_header_bytes();
}

static void open_with(unsigned spares)
{
    CHECK(fixture_open(&f, CAPACITY, 0) == 0); /* takes a ring of its own */
    CHECK(ring_prepare(f.directory, &f.settings, spares, f.error) == spares && f.error[0] == 0);
    CHECK(used() == (1 + spares) * one());
}

static ino_t inode(const char *name)
{
    char path[128];
    struct stat st;
    snprintf(path, sizeof path, "%s/%s", f.directory, name);
    return stat(path, &st) == 0 ? st.st_ino : 0;
}

static int count(const char *prefix)
{
    int found = 0;
    DIR *dir = opendir(f.directory);
    for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;)
        found += strncmp(e->d_name, prefix, strlen(prefix)) == 0;
    if (dir != NULL)
        closedir(dir);
    return found;
}

static void a_prepared_ring_is_taken_with_its_pages(void)
{
    open_with(1);
    ino_t prepared = inode("spare.00");
    struct ring_writer w;
    struct stat st;
    CHECK(ring_create(&w, f.directory, &f.settings, f.error, f.smaller) == 0);
    CHECK(prepared != 0 && w.inode == prepared && count("spare.") == 0 && count(".") == 2);
    CHECK(fstat(w.fd, &st) == 0 && (uint64_t)st.st_blocks * 512 == one());
    CHECK(w.capacity == CAPACITY && f.smaller[0] == 0 && used() == 2 * one());
    struct ring_reader r;
    CHECK(ring_open_memory(&r, w.header, one(), false) == 0);
    CHECK(r.source == w.source && drain(&r, 1).records == 0);
    fixture_remove(&f);
}

static void without_a_prepared_ring_a_writer_makes_its_own(void)
{
    open_with(1);
    struct ring_writer first, second;
    ino_t prepared = inode("spare.00");
    CHECK(ring_create(&first, f.directory, &f.settings, f.error, f.smaller) == 0);
    CHECK(ring_create(&second, f.directory, &f.settings, f.error, f.smaller) == 0);
    CHECK(first.inode == prepared && second.inode != prepared && used() == 3 * one());
    fixture_remove(&f);
}

/* Waits for the word to start, makes a ring, tells its inode and stays until it is killed. */
static void racer(int start, int tell)
{
    char word;
    struct ring_writer w;
    uint64_t mine = 0;
    if (read(start, &word, 1) == 0
        && ring_create(&w, f.directory, &f.settings, f.error, f.smaller) == 0)
        mine = w.inode;
    if (write(tell, &mine, sizeof mine) == (ssize_t)sizeof mine)
        pause();
    _exit(0);
}

static void race(ino_t prepared)
{
    int start[2], tell[2];
    pid_t pids[2];
    uint64_t got[2] = {0, 0};
    CHECK(pipe(start) == 0 && pipe(tell) == 0);
    for (int i = 0; i < 2; i++)
        if ((pids[i] = fork()) == 0) {
            close(start[1]);
            racer(start[0], tell[1]);
        }
    close(start[1]);
    for (int i = 0; i < 2; i++)
        CHECK(read(tell[0], &got[i], sizeof got[i]) == (ssize_t)sizeof got[i]);
    CHECK(got[0] != 0 && got[1] != 0 && (got[0] == prepared) + (got[1] == prepared) == 1);
    for (int i = 0; i < 2; i++) {
        kill(pids[i], SIGKILL);
        waitpid(pids[i], NULL, 0);
    }
    close(start[0]);
    close(tell[0]);
    close(tell[1]);
}

static void two_writers_after_one_prepared_ring_get_one_each(void)
{
    for (int i = 0; i < 20 && check_why[0] == 0; i++) {
        open_with(1);
        race(inode("spare.00"));
        CHECK(count("ring.") == 3 && count("spare.") == 0 && used() == 3 * one());
        fixture_remove(&f);
    }
}

/* The first is damaged, the second is whole. */
static void pass_over(int (*damage)(const char *path))
{
    char path[128];
    open_with(2);
    ino_t bad = inode("spare.00"), good = inode("spare.01");
    snprintf(path, sizeof path, "%s/spare.00", f.directory);
    CHECK(damage(path) == 0);
    struct ring_writer first, second;
    CHECK(ring_create(&first, f.directory, &f.settings, f.error, f.smaller) == 0);
    CHECK(ring_create(&second, f.directory, &f.settings, f.error, f.smaller) == 0);
    CHECK(first.inode == good || second.inode == good);
    CHECK(first.capacity == CAPACITY && second.capacity == CAPACITY && bad != 0);
    CHECK(count("spare.") == 0 && count(".claim.") == 0 && used() == 3 * one());
    fixture_remove(&f);
}

static int shorten(const char *path)
{
    return truncate(path, 5000);
}

static int empty_its_pages(const char *path)
{
    return truncate(path, 0) == 0 ? truncate(path, (off_t)one()) : -1;
}

static int lengthen(const char *path)
{
    return truncate(path, (off_t)(2 * one()));
}

static int put_a_link_there(const char *path)
{
    return unlink(path) == 0 ? symlink("control", path) : -1;
}

static void a_damaged_prepared_ring_is_passed_over(void)
{
    pass_over(shorten);
    pass_over(empty_its_pages);
    pass_over(lengthen);
    pass_over(put_a_link_there);
}

static void no_more_rings_are_prepared_than_may_be_shared(void)
{
    CHECK(fixture_open(&f, CAPACITY, 0) == 0);
    f.settings.shared_bytes = 3 * one();
    CHECK(ring_prepare(f.directory, &f.settings, 5, f.error) == 2);
    CHECK(strstr(f.error, "2 of 5") != NULL && strstr(f.error, "hook.shared") != NULL);
    CHECK(used() == 3 * one() && count("spare.") == 2 && count(".spare.") == 0);
    fixture_remove(&f);
}

static void a_ring_whose_writer_died_unnamed_is_swept(void)
{
    open_with(1);
    char from[128], to[128];
    int held[2];
    snprintf(from, sizeof from, "%s/spare.00", f.directory);
    snprintf(to, sizeof to, "%s/.claim.0000000000000001", f.directory);
    CHECK(rename(from, to) == 0 && pipe(held) == 0);
    CHECK(!ring_sweep(f.writer.control, to, 3600)); /* it may be about to lock it */
    pid_t pid = fork();
    if (pid == 0) {
        struct flock all = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
        if (fcntl(open(to, O_RDWR), F_SETLK, &all) == 0 && write(held[1], "", 1) == 1)
            pause();
        _exit(0);
    }
    char word;
    CHECK(read(held[0], &word, 1) == 1);
    CHECK(!ring_sweep(f.writer.control, to, 0) && used() == 2 * one());
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    CHECK(ring_sweep(f.writer.control, to, 0) && used() == one() && count(".claim.") == 0);
    close(held[0]);
    close(held[1]);
    fixture_remove(&f);
}

int main(void)
{
    RUN(a_prepared_ring_is_taken_with_its_pages);
    RUN(without_a_prepared_ring_a_writer_makes_its_own);
    RUN(two_writers_after_one_prepared_ring_get_one_each);
    RUN(a_damaged_prepared_ring_is_passed_over);
    RUN(no_more_rings_are_prepared_than_may_be_shared);
    RUN(a_ring_whose_writer_died_unnamed_is_swept);
    return check_failures != 0;
}
