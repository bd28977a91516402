/* The one copy of a payload. The C library's memcpy is not used beyond small sizes: where it turns
 * to `rep movsb`, as on processors that announce ERMS or FSRM, it takes up to twice as long when
 * source and destination differ in their place within a cache line, and a record's payload lies
 * where its header ends. Aligned stores of loads at any place cost the same wherever they are. */
#include "pieces.h"

#include <string.h>

#if defined(__SSE2__) && !defined(PLATEAU_PLAIN_COPY)
#include <emmintrin.h>

#define LINE 64
#define SMALL_COPY 1024
#define STREAMED_COPY (128u << 10)

static void copy_line(unsigned char *to, const unsigned char *from)
{
    for (int i = 0; i < LINE; i += 16)
        _mm_store_si128((__m128i *)(to + i), _mm_loadu_si128((const __m128i *)(from + i)));
}

static void stream_line(unsigned char *to, const unsigned char *from)
{
    for (int i = 0; i < LINE; i += 16)
        _mm_stream_si128((__m128i *)(to + i), _mm_loadu_si128((const __m128i *)(from + i)));
}

void copy_bytes(unsigned char *to, const unsigned char *from, uint64_t bytes, bool past_caches)
{
    if (bytes >= SMALL_COPY) {
        uint64_t head = -(uintptr_t)to % LINE;
        memcpy(to, from, head);
        to += head;
        from += head;
        bytes -= head;
        if (past_caches && bytes >= STREAMED_COPY) {
            for (; bytes >= LINE; bytes -= LINE, to += LINE, from += LINE)
                stream_line(to, from);
            _mm_sfence(); /* before the frame is committed */
        } else {
            for (; bytes >= LINE; bytes -= LINE, to += LINE, from += LINE)
                copy_line(to, from);
        }
    }
    memcpy(to, from, bytes);
}

#else

void copy_bytes(unsigned char *to, const unsigned char *from, uint64_t bytes, bool past_caches)
{
    (void)past_caches;
    memcpy(to, from, bytes);
}

#endif
