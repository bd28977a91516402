/* The loader's list of objects, where threads and children walk through it. */
#define _GNU_SOURCE
#include "object.h"
#include "stay.h"

#include <pthread.h>
#include <time.h>

static pthread_mutex_t walking = PTHREAD_MUTEX_INITIALIZER;
static __thread bool forking __attribute__((tls_model("initial-exec")));
static bool had_one_thread, lost;

bool object_list_is_lost(void)
{
    return lost;
}

int object_walk_then(object_walked *visit, void *data, void (*then)(void *data))
{
    struct stay_held held;
    if (lost)
        return 0;
    stay_hold_signals(&held);
    pthread_mutex_lock(&walking);
    int rc = dl_iterate_phdr(visit, data);
    then(data);
    pthread_mutex_unlock(&walking);
    stay_release_signals(&held);
    return rc;
}

static void do_nothing(void *data)
{
    (void)data;
}

int object_walk(object_walked *visit, void *data)
{
    return object_walk_then(visit, data, do_nothing);
}

static bool has_one_thread(void)
{
    extern char __libc_single_threaded __attribute__((weak));
    return &__libc_single_threaded != NULL && __libc_single_threaded != 0;
}

/* So that at least it is not for us that a child finds the loader's lock locked. */
static void before_fork(void)
{
    const struct timespec nap = {.tv_nsec = 50000};
    struct stay_held held;
    stay_hold_signals(&held);
    had_one_thread = has_one_thread();
    for (int i = 0; i < 1000 && !(forking = pthread_mutex_trylock(&walking) == 0); i++)
        clock_nanosleep(CLOCK_MONOTONIC, 0, &nap, NULL);
    stay_release_signals(&held);
}

static void after_fork(void)
{
    if (forking)
        pthread_mutex_unlock(&walking);
}

static void in_child(void)
{
    walking = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    lost = lost || !had_one_thread;
}

__attribute__((constructor)) static void watch_forks(void)
{
    pthread_atfork(before_fork, after_fork, in_child);
}
