/* The model API without Plateau: nothing is ever requested, nothing copied. */
#include "plateau.h"

int plateau_stop_requested(void)
{
    return 0;
}

const char *plateau_version(void)
{
    return "stub";
}

plateau_variable *plateau_define(
    const char *name, enum plateau_type type, int rank, const char *const *dimensions,
    const size_t *lengths)
{
    (void)name;
    (void)type;
    (void)rank;
    (void)dimensions;
    (void)lengths;
    return NULL;
}

void plateau_attribute(plateau_variable *variable, const char *name, const char *text)
{
    (void)variable;
    (void)name;
    (void)text;
}

void plateau_attribute_number(plateau_variable *variable, const char *name, double value)
{
    (void)variable;
    (void)name;
    (void)value;
}

int plateau_put(
    plateau_variable *variable, const size_t *start, const size_t *count, const void *data)
{
    (void)variable;
    (void)start;
    (void)count;
    (void)data;
    return 0;
}

void plateau_finish(void)
{
}
