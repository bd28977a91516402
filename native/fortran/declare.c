/* Declaring variables: they look as netCDF's would, of one file. */
#define _GNU_SOURCE
#include "declare.h"

#include "select.h"
#include "stay.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PUBLIC __attribute__((visibility("default")))

PUBLIC plateau_variable *plateau_define(
    const char *name, enum plateau_type type, int rank, const char *const *dimensions,
    const size_t *lengths)
{
    int saved = errno;
    struct stay_held before;
    stay_hold_signals(&before);
    bool known = name != NULL && record_type_size(type) > 0 && rank >= 0 && rank <= MOST_RANK;
    plateau_variable *v = known ? calloc(1, sizeof *v) : NULL;
    if (v != NULL) {
        v->type = type;
        v->rank = rank;
        v->record_dimension = -1;
        v->name = strdup(name);
        bool whole = v->name != NULL;
        for (int d = 0; d < rank; d++) {
            v->dimensions[d] = strdup(dimensions[d]);
            v->lengths[d] = lengths[d];
            whole = whole && v->dimensions[d] != NULL;
            if (lengths[d] == 0 && v->record_dimension < 0)
                v->record_dimension = d;
        }
        if (!whole)
            v = NULL; /* no memory: what little was taken is left */
    }
    stay_release_signals(&before);
    errno = saved;
    return v;
}

static bool begin_attribute(plateau_variable *v, const char *name, int type, uint32_t count)
{
    if (v == NULL || name == NULL || v->decided)
        return false;
    descriptor_text(&v->attributes, name, strlen(name));
    descriptor_tag(&v->attributes, (uint8_t)type);
    descriptor_u32(&v->attributes, count);
    v->attribute_count++;
    return true;
}

PUBLIC void plateau_attribute(plateau_variable *v, const char *name, const char *text)
{
    size_t length = text != NULL ? strlen(text) : 0;
    int saved = errno;
    struct stay_held before;
    stay_hold_signals(&before);
    if (text != NULL && length <= 4096 && begin_attribute(v, name, TYPE_CHAR, (uint32_t)length))
        descriptor_bytes(&v->attributes, text, length);
    stay_release_signals(&before);
    errno = saved;
}

PUBLIC void plateau_attribute_number(plateau_variable *v, const char *name, double value)
{
    int saved = errno;
    struct stay_held before;
    stay_hold_signals(&before);
    if (begin_attribute(v, name, TYPE_DOUBLE, 1))
        descriptor_bytes(&v->attributes, &value, sizeof value);
    stay_release_signals(&before);
    errno = saved;
}

void declared_path(struct descriptor *d)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    descriptor_text(d, path, length > 0 ? (size_t)length : 0);
}

void declared_decide(plateau_variable *v, const struct session_settings *settings)
{
    struct descriptor *d = &v->descriptor;
    char joined[4096] = "";
    size_t used = 0;
    v->decided = true;
    descriptor_u32(d, DESCRIPTOR_VERSION);
    declared_path(d);
    descriptor_text(d, v->name, strlen(v->name));
    descriptor_tag(d, (uint8_t)v->type);
    descriptor_u32(d, (uint32_t)v->rank);
    for (int i = 0; i < v->rank; i++) {
        descriptor_text(d, v->dimensions[i], strlen(v->dimensions[i]));
        descriptor_u64(d, v->lengths[i]);
        descriptor_u64(d, v->lengths[i] == 0);
        int wrote = snprintf(joined + used, sizeof joined - used, "%s%s", i ? "," : "",
                             v->dimensions[i]);
        used = wrote < 0 || used + (size_t)wrote >= sizeof joined ? sizeof joined - 1
                                                                  : used + (size_t)wrote;
    }
    descriptor_u32(d, v->attribute_count);
    descriptor_bytes(d, v->attributes.bytes, v->attributes.length);
    descriptor_u32(d, 0);
    v->described = !d->failed && !v->attributes.failed;
    if (!v->described)
        return;
    v->auxiliary = v->rank <= 1 || (v->rank == 2 && v->record_dimension < 0);
    v->selected = selected(settings, v->name, joined, v->auxiliary);
    v->hash = record_hash(d->bytes, d->length);
}
