/* A second preloaded library, below the hook. What MPI leaves in errno when it opens or closes a shared
 * file differs from run to run; this one settles it after the real call, so that two runs compare. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>

#define SETTLED(name, parameters, arguments)                               \
    int name parameters;                                                   \
    int name parameters                                                    \
    {                                                                      \
        int(*real) parameters;                                             \
        *(void **)&real = dlsym(RTLD_NEXT, #name);                         \
        int result = real arguments;                                       \
        errno = ENOTUNIQ;                                                  \
        return result;                                                     \
    }

#define AS_FORTRAN (const char *path, int mode, int comm, int info, int *ncid)
#define AS_C (const char *path, int mode, void *comm, void *info, int *ncid)

SETTLED(nc_create_par, AS_C, (path, mode, comm, info, ncid))
SETTLED(nc_open_par, AS_C, (path, mode, comm, info, ncid))
SETTLED(nc_create_par_fortran, AS_FORTRAN, (path, mode, comm, info, ncid))
SETTLED(nc_open_par_fortran, AS_FORTRAN, (path, mode, comm, info, ncid))
SETTLED(nc_close, (int ncid), (ncid))
