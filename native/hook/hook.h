/* The hook's parts and how they fit:
 *
 *   wrappers.c   one wrapper per interposed call: real call first, then capture
 *   library.c    which netCDF library a call goes to, as the loader would have decided
 *   census.c     whether there is one such library: then it is that one
 *   slots.c      where several of those libraries are in the process, an entry for each
 *   caller.c     which object calls, where the return address does not tell; dlopen
 *   object.c     loaded objects, seen through their program headers and dynamic sections
 *   walk.c       the loader's list of them, where threads and children walk through it
 *   state.c      the process's one state: lock, session, ring
 *   stay.c       whether a thread will come back to what it left in the middle
 *   say.c        a line on standard error, where somebody listens
 *   capture.c    what happens after a put
 *   files.c      what happens after a file or an attribute changed
 *   extent.c     the hyperslab that a put wrote
 *   missed.c     puts that came while another thread had the lock
 *   variables.c  what is known of open files and variables, so that a put costs one look-up
 *   describe.c   the descriptor of a variable, asked of the library it was written through
 *   select.c     name and dimension patterns
 *
 * Nothing here allocates, opens or maps anything before the first put under a session, but for the
 * path of a file that is given relative to a folder.
 */
#ifndef PLATEAU_HOOK_H
#define PLATEAU_HOOK_H

#include "record.h"
#include "ring.h"
#include "select.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CALL_INDEX(name, parameters, arguments, after) CALL_##name,

/* Metadata calls, all from the library that did the write. */
#define INQUIRIES(X)                                                                              \
    X(inq_path, (int, size_t *, char *))                                                          \
    X(inq_var, (int, int, char *, int *, int *, int *, int *))                                    \
    X(inq_dimname, (int, int, char *))                                                            \
    X(inq_dimlen, (int, int, size_t *))                                                           \
    X(inq_unlimdim, (int, int *))                                                                 \
    X(inq_unlimdims, (int, int *, int *))                                                         \
    X(inq_natts, (int, int *))                                                                    \
    X(inq_attname, (int, int, int, char *))                                                       \
    X(inq_att, (int, int, const char *, int *, size_t *))                                         \
    X(get_att, (int, int, const char *, void *))                                                  \
    X(free_string, (size_t, char **))                                                             \
    X(inq_grp_parent, (int, int *))                                                               \
    X(inq_grpname_full, (int, size_t *, char *))

struct library {
    const void *base; /* where the object is loaded; NULL: free entry */
    void *handle;
#define FIELD(name, parameters) int(*name) parameters;
    INQUIRIES(FIELD)
#undef FIELD
};

enum form { FORM_POINT, FORM_SLAB, FORM_WHOLE };

/* A put as it was called. */
struct put {
    enum form form;
    int type; /* of the elements in memory; TYPE_NONE: the variable's own */
    const size_t *start, *count;
    const ptrdiff_t *stride, *map;
    const void *data;
};

/* ---- capture.c, files.c: after a call that succeeded ---- */
void capture_put(const struct library *library, int ncid, int varid, const struct put *put);
void capture_opened(const struct library *library, int ncid, const char *path);
void capture_closed(const struct library *library, int ncid);
void capture_redefined(const struct library *library, int ncid);
/* An attribute or the name of a variable changed; varid -1: of the file. */
void capture_attribute(const struct library *library, int ncid, int varid, const char *name);
/* Under the lock, once the session is read: accounts for what other threads' puts missed. */
void capture_tell_missed(void);
/* Unlocks; what other threads missed meanwhile is told now, lest it wait for the next put. */
void capture_release(void);
/* Whether this process captures at all. */
bool capture_wanted(void);

/* ---- variables.c: all under the hook's lock ---- */
struct open_file {
    const struct library *library;
    int ncid; /* of the root group; 0 with library NULL: free entry */
    uint64_t number; /* 0: nothing was captured of it yet */
    char *path;
};

struct variable {
    const struct library *library; /* NULL: free, and the end of a probe sequence if not `gone` */
    int ncid, varid;
    bool gone;
    bool selected;
    bool numberless; /* strings and types of a user's: nothing that could be copied or labelled */
    bool auxiliary; /* coordinates, time, bounds: captured unless excluded, may use the reserve */
    int type, rank;
    int record_dimension; /* index, or -1 */
    struct open_file *file;
    size_t *lengths; /* of the dimensions; 0 for unlimited ones */
    int *dimids;
    unsigned char *descriptor;
    uint32_t descriptor_length;
    uint64_t descriptor_hash;
};

/* NULL if there is no memory; of rank -1 if the variable cannot be described: either way its writes are
 * lost, and counted. */
struct variable *variable_find(
    const struct library *library, int ncid, int varid, const struct session_settings *settings);
/* As above, but NULL if it was never asked for. */
struct variable *variable_known(const struct library *library, int ncid, int varid);
/* As above, for the number of a root group only, and NULL if nothing was put into that file. */
struct open_file *variable_known_file(const struct library *library, int ncid);
void variable_forget(const struct library *library, int ncid, bool close_file);
void variable_forget_one(const struct library *library, int ncid, int varid);
void variable_forget_all(void);
/* The entry of a file, made if need be; `like` gives library, ncid and path. NULL: no memory. */
struct open_file *variable_file_like(const struct open_file *like);
/* These three need no lock. The path is the caller's; false if there is no memory for it. */
bool variable_file_of(const struct library *library, int ncid, struct open_file *file);
void variable_clear(struct variable *variable);
/* Describes a variable and decides whether it is captured; false if it cannot be described. */
bool variable_describe(struct variable *variable, const struct session_settings *settings);

/* ---- describe.c ---- */
bool describe(struct variable *variable, char *name, size_t name_room, char *dimensions,
              size_t dimensions_room);
void describe_file(struct descriptor *descriptor, const char *path);

/* ---- extent.c ---- */
/* Fills in what the caller left out, as netCDF does; false if nothing was written. */
bool extent_of(const struct variable *variable, const struct put *put, size_t *start,
               size_t *count);
/* Whether a put of that start is left out by the stride in time. */
bool extent_skipped(const struct variable *variable, enum form form, const size_t *start,
                    const struct session_settings *settings);

/* ---- missed.c: without the hook's lock ---- */
struct missed {
    struct missed *next;
    struct open_file file;
    struct variable variable;
    size_t *start, *count; /* one block, with stride behind them */
    ptrdiff_t *stride;     /* NULL: 1 */
};

/* Keeps what was put where until somebody has the lock; nothing of a put that wrote nothing or is
 * not wanted. False if it should be kept and cannot be: then it counts without a name. */
bool missed_keep(const struct library *library, int ncid, int varid, const struct put *put,
                 const struct session_settings *settings);
bool missed_any(void);
struct missed *missed_take(void); /* all of them, latest first */
void missed_free(struct missed *missed);

#endif
