/* The wrappers: real call first, its result and errno untouched, capture only if it succeeded. */
#include "library.h"

#include <errno.h>

#define NO_NETCDF (-36) /* NC_EINVAL: called although no netCDF is in the process */

#define WRAPPER(name, parameters, arguments, after)                                          \
    __attribute__((visibility("default"))) int name parameters;                              \
    int name parameters                                                                      \
    {                                                                                        \
        struct route route = library_route(CALL_##name, __builtin_return_address(0));        \
        if (route.next == 0)                                                                 \
            return NO_NETCDF;                                                                \
        int result = ((int(*) parameters)route.next)arguments;                               \
        const struct library *library = route.library;                                       \
        if (result == 0 && library != 0 && capture_wanted()) {                               \
            int saved = errno;                                                               \
            after;                                                                           \
            errno = saved;                                                                   \
        }                                                                                    \
        return result;                                                                       \
    }

NETCDF_CALLS(WRAPPER)
