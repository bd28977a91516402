/* The descriptor of a variable (docs/MESSAGE_FORMAT.md), asked of the library it was written
 * through. Nothing asked here is collective, also in a parallel netCDF: only names, types, fixed
 * lengths and attributes. */
#define _GNU_SOURCE
#include "hook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAME_ROOM 1025 /* NC_MAX_NAME + 1, in UTF-8 */
#define GLOBAL (-1)
#define MOST_ATTRIBUTE_BYTES 4096

static void add_path(struct descriptor *d, const char *path)
{
    bool whole = path[0] == '/' || strstr(path, "://") != NULL;
    char *here = whole ? NULL : getcwd(NULL, 0), *joined = NULL;
    if (here != NULL && asprintf(&joined, "%s/%s", here, path) < 0)
        joined = NULL;
    descriptor_text(d, joined ? joined : path, strlen(joined ? joined : path));
    free(joined);
    free(here);
}

void describe_file(struct descriptor *d, const char *path)
{
    descriptor_u32(d, DESCRIPTOR_VERSION);
    add_path(d, path);
    descriptor_text(d, "", 0);
    descriptor_tag(d, TYPE_NONE);
    for (int i = 0; i < 3; i++)
        descriptor_u32(d, 0); /* dimensions, attributes, global attributes */
}

static void add_strings(struct descriptor *d, const struct library *l, char **texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        descriptor_text(d, texts[i] ? texts[i] : "", texts[i] ? strlen(texts[i]) : 0);
    if (l->free_string != NULL)
        l->free_string(count, texts);
}

/* Not on the stack, which may be a thread's small one. */
union value {
    unsigned char bytes[MOST_ATTRIBUTE_BYTES];
    char *texts[MOST_ATTRIBUTE_BYTES / sizeof(char *)];
    double align;
};

/* Appends one attribute; false (and nothing appended) if it is too long or of a user's type. */
static bool add_attribute(struct descriptor *d, const struct library *l, int ncid, int varid,
                          const char *name, union value *value)
{
    int type;
    size_t count;
    if (l->inq_att(ncid, varid, name, &type, &count) != 0)
        return false;
    size_t size = type == TYPE_STRING ? sizeof(char *) : record_type_size(type);
    if (size == 0 || count > MOST_ATTRIBUTE_BYTES / size)
        return false;
    if (count > 0 && l->get_att(ncid, varid, name, value) != 0)
        return false;
    descriptor_text(d, name, strlen(name));
    descriptor_tag(d, (uint8_t)type);
    descriptor_u32(d, (uint32_t)count);
    if (type == TYPE_STRING)
        add_strings(d, l, value->texts, count);
    else
        descriptor_bytes(d, value->bytes, count * size);
    return true;
}

static void add_attributes(struct descriptor *d, const struct library *l, int ncid, int varid)
{
    size_t at = d->length;
    uint32_t written = 0;
    int count = 0;
    union value *value = malloc(sizeof *value);
    descriptor_u32(d, 0);
    int rc = varid == GLOBAL ? l->inq_natts(ncid, &count)
                             : l->inq_var(ncid, varid, NULL, NULL, NULL, NULL, &count);
    for (int i = 0; rc == 0 && value != NULL && i < count; i++) {
        char name[NAME_ROOM];
        if (l->inq_attname(ncid, varid, i, name) != 0
            || (varid == GLOBAL && strcmp(name, "history") == 0))
            continue;
        written += add_attribute(d, l, ncid, varid, name, value);
    }
    d->failed = d->failed || value == NULL;
    free(value);
    descriptor_set_u32(d, at, written);
}

/* Which of the dimensions grow. In groups each level knows its own unlimited dimensions. */
static void mark_unlimited(const struct library *l, int ncid, struct variable *v, bool *unlimited)
{
    memset(unlimited, 0, (size_t)v->rank * sizeof *unlimited);
    for (int depth = 0; depth < 64; depth++) {
        int ids[64], count = 0, one = -1;
        if (l->inq_unlimdims == NULL || l->inq_unlimdims(ncid, &count, NULL) != 0 || count > 64
            || l->inq_unlimdims(ncid, &count, ids) != 0) {
            count = l->inq_unlimdim(ncid, &one) == 0 && one >= 0;
            ids[0] = one;
        }
        for (int i = 0; i < v->rank; i++)
            for (int k = 0; k < count; k++)
                unlimited[i] = unlimited[i] || v->dimids[i] == ids[k];
        if (l->inq_grp_parent == NULL || l->inq_grp_parent(ncid, &ncid) != 0)
            return;
    }
}

static bool full_name(const struct variable *v, const char *name, char *out, size_t room)
{
    size_t length = 0;
    const struct library *l = v->library;
    if (l->inq_grpname_full == NULL || l->inq_grpname_full(v->ncid, &length, NULL) != 0
        || length + 1 >= room || l->inq_grpname_full(v->ncid, NULL, out) != 0
        || strcmp(out, "/") == 0)
        length = 0;
    return snprintf(out + length, room - length, "%s%s", length ? "/" : "", name)
           < (int)(room - length);
}

static bool add_dimensions(struct descriptor *d, struct variable *v, char *joined, size_t room)
{
    bool unlimited[v->rank > 0 ? v->rank : 1];
    mark_unlimited(v->library, v->ncid, v, unlimited);
    v->record_dimension = -1;
    descriptor_u32(d, (uint32_t)v->rank);
    size_t used = 0;
    joined[0] = 0;
    for (int i = 0; i < v->rank; i++) {
        char name[NAME_ROOM];
        v->lengths[i] = 0;
        if (v->library->inq_dimname(v->ncid, v->dimids[i], name) != 0
            || (!unlimited[i]
                && v->library->inq_dimlen(v->ncid, v->dimids[i], &v->lengths[i]) != 0))
            return false;
        if (unlimited[i] && v->record_dimension < 0)
            v->record_dimension = i;
        descriptor_text(d, name, strlen(name));
        descriptor_u64(d, v->lengths[i]);
        descriptor_u64(d, unlimited[i]);
        int wrote = snprintf(joined + used, room - used, "%s%s", i ? "," : "", name);
        used = wrote < 0 || used + (size_t)wrote >= room ? room - 1 : used + (size_t)wrote;
    }
    return true;
}

static bool is_auxiliary(const struct variable *v)
{
    if (v->rank <= 1)
        return true;
    if (v->rank > 2)
        return false;
    size_t last = v->lengths[v->rank - 1];
    return v->record_dimension < 0 || (last > 0 && last <= 4);
}

bool describe(struct variable *v, char *full, size_t full_room, char *dimensions,
              size_t dimensions_room)
{
    const struct library *l = v->library;
    char name[NAME_ROOM];
    int rank = 0;
    if (l->inq_var == NULL || l->inq_dimname == NULL || l->inq_dimlen == NULL
        || l->inq_unlimdim == NULL || l->inq_natts == NULL || l->inq_attname == NULL
        || l->inq_att == NULL || l->get_att == NULL)
        return false;
    if (l->inq_var(v->ncid, v->varid, name, &v->type, &rank, NULL, NULL) != 0 || rank < 0
        || rank > RECORD_MAX_RANK)
        return false;
    v->numberless = record_type_size(v->type) == 0;
    if (v->numberless && v->type != TYPE_STRING)
        v->type = TYPE_NONE; /* a number that only its file can explain */
    v->rank = rank;
    v->lengths = calloc((size_t)rank + 1, sizeof *v->lengths);
    v->dimids = calloc((size_t)rank + 1, sizeof *v->dimids);
    struct descriptor d = {0};
    bool done = v->lengths != NULL && v->dimids != NULL
                && l->inq_var(v->ncid, v->varid, NULL, NULL, NULL, v->dimids, NULL) == 0
                && full_name(v, name, full, full_room);
    if (done) {
        descriptor_u32(&d, DESCRIPTOR_VERSION);
        add_path(&d, v->file->path);
        descriptor_text(&d, full, strlen(full));
        descriptor_tag(&d, (uint8_t)v->type);
        done = add_dimensions(&d, v, dimensions, dimensions_room);
    }
    if (done) {
        add_attributes(&d, l, v->ncid, v->varid);
        add_attributes(&d, l, v->file->ncid, GLOBAL);
        done = !d.failed && d.length <= UINT32_MAX;
    }
    if (!done) {
        descriptor_free(&d);
        return false;
    }
    v->auxiliary = is_auxiliary(v);
    v->descriptor = d.bytes;
    v->descriptor_length = (uint32_t)d.length;
    v->descriptor_hash = record_hash(d.bytes, d.length);
    return true;
}
