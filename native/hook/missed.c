/* Puts that came while another thread had the hook's lock: a stack to which every thread may push.
 *
 * Nothing is copied for them, but what was written where is asked of the library by the thread that
 * wrote, inside its own call: another thread must not enter that library then. */
#define _GNU_SOURCE
#include "hook.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define MOST 512

static _Atomic(struct missed *) latest;
static _Atomic unsigned kept;

void missed_free(struct missed *m)
{
    variable_clear(&m->variable);
    free(m->file.path);
    free(m->start);
    free(m);
}

enum worth { UNWANTED, WANTED, UNKNOWN };

/* Takes over what `put` says of the extent. */
static enum worth take_extent(
    struct missed *m, const struct put *put, const struct session_settings *settings)
{
    size_t rank = (size_t)m->variable.rank;
    m->start = calloc(3 * rank + 1, sizeof *m->start);
    if (m->start == NULL)
        return UNKNOWN;
    m->count = m->start + rank;
    if (put->stride != NULL && rank > 0) {
        m->stride = (ptrdiff_t *)(m->count + rank);
        memcpy(m->stride, put->stride, rank * sizeof *m->stride);
    }
    return extent_of(&m->variable, put, m->start, m->count)
                   && !extent_skipped(&m->variable, put->form, m->start, settings)
               ? WANTED
               : UNWANTED;
}

static enum worth take(struct missed *m, const struct library *library, int ncid,
                       const struct put *put, const struct session_settings *settings)
{
    if (!variable_file_of(library, ncid, &m->file))
        return UNKNOWN;
    m->variable.file = &m->file;
    if (!variable_describe(&m->variable, settings))
        return UNKNOWN;
    return m->variable.selected ? take_extent(m, put, settings) : UNWANTED;
}

static void push(struct missed *m)
{
    m->next = atomic_load(&latest);
    while (!atomic_compare_exchange_weak(&latest, &m->next, m))
        ;
}

bool missed_keep(const struct library *library, int ncid, int varid, const struct put *put,
                 const struct session_settings *settings)
{
    struct missed *m = calloc(1, sizeof *m);
    if (m == NULL)
        return false;
    m->variable = (struct variable){.library = library, .ncid = ncid, .varid = varid};
    enum worth worth = take(m, library, ncid, put, settings);
    if (worth == WANTED && atomic_fetch_add(&kept, 1) < MOST) {
        push(m);
        return true;
    }
    if (worth == WANTED)
        atomic_fetch_sub(&kept, 1);
    missed_free(m);
    return worth == UNWANTED;
}

bool missed_any(void)
{
    return atomic_load(&latest) != NULL;
}

struct missed *missed_take(void)
{
    struct missed *all = atomic_exchange(&latest, NULL);
    unsigned taken = 0;
    for (struct missed *m = all; m != NULL; m = m->next)
        taken++;
    atomic_fetch_sub(&kept, taken);
    return all;
}
