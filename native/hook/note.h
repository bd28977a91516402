/* The ELF note of programs that have the hook linked in (linked.c). */
#ifndef PLATEAU_NOTE_H
#define PLATEAU_NOTE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define NOTE_LINKED 1

/* Whether the note stands among those in `bytes` bytes of a note segment. */
static inline bool note_found(const unsigned char *at, uint64_t bytes)
{
    while (bytes >= 12) {
        uint32_t head[3]; /* lengths of name and description, type */
        memcpy(head, at, sizeof head);
        uint64_t length = 12 + (((uint64_t)head[0] + 3) & ~UINT64_C(3))
                          + (((uint64_t)head[1] + 3) & ~UINT64_C(3));
        if (length > bytes)
            return false;
        if (head[0] == 8 && head[2] == NOTE_LINKED && memcmp(at + 12, "Plateau", 8) == 0)
            return true;
        at += length;
        bytes -= length;
    }
    return false;
}

#endif
