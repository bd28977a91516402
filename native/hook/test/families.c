/* Calls every put of every type once, into a variable of its own, in the file PATH. Prints one line
 * per put: variable, elements, and the hash of what it passed, in the order of the hyperslab. */
#include "record.h"

#include <inttypes.h>
#include <netcdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(call)                                                         \
    do {                                                                    \
        int rc_ = (call);                                                   \
        if (rc_ != NC_NOERR) {                                              \
            fprintf(stderr, "%s: %s\n", #call, nc_strerror(rc_));           \
            exit(1);                                                        \
        }                                                                   \
    } while (0)

enum { ROWS = 6, COLUMNS = 10 };
static const size_t origin[] = {0, 0}, start[] = {1, 2}, count[] = {2, 3};
static const ptrdiff_t stride[] = {2, 2}, map[] = {1, 2}; /* transposed in memory */

static int nc;

static int variable(const char *name, nc_type type)
{
    static int dims[2], made;
    int id;
    CHECK(nc_redef(nc));
    if (!made++) {
        CHECK(nc_def_dim(nc, "row", ROWS, &dims[0]));
        CHECK(nc_def_dim(nc, "column", COLUMNS, &dims[1]));
    }
    CHECK(nc_def_var(nc, name, type, 2, dims, &id));
    CHECK(nc_enddef(nc));
    return id;
}

static void tell(const char *name, const void *data, size_t elements, size_t size)
{
    printf("%s %zu %016" PRIx64 "\n", name, elements, record_hash(data, elements * size));
}

#define TRY(suffix, c_type, type)                                                              \
    static void try##suffix(void)                                                              \
    {                                                                                          \
        c_type data[ROWS * COLUMNS], turned[6];                                                \
        for (int i = 0; i < ROWS * COLUMNS; i++)                                               \
            data[i] = (c_type)(i + 1);                                                         \
        for (int i = 0; i < 6; i++)                                                            \
            turned[i] = data[i % 3 * 2 + i / 3];                                               \
        CHECK(nc_put_var##suffix(nc, variable("var" #suffix, type), data));                    \
        tell("var" #suffix, data, ROWS * COLUMNS, sizeof(c_type));                             \
        CHECK(nc_put_var1##suffix(nc, variable("var1" #suffix, type), start, data));           \
        tell("var1" #suffix, data, 1, sizeof(c_type));                                         \
        CHECK(nc_put_vara##suffix(nc, variable("vara" #suffix, type), start, count, data));    \
        tell("vara" #suffix, data, 6, sizeof(c_type));                                         \
        CHECK(nc_put_vars##suffix(nc, variable("vars" #suffix, type), start, count, stride,    \
                                  data));                                                      \
        tell("vars" #suffix, data, 6, sizeof(c_type));                                         \
        CHECK(nc_put_varm##suffix(nc, variable("varm" #suffix, type), start, count, stride,    \
                                  map, data));                                                 \
        tell("varm" #suffix, turned, 6, sizeof(c_type));                                       \
        CHECK(nc_put_vara##suffix(nc, variable("null" #suffix, type), origin, NULL, data));     \
        tell("null" #suffix, data, ROWS * COLUMNS, sizeof(c_type));                \
    }

#define TYPES(X)                                          \
    X(_text, char, NC_CHAR)                               \
    X(_schar, signed char, NC_BYTE)                       \
    X(_uchar, unsigned char, NC_UBYTE)                    \
    X(_ubyte, unsigned char, NC_UBYTE)                    \
    X(_short, short, NC_SHORT)                            \
    X(_ushort, unsigned short, NC_USHORT)                 \
    X(_int, int, NC_INT)                                  \
    X(_uint, unsigned int, NC_UINT)                       \
    X(_long, long, NC_INT)                                \
    X(_longlong, long long, NC_INT64)                     \
    X(_ulonglong, unsigned long long, NC_UINT64)          \
    X(_float, float, NC_FLOAT)                            \
    X(_double, double, NC_FLOAT) /* converted by netCDF */ \
    X(, double, NC_DOUBLE)

TYPES(TRY)

int main(int argc, char **argv)
{
    (void)argc;
    CHECK(nc_create(argv[1], NC_NETCDF4 | NC_CLOBBER, &nc));
    CHECK(nc_enddef(nc));
#define CALL(suffix, c_type, type) try##suffix();
    TYPES(CALL)
    CHECK(nc_close(nc));
    return 0;
}
