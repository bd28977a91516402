/* The hyperslab that a put wrote. */
#include "hook.h"

static size_t length_now(const struct variable *v, int d)
{
    size_t length = v->lengths[d];
    if (length == 0 && v->library->inq_dimlen(v->ncid, v->dimids[d], &length) != 0)
        length = 0;
    return length;
}

bool extent_of(const struct variable *v, const struct put *put, size_t *start, size_t *count)
{
    for (int d = 0; d < v->rank; d++) {
        ptrdiff_t step = put->stride ? put->stride[d] : 1;
        start[d] = put->start ? put->start[d] : 0;
        if (put->form == FORM_POINT) {
            count[d] = 1;
        } else if (put->count != NULL) {
            count[d] = put->count[d];
        } else {
            size_t length = length_now(v, d);
            count[d] = step > 0 && length > start[d]
                           ? (length - start[d] + (size_t)step - 1) / (size_t)step
                           : 0;
        }
        if (count[d] == 0 || step <= 0)
            return false;
    }
    return true;
}

bool extent_skipped(const struct variable *v, enum form form, const size_t *start,
                    const struct session_settings *settings)
{
    uint64_t stride = settings->record_stride;
    return stride > 1 && v->record_dimension >= 0 && form != FORM_WHOLE
           && start[v->record_dimension] % stride != 0;
}
