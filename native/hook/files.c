/* What follows when a file is opened, closed, redefined, or described otherwise; and the end of
 * the process. */
#define _GNU_SOURCE
#include "state.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The model may be in another folder at the first put. */
static void remember_path(const struct library *library, int ncid, const char *path)
{
    char whole[PATH_MAX];
    if (path == NULL || path[0] == '/' || strstr(path, "://") != NULL
        || getcwd(whole, sizeof whole) == NULL)
        return;
    size_t length = strlen(whole), room = sizeof whole - length;
    if (snprintf(whole + length, room, "/%s", path) < (int)room)
        variable_file_like(&(struct open_file){.library = library, .ncid = ncid, .path = whole});
}

static void tell_closed(const struct library *library, int ncid)
{
    struct open_file *file = variable_known_file(library, ncid);
    if (file == NULL || file->number == 0 || atomic_load(&hook.mode) != MODE_CAPTURING)
        return;
    struct descriptor d = {0};
    describe_file(&d, file->path);
    if (!d.failed) {
        struct ring_slab slab = {.kind = RECORD_FILE_CLOSE,
                                 .file = file->number,
                                 .descriptor = d.bytes,
                                 .descriptor_length = (uint32_t)d.length,
                                 .descriptor_hash = record_hash(d.bytes, d.length)};
        if (ring_tell(&hook.ring, &slab) == RING_BROKEN)
            state_turn_off("the ring was damaged or is gone");
    }
    descriptor_free(&d);
}

enum file_event { FILE_OPENED, FILE_CLOSED, FILE_REDEFINED, VARIABLE_CHANGED };

#define NO_VARIABLE (-1) /* NC_GLOBAL */

static void note(const struct library *library, int ncid, enum file_event event, int varid)
{
    if (missed_any())
        capture_tell_missed();
    if (event == FILE_CLOSED)
        tell_closed(library, ncid);
    if (event == VARIABLE_CHANGED)
        variable_forget_one(library, ncid, varid);
    else
        variable_forget(library, ncid, event != FILE_REDEFINED);
}

static void file_event(const struct library *library, int ncid, enum file_event event, int varid,
                       const char *path)
{
    if (atomic_load_explicit(&hook.mode, memory_order_relaxed) == MODE_INERT)
        return;
    struct stay stay;
    struct stay_held before;
    bool entered = state_enter(&stay);
    stay_hold_signals(&before);
    if (!entered || !state_lock()) {
        atomic_store(&hook.stale, true);
    } else {
        if (atomic_load(&hook.mode) == MODE_UNTRIED) /* the session is read at the first put */
            variable_forget(library, ncid, event == FILE_OPENED || event == FILE_CLOSED);
        else if (state_ready())
            note(library, ncid, event, varid);
        if (event == FILE_OPENED)
            remember_path(library, ncid, path);
        capture_release();
    }
    stay_release_signals(&before);
    if (entered)
        state_leave(&stay);
}

void capture_opened(const struct library *library, int ncid, const char *path)
{
    file_event(library, ncid, FILE_OPENED, NO_VARIABLE, path);
}

void capture_closed(const struct library *library, int ncid)
{
    file_event(library, ncid, FILE_CLOSED, NO_VARIABLE, NULL);
}

void capture_redefined(const struct library *library, int ncid)
{
    file_event(library, ncid, FILE_REDEFINED, NO_VARIABLE, NULL);
}

void capture_attribute(const struct library *library, int ncid, int varid, const char *name)
{
    if (varid != NO_VARIABLE)
        file_event(library, ncid, VARIABLE_CHANGED, varid, NULL);
    else if (strcmp(name, "history") != 0) /* grows with every step in some models; not carried */
        file_event(library, ncid, FILE_REDEFINED, NO_VARIABLE, NULL);
}

__attribute__((destructor)) static void leave(void)
{
    if (atomic_load(&hook.mode) < MODE_CAPTURING || state_is_child())
        return;
    state_give_up(); /* a handler that ends the process never comes back to what it interrupted */
    if (!state_lock())
        return;
    capture_tell_missed();
    ring_end(&hook.ring);
    state_unlock();
}
