/* The wrappers: real call first, its result and errno untouched, capture only if it wrote.
 *
 * Compiled twice: for LD_PRELOAD, where the real call is what the loader would have found next; and
 * with PLATEAU_WRAP for the static library, where the linker's --wrap has renamed it. */
#include "library.h"

#include <errno.h>

#define OUT_OF_RANGE (-60) /* NC_ERANGE: all was written, and what does not fit as netCDF sees fit */
#define NO_NETCDF (-36) /* NC_EINVAL: called although no netCDF is in the process */

#ifdef PLATEAU_WRAP
#define WRAPPED(name) __wrap_##name
/* Weak: not every netCDF has every call, and only those that the program uses are linked. */
#define REAL(name, parameters) extern int __real_##name parameters __attribute__((weak));
#define ROUTE(name) linked_route((void *)(uintptr_t)__real_##name)
#define ENTER(function) NULL
#define LEAVE(outer) (void)(outer)
#else
#define WRAPPED(name) name
#define REAL(name, parameters)
#define ROUTE(name) library_route(CALL_##name, __builtin_return_address(0))
#define ENTER(function) library_enter(function)
#define LEAVE(outer) library_leave(outer)
#endif

#define WRAPPER(name, parameters, arguments, after)                          \
    REAL(name, parameters)                                                   \
    __attribute__((visibility("default"))) int WRAPPED(name) parameters;     \
    int WRAPPED(name) parameters                                             \
    {                                                                        \
        struct route route = ROUTE(name);                                    \
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

NETCDF_CALLS(WRAPPER)
