/* The copy of payloads: every place within a cache line, sizes around every threshold. */
#include "check.h"
#include "pieces.h"

enum { LINE = 64, GUARD = 64, LONGEST = (128 << 10) + 200 };

static unsigned char source[LONGEST + LINE], target[LONGEST + LINE + 2 * GUARD + LINE];

static bool copied(uint64_t from, uint64_t to, uint64_t bytes, bool past_caches)
{
    unsigned char *line = target + LINE - (uintptr_t)target % LINE, *at = line + GUARD + to;
    memset(target, 0xee, sizeof target);
    copy_bytes(at, source + from, bytes, past_caches);
    bool same = memcmp(at, source + from, bytes) == 0;
    for (int i = 1; i <= GUARD; i++)
        same = same && at[-i] == 0xee && at[bytes + (uint64_t)i - 1] == 0xee;
    return same;
}

static void every_byte_arrives_and_no_other_is_touched(void)
{
    static const uint64_t sizes[] = {0,    1,    63,          64,          65,        1023,
                                     1024, 1025, 1024 + 63,   4096,        (64 << 10) + 7,
                                     (128 << 10) - 1, 128 << 10, (128 << 10) + 130};
    for (size_t i = 0; i < sizeof source; i++)
        source[i] = (unsigned char)(i * 31 + (i >> 8));
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (uint64_t to = 0; to < LINE; to += 8)
            for (uint64_t from = 0; from < LINE; from += 9) {
                CHECK(copied(from, to, sizes[s], false));
                CHECK(copied(from, to, sizes[s], true));
            }
}

int main(void)
{
    RUN(every_byte_arrives_and_no_other_is_touched);
    return check_failures != 0;
}
