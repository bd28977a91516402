#ifndef PLATEAU_LIBRARY_H
#define PLATEAU_LIBRARY_H

#include "hook.h"
#include "symbols.h"

enum call { NETCDF_CALLS(CALL_INDEX) CALLS };

struct route {
    void *next; /* the real function; NULL if there is none in this process */
    const struct library *library; /* NULL: nothing is captured, as its metadata cannot be asked
                                  * or the caller has the hook linked in */
};

/* Where a call from `return_address` goes. Safe from several threads; keeps errno. */
struct route library_route(enum call call, const void *return_address);

/* Brackets a real call; what enter returns is handed to leave. */
const void *library_enter(const void *function);
void library_leave(const void *outer);

/* The same where netCDF is linked in: its inquiries are known to the linker. */
struct route linked_route(void *real);

#endif
