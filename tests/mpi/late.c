/* Preloaded into a rank of Open MPI: its first PMIx fence, that of MPI_Init, ends a second late for it.
 *
 * The rank waits in MPI_Init meanwhile, before it can take messages. A launcher whose fences hold back all
 * ranks of a step keeps the others from sending any; one whose fences do not ends it with SIGSEGV. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <unistd.h>

typedef void (*ended)(int status, void *data);
typedef int (*fence)(
    const void *procs, size_t count, const void *info, size_t infos, ended call, void *data);

static ended theirs;

static void *later(void *data)
{
    sleep(1);
    theirs(0, data);
    return NULL;
}

/* In a thread of its own: PMIx's must go on meanwhile. */
static void late(int status, void *data)
{
    pthread_t thread;
    if (status != 0 || pthread_create(&thread, NULL, later, data) != 0)
        theirs(status, data);
}

static fence real(void)
{
    void *found = dlsym(RTLD_NEXT, "PMIx_Fence_nb");
    void *library = found == NULL ? dlopen("libpmix.so.2", RTLD_NOW) : NULL;
    return (fence)(library != NULL ? dlsym(library, "PMIx_Fence_nb") : found);
}

int PMIx_Fence_nb(
    const void *procs, size_t count, const void *info, size_t infos, ended call, void *data)
{
    if (theirs == NULL) {
        theirs = call;
        call = late;
    }
    return real()(procs, count, info, infos, call, data);
}
