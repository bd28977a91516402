/* The wrappers: real call first, its result and errno untouched, capture only if it wrote.
 *
 * Compiled twice: for LD_PRELOAD, where the real call is what the loader would have found next; and
 * with PLATEAU_WRAP for the static library, where the linker's --wrap has renamed it. */
#define _GNU_SOURCE
#include "library.h"

#include <errno.h>

#define OUT_OF_RANGE (-60) /* NC_ERANGE: all was written, and what does not fit as netCDF sees fit */
#define NO_NETCDF (-36) /* NC_EINVAL: called although no netCDF is in the process */

#ifdef PLATEAU_WRAP
#define WRAPPED(name) __wrap_##name
/* Weak: not every netCDF has every call, and only those that the program uses are linked. */
#define REAL(name, parameters) extern int __real_##name parameters __attribute__((weak));
#define ROUTE(name, ncid) linked_route((void *)(uintptr_t)__real_##name)
#define ENTER(function) NULL
#define LEAVE(outer) (void)(outer)
#else
#define WRAPPED(name) name
#define REAL(name, parameters)
#define ROUTE(name, ncid) library_route(CALL_##name, __builtin_return_address(0), OPENS(ncid))
#define ENTER(function) library_enter(function)
#define LEAVE(outer) library_leave(outer)
#endif

/* A call that opens a file gives its number back. */
#define OPENS(ncid) _Generic((ncid), int *: true, default: false)

#define FORWARD(parameters, arguments, after)                                \
    {                                                                        \
        if (route.next == 0)                                                 \
            return NO_NETCDF;                                                \
        const void *outer = ENTER(route.next);                               \
        int result = ((int(*) parameters)route.next)arguments;               \
        LEAVE(outer);                                                        \
        const struct library *library = route.library;                       \
        if ((result == 0 || result == OUT_OF_RANGE) && library != 0          \
            && capture_wanted()) {                                           \
            int saved = errno;                                               \
            after;                                                           \
            errno = saved;                                                   \
        }                                                                    \
        return result;                                                       \
    }

#define WRAPPER(name, parameters, arguments, after)                          \
    REAL(name, parameters)                                                   \
    __attribute__((visibility("default"))) int WRAPPED(name) parameters;     \
    int WRAPPED(name) parameters                                             \
    {                                                                        \
        struct route route = ROUTE(name, ncid);                              \
        FORWARD(parameters, arguments, after)                                \
    }

NETCDF_CALLS(WRAPPER)

#ifndef PLATEAU_WRAP

/* ---- the same once more for every way that slots.c tells apart ---- */

#define WAY(n, name, parameters, arguments, after)                           \
    static int way##n##_##name parameters                                    \
    {                                                                        \
        struct route route = slots_targets[CALL_##name][n];                  \
        FORWARD(parameters, arguments, after)                                \
    }
#define EVERY_WAY(name, parameters, arguments, after)                        \
    WAY(0, name, parameters, arguments, after)                               \
    WAY(1, name, parameters, arguments, after)                               \
    WAY(2, name, parameters, arguments, after)                               \
    WAY(3, name, parameters, arguments, after)

NETCDF_CALLS(EVERY_WAY)

_Static_assert(WAYS == 4, "as many as are made here");

/* Under names that no other preloaded library can take. */
#define OWN_NAME(name, parameters, arguments, after)                         \
    extern int own_##name parameters                                         \
        __attribute__((alias(#name), visibility("hidden")));
NETCDF_CALLS(OWN_NAME)

#define ENTRY(name, parameters, arguments, after) [CALL_##name] = (void *)own_##name,
void *const wrapper_entries[CALLS] = {NETCDF_CALLS(ENTRY)};

#define WAYS_OF(name, parameters, arguments, after)                          \
    [CALL_##name] = {(void *)way0_##name, (void *)way1_##name,               \
                     (void *)way2_##name, (void *)way3_##name},
void *const wrapper_ways[CALLS][WAYS] = {NETCDF_CALLS(WAYS_OF)};

#endif
