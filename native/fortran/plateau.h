/* Plateau's model API for C and C++: ask whether the run may end; and, for models that do not write
 * netCDF, hand over fields.
 *
 * Without a session (PLATEAU_SESSION unset, or gone) nothing is ever requested and nothing copied.
 * No call blocks, aborts, or changes errno. One thread at a time. Link with -lplateau, or with -lplateau_stub where Plateau shall
 * not be linked in: the same interface that does nothing.
 */
#ifndef PLATEAU_H
#define PLATEAU_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* 1 if whoever watches this run has asked it to end at the next convenient point, else 0. */
int plateau_stop_requested(void);

/* Version of the library, "major.minor.patch", or "stub". */
const char *plateau_version(void);

/* Types of elements, netCDF's codes. */
enum plateau_type { PLATEAU_INT = 4, PLATEAU_FLOAT = 5, PLATEAU_DOUBLE = 6 };

typedef struct plateau_variable plateau_variable;

/* Declares a variable as one would in a netCDF file: dimensions slowest first, length 0 for the one
 * that grows. Coordinates (time, level, lat, lon) are variables of one dimension of the same name.
 * NULL if there is no memory; every call takes NULL and does nothing. */
plateau_variable *plateau_define(
    const char *name, enum plateau_type type, int rank, const char *const *dimensions,
    const size_t *lengths);

/* Gives a variable a CF attribute ("units", "standard_name", "calendar", ...), before its first put.
 * A field without units counts as in K, m s-1 or Pa; times without units of time are no times. */
void plateau_attribute(plateau_variable *variable, const char *name, const char *text);
void plateau_attribute_number(plateau_variable *variable, const char *name, double value);

/* Copies a hyperslab: start and count per dimension, 0-based, elements in C order, of the declared
 * type. 1 if it was copied, 0 if not (no session, not selected, or no room: then it is counted). A
 * signal's handler may jump out of it: that hyperslab alone is lost, and counted. */
int plateau_put(
    plateau_variable *variable, const size_t *start, const size_t *count, const void *data);

/* Says that no more will be put: what was put so far is complete. */
void plateau_finish(void);

#ifdef __cplusplus
}
#endif
#endif
