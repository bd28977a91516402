/* The netCDF calls that are interposed on: the one list from which the wrappers, their resolution,
 * the export map and the --wrap list of the static library are made.
 *
 *   X(name, parameters, arguments, what follows a call that succeeded)
 *
 * "What follows" sees the parameters and `library`, the library the call went to.
 */
#ifndef PLATEAU_SYMBOLS_H
#define PLATEAU_SYMBOLS_H

#define PUT_FAMILY(X, suffix, c_type, code)                                                       \
    X(nc_put_var1##suffix, (int ncid, int varid, const size_t *index, const c_type *data),        \
      (ncid, varid, index, data),                                                                 \
      capture_put(library, ncid, varid,                                                           \
                  &(struct put){FORM_POINT, code, index, 0, 0, 0, data}))                         \
    X(nc_put_vara##suffix,                                                                        \
      (int ncid, int varid, const size_t *start, const size_t *count, const c_type *data),        \
      (ncid, varid, start, count, data),                                                          \
      capture_put(library, ncid, varid,                                                           \
                  &(struct put){FORM_SLAB, code, start, count, 0, 0, data}))                      \
    X(nc_put_vars##suffix,                                                                        \
      (int ncid, int varid, const size_t *start, const size_t *count, const ptrdiff_t *stride,    \
       const c_type *data),                                                                       \
      (ncid, varid, start, count, stride, data),                                                  \
      capture_put(library, ncid, varid,                                                           \
                  &(struct put){FORM_SLAB, code, start, count, stride, 0, data}))                 \
    X(nc_put_varm##suffix,                                                                        \
      (int ncid, int varid, const size_t *start, const size_t *count, const ptrdiff_t *stride,    \
       const ptrdiff_t *map, const c_type *data),                                                 \
      (ncid, varid, start, count, stride, map, data),                                             \
      capture_put(library, ncid, varid,                                                           \
                  &(struct put){FORM_SLAB, code, start, count, stride, map, data}))               \
    X(nc_put_var##suffix, (int ncid, int varid, const c_type *data), (ncid, varid, data),         \
      capture_put(library, ncid, varid, &(struct put){FORM_WHOLE, code, 0, 0, 0, 0, data}))

#define PUT_CALLS(X)                                   \
    PUT_FAMILY(X, , void, TYPE_NONE)                   \
    PUT_FAMILY(X, _text, char, TYPE_CHAR)              \
    PUT_FAMILY(X, _schar, signed char, TYPE_BYTE)      \
    PUT_FAMILY(X, _uchar, unsigned char, TYPE_UBYTE)   \
    PUT_FAMILY(X, _ubyte, unsigned char, TYPE_UBYTE)   \
    PUT_FAMILY(X, _short, short, TYPE_SHORT)           \
    PUT_FAMILY(X, _ushort, unsigned short, TYPE_USHORT) \
    PUT_FAMILY(X, _int, int, TYPE_INT)                 \
    PUT_FAMILY(X, _uint, unsigned int, TYPE_UINT)      \
    PUT_FAMILY(X, _long, long, TYPE_INT64)             \
    PUT_FAMILY(X, _longlong, long long, TYPE_INT64)    \
    PUT_FAMILY(X, _ulonglong, unsigned long long, TYPE_UINT64) \
    PUT_FAMILY(X, _float, float, TYPE_FLOAT)           \
    PUT_FAMILY(X, _double, double, TYPE_DOUBLE)        \
    PUT_FAMILY(X, _string, char *, TYPE_STRING)

/* MPI communicators are passed on untouched: `int` in MPICH, a pointer in Open MPI. Both travel in
 * one integer register, so a pointer-sized parameter carries either. */
#define FILE_CALLS(X)                                                                             \
    X(nc_create, (const char *path, int mode, int *ncid), (path, mode, ncid),                     \
      capture_opened(library, *ncid, path))                                                             \
    X(nc__create, (const char *path, int mode, size_t initial, size_t *chunk, int *ncid),         \
      (path, mode, initial, chunk, ncid), capture_opened(library, *ncid, path))                         \
    X(nc_create_par, (const char *path, int mode, void *comm, void *info, int *ncid),             \
      (path, mode, comm, info, ncid), capture_opened(library, *ncid, path))                             \
    X(nc_create_par_fortran, (const char *path, int mode, int comm, int info, int *ncid),         \
      (path, mode, comm, info, ncid), capture_opened(library, *ncid, path))                             \
    X(nc_open, (const char *path, int mode, int *ncid), (path, mode, ncid),                       \
      capture_opened(library, *ncid, path))                                                             \
    X(nc__open, (const char *path, int mode, size_t *chunk, int *ncid),                           \
      (path, mode, chunk, ncid), capture_opened(library, *ncid, path))                                  \
    X(nc_open_par, (const char *path, int mode, void *comm, void *info, int *ncid),               \
      (path, mode, comm, info, ncid), capture_opened(library, *ncid, path))                             \
    X(nc_open_par_fortran, (const char *path, int mode, int comm, int info, int *ncid),           \
      (path, mode, comm, info, ncid), capture_opened(library, *ncid, path))                             \
    X(nc_close, (int ncid), (ncid), capture_closed(library, ncid))                                \
    X(nc_close_memio, (int ncid, void *memory), (ncid, memory), capture_closed(library, ncid))    \
    X(nc_abort, (int ncid), (ncid), capture_closed(library, ncid))                                \
    X(nc_redef, (int ncid), (ncid), capture_redefined(library, ncid))                             \
    X(nc_enddef, (int ncid), (ncid), capture_redefined(library, ncid))                            \
    X(nc__enddef,                                                                                 \
      (int ncid, size_t header_free, size_t v_align, size_t v_free, size_t r_align),              \
      (ncid, header_free, v_align, v_free, r_align), capture_redefined(library, ncid))

/* What a variable is called and said to be may change between two of its puts. */
#define PUT_ATTRIBUTE(X, suffix, c_type)                                                          \
    X(nc_put_att##suffix,                                                                         \
      (int ncid, int varid, const char *name, int type, size_t length, const c_type *value),      \
      (ncid, varid, name, type, length, value), capture_attribute(library, ncid, varid, name))

#define ATTRIBUTE_CALLS(X)                                                                        \
    PUT_ATTRIBUTE(X, , void)                                                                      \
    PUT_ATTRIBUTE(X, _schar, signed char)                                                         \
    PUT_ATTRIBUTE(X, _uchar, unsigned char)                                                       \
    PUT_ATTRIBUTE(X, _ubyte, unsigned char)                                                       \
    PUT_ATTRIBUTE(X, _short, short)                                                               \
    PUT_ATTRIBUTE(X, _ushort, unsigned short)                                                     \
    PUT_ATTRIBUTE(X, _int, int)                                                                   \
    PUT_ATTRIBUTE(X, _uint, unsigned int)                                                         \
    PUT_ATTRIBUTE(X, _long, long)                                                                 \
    PUT_ATTRIBUTE(X, _longlong, long long)                                                        \
    PUT_ATTRIBUTE(X, _ulonglong, unsigned long long)                                              \
    PUT_ATTRIBUTE(X, _float, float)                                                               \
    PUT_ATTRIBUTE(X, _double, double)                                                             \
    X(nc_put_att_text,                                                                            \
      (int ncid, int varid, const char *name, size_t length, const char *value),                  \
      (ncid, varid, name, length, value), capture_attribute(library, ncid, varid, name))          \
    X(nc_put_att_string,                                                                          \
      (int ncid, int varid, const char *name, size_t length, const char **value),                 \
      (ncid, varid, name, length, value), capture_attribute(library, ncid, varid, name))          \
    X(nc_copy_att, (int from, int variable, const char *name, int ncid, int varid),               \
      (from, variable, name, ncid, varid), capture_attribute(library, ncid, varid, name))         \
    X(nc_del_att, (int ncid, int varid, const char *name), (ncid, varid, name),                   \
      capture_attribute(library, ncid, varid, name))                                              \
    X(nc_rename_att, (int ncid, int varid, const char *name, const char *fresh),                  \
      (ncid, varid, name, fresh), capture_attribute(library, ncid, varid, fresh))                 \
    X(nc_rename_var, (int ncid, int varid, const char *name), (ncid, varid, name),                \
      capture_attribute(library, ncid, varid, name))                                              \
    X(nc_rename_dim, (int ncid, int dimid, const char *name), (ncid, dimid, name),                \
      capture_redefined(library, ncid))                                                           \
    X(nc_rename_grp, (int ncid, const char *name), (ncid, name), capture_redefined(library, ncid))

#define NETCDF_CALLS(X) PUT_CALLS(X) FILE_CALLS(X) ATTRIBUTE_CALLS(X)

#endif
