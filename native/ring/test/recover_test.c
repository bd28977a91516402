/* A writer that leaves a write in the middle and goes on: here by a payload that cannot be read to its
 * end, and a handler that jumps. */
#define _GNU_SOURCE
#include "check.h"
#include "fixture.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>

enum { HALF = 1 << 20 };

static sigjmp_buf before;

static void jump(int signal)
{
    (void)signal;
    siglongjmp(before, 1);
}

/* Bytes of which the second half cannot be read. */
static unsigned char *half_readable(void)
{
    unsigned char *bytes
        = mmap(NULL, 2 * HALF, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(bytes + HALF, HALF, PROT_NONE);
    return bytes;
}

/* A write that the handler of a signal leaves in the middle. */
static void leave(struct ring_writer *w, const struct ring_slab *s)
{
    struct sigaction action = {.sa_handler = jump}, old;
    sigaction(SIGSEGV, &action, &old);
    if (sigsetjmp(before, 1) == 0) {
        ring_write(w, s);
        CHECK(!"the payload could be read");
    }
    sigaction(SIGSEGV, &old, NULL);
}

/* `limit`: of a piece. */
static void is_torn_and_the_next_is_whole(uint64_t limit)
{
    struct fixture f;
    CHECK(fixture_open(&f, 16 << 20, 0) == 0);
    f.writer.piece_limit = limit;
    unsigned char *bytes = half_readable();
    const size_t start[] = {0}, count[] = {2 * HALF / 8}, one[] = {1};
    struct ring_slab whole = slab_of(1, start, one, 8, bytes), broken = slab_of(1, start, count, 8, bytes);
    ring_write(&f.writer, &whole);
    leave(&f.writer, &broken);
    CHECK(drain(&f.reader, ALL).data == 1); /* nothing is known of the second */
    ring_recover(&f.writer);
    CHECK(ring_write(&f.writer, &whole) == RING_WRITTEN);
    struct tally t = drain(&f.reader, ALL);
    CHECK(t.data == 1 && t.torn == 1 && t.gap == 0 && t.ordered && t.last == 3);
    ring_end(&f.writer);
    f.reader.dead = true;
    t = drain(&f.reader, ALL);
    CHECK(t.ended && t.torn == 0 && ring_finished(&f.reader));
    munmap(bytes, 2 * HALF);
    fixture_remove(&f);
}

static void a_write_that_is_left_in_the_middle_is_torn_and_the_next_is_whole(void)
{
    is_torn_and_the_next_is_whole(4 << 20);
}

static void so_is_one_of_many_pieces(void)
{
    is_torn_and_the_next_is_whole(100000);
}

static void nothing_is_recovered_of_a_writer_that_left_nothing(void)
{
    struct fixture f;
    CHECK(fixture_open(&f, 1 << 20, 0) == 0);
    const double value = 1;
    struct ring_slab s = slab_of(0, NULL, NULL, 8, &value);
    ring_recover(&f.writer);
    ring_write(&f.writer, &s);
    ring_recover(&f.writer);
    ring_lose(&f.writer, &s, REASON_NOT_NUMBERS);
    ring_recover(&f.writer);
    struct tally t = drain(&f.reader, ALL);
    CHECK(t.data == 1 && t.gap == 1 && t.torn == 0);
    fixture_remove(&f);
}

int main(void)
{
    RUN(a_write_that_is_left_in_the_middle_is_torn_and_the_next_is_whole);
    RUN(so_is_one_of_many_pieces);
    RUN(nothing_is_recovered_of_a_writer_that_left_nothing);
    return check_failures != 0;
}
