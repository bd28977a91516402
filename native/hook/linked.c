/* The netCDF that is linked into the program: for the static library with --wrap. */
#include "library.h"

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
