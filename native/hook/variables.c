/* What is known of open files and their variables. A table by (library, ncid, varid) with linear
 * probing; entries are made at a variable's first put and forgotten when its file is redefined,
 * closed, or opened again under the same number. */
#define _GNU_SOURCE
#include "hook.h"

#include <stdlib.h>
#include <string.h>

static struct variable *table;
static size_t table_size, table_used; /* used counts `gone` entries too */
static struct open_file *files;
static size_t file_room;

void variable_clear(struct variable *v)
{
    free(v->lengths);
    free(v->dimids);
    free(v->descriptor);
}

static size_t slot_of(const struct library *library, int ncid, int varid)
{
    uint64_t key = (uint64_t)(uint32_t)ncid << 32 | (uint32_t)varid;
    key ^= (uint64_t)(uintptr_t)library;
    key *= UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(key >> 32) & (table_size - 1);
}

struct variable *variable_known(const struct library *library, int ncid, int varid)
{
    if (table_size == 0)
        return NULL;
    for (size_t i = slot_of(library, ncid, varid);; i = (i + 1) & (table_size - 1)) {
        struct variable *v = &table[i];
        if (v->library == NULL)
            return NULL;
        if (!v->gone && v->library == library && v->ncid == ncid && v->varid == varid)
            return v;
    }
}

static bool grow(void)
{
    if (table_size != 0 && 4 * (table_used + 1) <= 3 * table_size)
        return true;
    size_t old_size = table_size, live = 0;
    struct variable *old = table;
    for (size_t i = 0; i < old_size; i++)
        live += old[i].library != NULL && !old[i].gone;
    size_t size = 64;
    while (size < 4 * (live + 1))
        size *= 2;
    struct variable *fresh = calloc(size, sizeof *fresh);
    if (fresh == NULL)
        return false;
    table = fresh;
    table_size = size;
    table_used = live;
    for (size_t i = 0; i < old_size; i++) {
        if (old[i].library == NULL || old[i].gone)
            continue;
        size_t at = slot_of(old[i].library, old[i].ncid, old[i].varid);
        while (table[at].library != NULL)
            at = (at + 1) & (size - 1);
        table[at] = old[i];
    }
    free(old);
    return true;
}

static struct variable *insert(const struct variable *v)
{
    if (!grow())
        return NULL;
    size_t at = slot_of(v->library, v->ncid, v->varid);
    while (table[at].library != NULL)
        at = (at + 1) & (table_size - 1);
    table[at] = *v;
    table_used++;
    return &table[at];
}

static int root_of(const struct library *library, int ncid)
{
    int parent = ncid;
    for (int depth = 0; depth < 64 && library->inq_grp_parent != NULL; depth++) {
        if (library->inq_grp_parent(ncid, &parent) != 0)
            break;
        ncid = parent;
    }
    return ncid;
}

static char *path_of(const struct library *library, int ncid)
{
    size_t length = 0;
    if (library->inq_path == NULL || library->inq_path(ncid, &length, NULL) != 0)
        length = 0;
    char *path = calloc(length + 1, 1);
    if (path != NULL && length > 0)
        library->inq_path(ncid, NULL, path);
    return path;
}

struct open_file *variable_known_file(const struct library *library, int ncid)
{
    for (size_t i = 0; i < file_room; i++)
        if (files[i].library == library && files[i].ncid == ncid)
            return &files[i];
    return NULL;
}

/* Entries never move while variables point at them: the array grows by whole new blocks only. */
static struct open_file *vacant_file(void)
{
    for (size_t i = 0; i < file_room; i++)
        if (files[i].library == NULL)
            return &files[i];
    size_t room = file_room ? 2 * file_room : 16;
    struct open_file *more = calloc(room, sizeof *more);
    if (more == NULL)
        return NULL;
    if (file_room > 0)
        memcpy(more, files, file_room * sizeof *more);
    for (size_t i = 0; i < table_size; i++)
        if (table[i].library != NULL && !table[i].gone)
            table[i].file = more + (table[i].file - files);
    struct open_file *vacant = more + file_room;
    free(files);
    files = more;
    file_room = room;
    return vacant;
}

bool variable_file_of(const struct library *library, int ncid, struct open_file *file)
{
    int root = root_of(library, ncid);
    *file = (struct open_file){
        .library = library, .ncid = root, .path = path_of(library, root)};
    return file->path != NULL;
}

static struct open_file *add_file(const struct open_file *like)
{
    struct open_file *file;
    char *path = strdup(like->path);
    file = path ? vacant_file() : NULL;
    if (file == NULL) {
        free(path);
        return NULL;
    }
    *file = *like;
    file->path = path;
    return file;
}

struct open_file *variable_file_like(const struct open_file *like)
{
    struct open_file *file = variable_known_file(like->library, like->ncid);
    if (file != NULL)
        return file;
    file = add_file(like);
    return file;
}

static struct open_file *file_of(const struct library *library, int ncid)
{
    struct open_file *file = variable_known_file(library, root_of(library, ncid));
    if (file != NULL)
        return file;
    struct open_file fresh;
    if (variable_file_of(library, ncid, &fresh))
        file = variable_file_like(&fresh);
    free(fresh.path);
    return file;
}

bool variable_describe(struct variable *v, const struct session_settings *settings)
{
    enum { ROOM = 8192 };
    char *name = malloc(2 * ROOM), *dimensions = name + ROOM; /* not on a thread's small stack */
    bool described = name != NULL && describe(v, name, ROOM, dimensions, ROOM);
    if (described)
        v->selected = v->numberless ? selected_by_name(settings, name, dimensions)
                                    : selected(settings, name, dimensions, v->auxiliary);
    free(name);
    return described;
}

struct variable *variable_find(
    const struct library *library, int ncid, int varid, const struct session_settings *settings)
{
    struct variable *known = variable_known(library, ncid, varid);
    if (known != NULL)
        return known;
    struct variable v = {.library = library, .ncid = ncid, .varid = varid};
    v.file = file_of(library, ncid);
    if (v.file == NULL)
        return NULL;
    if (!variable_describe(&v, settings))
        v.rank = -1; /* cannot be captured; remembered so that it is not asked again */
    struct variable *kept = insert(&v);
    if (kept == NULL)
        variable_clear(&v);
    return kept;
}

static void forget_entry(struct variable *v)
{
    const struct library *library = v->library;
    variable_clear(v);
    memset(v, 0, sizeof *v);
    v->library = library;
    v->gone = true;
}

static void forget_variables(const struct open_file *file)
{
    for (size_t i = 0; i < table_size; i++)
        if (table[i].library != NULL && !table[i].gone && table[i].file == file)
            forget_entry(&table[i]);
}

void variable_forget_one(const struct library *library, int ncid, int varid)
{
    struct variable *v = variable_known(library, ncid, varid);
    if (v != NULL)
        forget_entry(v);
}

static void forget_file(struct open_file *file)
{
    free(file->path);
    memset(file, 0, sizeof *file);
}

/* For a file that is closed, `ncid` is no longer known to the library: only the root's number is
 * in the list, and groups are never closed by themselves. */
void variable_forget(const struct library *library, int ncid, bool close_file)
{
    struct open_file *file = variable_known_file(library, ncid);
    if (file == NULL && !close_file)
        file = variable_known_file(library, root_of(library, ncid));
    if (file == NULL)
        return;
    forget_variables(file);
    if (close_file)
        forget_file(file);
}

void variable_forget_all(void)
{
    for (size_t i = 0; i < file_room; i++)
        if (files[i].library != NULL) {
            forget_variables(&files[i]);
            forget_file(&files[i]);
        }
}
