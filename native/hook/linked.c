/* The netCDF that is linked into the program: for the static library with --wrap. */
#define _GNU_SOURCE
#include "library.h"
#include "note.h"

/* The mark by which plateau-inspect and the preloaded hook know what this one captures; strip leaves it. */
__asm__(".pushsection .note.plateau, \"a\", @note\n"
        ".balign 4\n"
        ".long 8\n" /* length of the name */
        ".long 0\n"
        ".long 1\n" /* NOTE_LINKED */
        ".asciz \"Plateau\"\n"
        ".popsection\n");

#define DECLARE(name, parameters) extern int nc_##name parameters __attribute__((weak));
INQUIRIES(DECLARE)

static const struct library linked = {
    .base = &linked,
#define FIELD(name, parameters) .name = nc_##name,
    INQUIRIES(FIELD)
};

struct route linked_route(void *real)
{
    return (struct route){.next = real, .library = &linked};
}
