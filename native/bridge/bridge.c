/* The rings of a session for the Java package org.plateau.bridge. Handles are addresses of the
 * structs below; Java calls from one thread, except for the two stop calls. */
#define _GNU_SOURCE
#include "ring.h"

#include <errno.h>
#include <fcntl.h>
#include <jni.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 /* Linux 5.14 */
#endif

#define JAVA(type, name) JNIEXPORT type JNICALL Java_org_plateau_bridge_Native_##name

#define CLAIM_SECONDS 10 /* far more than a writer takes from claiming a ring to locking it */

struct session {
    struct session_control *control;
    struct ring_reader *readers; /* those that are open */
    uint32_t heard;              /* count of the doorbell when it was last looked at */
};

struct open_ring {
    struct ring_reader reader; /* first: a reader's address is its open_ring's */
    struct session *session;
};

static void throw_line(JNIEnv *env, const char *line)
{
    jclass type = (*env)->FindClass(env, "org/plateau/bridge/BridgeException");
    if (type != NULL)
        (*env)->ThrowNew(env, type, line);
}

static jlong handle_of(const void *address)
{
    return (jlong)(intptr_t)address;
}

static void *at(jlong handle)
{
    return (void *)(intptr_t)handle;
}

static jlong map_session(JNIEnv *env, const char *directory)
{
    char error[SESSION_ERROR_BYTES] = "no memory";
    struct session *session = calloc(1, sizeof *session);
    if (session != NULL && session_check(directory, NULL, error) == 0)
        session->control = session_map(directory, error);
    if (session == NULL || session->control == NULL) {
        free(session);
        throw_line(env, error);
        return 0;
    }
    session->heard = atomic_load(&session->control->doorbell);
    return handle_of(session);
}

static int fill_settings(JNIEnv *env, struct session_settings *settings, jstring variables,
                         jstring dimensions, char *error)
{
    const char *v = (*env)->GetStringUTFChars(env, variables, NULL);
    const char *d = (*env)->GetStringUTFChars(env, dimensions, NULL);
    int rc = -1;
    if (v != NULL && d != NULL)
        rc = session_set_patterns(settings, v, d, error);
    if (v != NULL)
        (*env)->ReleaseStringUTFChars(env, variables, v);
    if (d != NULL)
        (*env)->ReleaseStringUTFChars(env, dimensions, d);
    return rc;
}

JAVA(jlong, createSession)
(JNIEnv *env, jclass type, jstring directory, jlong ring_bytes, jlong shared_bytes, jlong wait_ns,
 jlong record_stride, jstring variables, jstring dimensions)
{
    (void)type;
    char error[SESSION_ERROR_BYTES] = "no memory";
    struct session_settings *settings = calloc(1, sizeof *settings);
    const char *path = (*env)->GetStringUTFChars(env, directory, NULL);
    jlong handle = 0;
    int rc = -1;
    if (settings != NULL && path != NULL) {
        settings->ring_bytes = (uint64_t)ring_bytes;
        settings->shared_bytes = (uint64_t)shared_bytes;
        settings->wait_ns = (uint64_t)wait_ns;
        settings->record_stride = (uint64_t)record_stride;
        rc = fill_settings(env, settings, variables, dimensions, error);
        if (rc == 0)
            rc = session_create(path, settings, error);
    }
    if (rc == 0)
        handle = map_session(env, path);
    else
        throw_line(env, error);
    if (path != NULL)
        (*env)->ReleaseStringUTFChars(env, directory, path);
    free(settings);
    return handle;
}

JAVA(jlong, openSession)(JNIEnv *env, jclass type, jstring directory)
{
    (void)type;
    const char *path = (*env)->GetStringUTFChars(env, directory, NULL);
    if (path == NULL)
        return 0;
    jlong handle = map_session(env, path);
    (*env)->ReleaseStringUTFChars(env, directory, path);
    return handle;
}

/* A line if fewer could be made than wanted, or null. */
JAVA(jstring, prepareRings)
(JNIEnv *env, jclass type, jlong handle, jstring directory, jint wanted)
{
    (void)type;
    char error[SESSION_ERROR_BYTES] = "";
    struct session *session = at(handle);
    const char *path = (*env)->GetStringUTFChars(env, directory, NULL);
    if (path == NULL)
        return NULL;
    ring_prepare(path, &session->control->settings, (unsigned)wanted, error);
    (*env)->ReleaseStringUTFChars(env, directory, path);
    return error[0] != 0 ? (*env)->NewStringUTF(env, error) : NULL;
}

JAVA(jboolean, sweep)(JNIEnv *env, jclass type, jlong handle, jstring file)
{
    (void)type;
    struct session *session = at(handle);
    const char *path = (*env)->GetStringUTFChars(env, file, NULL);
    if (path == NULL)
        return JNI_FALSE;
    bool swept = ring_sweep(session->control, path, CLAIM_SECONDS);
    (*env)->ReleaseStringUTFChars(env, file, path);
    return swept;
}

JAVA(void, closeSession)(JNIEnv *env, jclass type, jlong handle)
{
    (void)env;
    (void)type;
    struct session *session = at(handle);
    for (struct ring_reader *r = session->readers; r != NULL; r = r->sibling)
        ((struct open_ring *)r)->session = NULL;
    session_unmap(session->control);
    free(session);
}

JAVA(jboolean, await)(JNIEnv *env, jclass type, jlong handle, jlong timeout_ns)
{
    (void)env;
    (void)type;
    struct session *session = at(handle);
    bool ready = false;
    for (struct ring_reader *r = session->readers; r != NULL; r = r->sibling)
        ready = ring_prepare_to_sleep(r) || ready;
    bool rung = ready
                || session_wait_doorbell(session->control, session->heard,
                                         timeout_ns > 0 ? (uint64_t)timeout_ns : 0);
    for (struct ring_reader *r = session->readers; r != NULL; r = r->sibling)
        ring_awake(r);
    session->heard = atomic_load(&session->control->doorbell);
    return rung;
}

/* Whether the bell rang since somebody waited or asked last. What a ring of it says of a record need
 * not be kept: whoever waits looks at every ring first. */
JAVA(jboolean, rung)(JNIEnv *env, jclass type, jlong handle)
{
    (void)env;
    (void)type;
    struct session *session = at(handle);
    uint32_t before = session->heard;
    session->heard = atomic_load(&session->control->doorbell);
    return session->heard != before;
}

JAVA(void, requestStop)(JNIEnv *env, jclass type, jlong handle, jboolean stop)
{
    (void)env;
    (void)type;
    atomic_store(&((struct session *)at(handle))->control->stop, stop ? 1 : 0);
}

JAVA(jboolean, stopRequested)(JNIEnv *env, jclass type, jlong handle)
{
    (void)env;
    (void)type;
    return atomic_load(&((struct session *)at(handle))->control->stop) == 1;
}

JAVA(jlong, openRing)(JNIEnv *env, jclass type, jlong session_handle, jstring path)
{
    (void)type;
    char error[SESSION_ERROR_BYTES] = "no memory";
    struct session *session = at(session_handle);
    struct open_ring *ring = calloc(1, sizeof *ring);
    const char *name = (*env)->GetStringUTFChars(env, path, NULL);
    int rc = ring != NULL && name != NULL ? ring_open(&ring->reader, name, error) : -1;
    if (name != NULL)
        (*env)->ReleaseStringUTFChars(env, path, name);
    if (rc != 0) {
        free(ring);
        throw_line(env, error);
        return 0;
    }
    ring->session = session;
    ring->reader.sibling = session->readers;
    session->readers = &ring->reader;
    return handle_of(ring);
}

JAVA(void, closeRing)(JNIEnv *env, jclass type, jlong handle)
{
    (void)env;
    (void)type;
    struct open_ring *ring = at(handle);
    if (ring->session != NULL) {
        struct ring_reader **link = &ring->session->readers;
        while (*link != NULL && *link != &ring->reader)
            link = &(*link)->sibling;
        if (*link != NULL)
            *link = ring->reader.sibling;
    }
    ring_close(&ring->reader);
    free(ring);
}

JAVA(jlong, source)(JNIEnv *env, jclass type, jlong handle)
{
    (void)env;
    (void)type;
    return (jlong)((struct open_ring *)at(handle))->reader.source;
}

JAVA(jobject, poll)(JNIEnv *env, jclass type, jlong handle)
{
    (void)type;
    const void *record;
    size_t length;
    if (ring_poll(&((struct open_ring *)at(handle))->reader, &record, &length) == 0)
        return NULL;
    return (*env)->NewDirectByteBuffer(env, (void *)(intptr_t)record, (jlong)length);
}

JAVA(void, release)(JNIEnv *env, jclass type, jlong handle)
{
    (void)env;
    (void)type;
    ring_release(&((struct open_ring *)at(handle))->reader);
}

JAVA(jboolean, finished)(JNIEnv *env, jclass type, jlong handle)
{
    (void)env;
    (void)type;
    return ring_finished(&((struct open_ring *)at(handle))->reader);
}

JAVA(void, statistics)(JNIEnv *env, jclass type, jlong handle, jlongArray into)
{
    (void)type;
    struct ring_statistics s;
    ring_statistics(&((struct open_ring *)at(handle))->reader, &s);
    const jlong values[] = {(jlong)s.written,  (jlong)s.dropped,  (jlong)s.used,
                            (jlong)s.capacity, (jlong)s.waits,    (jlong)s.cost_p50,
                            (jlong)s.cost_p99, (jlong)s.cost_max};
    (*env)->SetLongArrayRegion(env, into, 0, sizeof values / sizeof *values, values);
}

JAVA(void, removeRing)(JNIEnv *env, jclass type, jlong session_handle, jlong handle, jstring path)
{
    (void)type;
    struct session *session = at(session_handle);
    struct open_ring *ring = at(handle);
    const char *name = (*env)->GetStringUTFChars(env, path, NULL);
    if (name == NULL)
        return;
    if (unlink(name) == 0 && ring->session != NULL) {
        uint64_t bytes = ring->reader.capacity + ring_header_bytes();
        uint64_t used = atomic_load(&session->control->shared_used);
        while (used >= bytes
               && !atomic_compare_exchange_weak(&session->control->shared_used, &used,
                                                used - bytes))
            ;
    }
    (*env)->ReleaseStringUTFChars(env, path, name);
}

/* The pages of a mapping, whole ones, are made one by one from now on. */
JAVA(void, touchAlone)(JNIEnv *env, jclass type, jlong address, jlong bytes)
{
    (void)env;
    (void)type;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = ((uintptr_t)address + page - 1) / page * page;
    uintptr_t until = ((uintptr_t)address + (uintptr_t)bytes) / page * page;
    if (from < until)
        madvise((void *)from, until - from, MADV_RANDOM); /* refused: as it was */
}

/* A file whose pages stay mapped while it changes its name. */
struct kept_file {
    int fd;
    char *address;
    size_t length;
};

static void let_go(struct kept_file *file)
{
    if (file->address != MAP_FAILED)
        munmap(file->address, file->length);
    if (file->fd >= 0)
        close(file->fd);
    free(file);
}

JAVA(jlong, keepFile)(JNIEnv *env, jclass type, jstring path)
{
    (void)type;
    const char *name = (*env)->GetStringUTFChars(env, path, NULL);
    struct kept_file *file = name == NULL ? NULL : malloc(sizeof *file);
    if (file == NULL) {
        if (name != NULL)
            (*env)->ReleaseStringUTFChars(env, path, name);
        return 0;
    }
    *file = (struct kept_file){.fd = open(name, O_RDWR | O_CLOEXEC), .address = MAP_FAILED};
    (*env)->ReleaseStringUTFChars(env, path, name);
    off_t size = file->fd < 0 ? 0 : lseek(file->fd, 0, SEEK_END);
    if (size > 0 && size <= INT32_MAX) {
        file->length = (size_t)size;
        file->address =
            mmap(NULL, file->length, PROT_READ | PROT_WRITE, MAP_SHARED, file->fd, 0);
    }
    if (file->address == MAP_FAILED) {
        let_go(file);
        return 0;
    }
    return handle_of(file);
}

JAVA(jobject, keptBytes)(JNIEnv *env, jclass type, jlong handle)
{
    (void)type;
    struct kept_file *file = at(handle);
    return (*env)->NewDirectByteBuffer(env, file->address, (jlong)file->length);
}

JAVA(jlong, endOfData)(JNIEnv *env, jclass type, jlong handle)
{
    (void)env;
    (void)type;
    int fd = ((struct kept_file *)at(handle))->fd;
    off_t end = 0;
    for (off_t from = 0; (from = lseek(fd, end, SEEK_DATA)) >= 0;) {
        end = lseek(fd, from, SEEK_HOLE);
        if (end < 0)
            return -1;
    }
    return errno == ENXIO ? (jlong)end : -1;
}

/* The kernel is asked for pages that may be missing, because it can refuse: touching one that it
 * has no room for is SIGBUS. */
JAVA(jboolean, clearFile)(JNIEnv *env, jclass type, jlong handle, jlong from, jlong until,
                          jboolean mapped)
{
    (void)env;
    (void)type;
    struct kept_file *file = at(handle);
    if (from < 0 || from > until || (size_t)until > file->length)
        return JNI_FALSE;
    char *start = file->address + from;
    size_t bytes = (size_t)(until - from);
    if (!mapped && madvise(start, bytes, MADV_POPULATE_WRITE) != 0)
        return JNI_FALSE;
    memset(start, 0, bytes);
    return JNI_TRUE;
}

JAVA(void, letGoOfFile)(JNIEnv *env, jclass type, jlong handle)
{
    (void)env;
    (void)type;
    let_go(at(handle));
}
