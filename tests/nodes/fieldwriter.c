/* A model that only writes: fieldwriter FILE RECORDS ELEMENTS PAUSE_US [wait]
 *
 * Writes RECORDS records of one float field of ELEMENTS values (value i of record r is
 * r + i / ELEMENTS) and its time to a netCDF file, PAUSE_US microseconds apart, and prints the number of netCDF
 * writes when done. With "wait" it then lives until its standard input ends. */
#include <netcdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CHECK(call)                                               \
    do {                                                          \
        int rc_ = (call);                                         \
        if (rc_ != NC_NOERR) {                                    \
            fprintf(stderr, "%s: %s\n", #call, nc_strerror(rc_)); \
            exit(1);                                              \
        }                                                         \
    } while (0)

static int define(const char *path, size_t elements, int *field, int *time)
{
    int nc, dims[2];
    CHECK(nc_create(path, NC_64BIT_OFFSET | NC_CLOBBER, &nc));
    CHECK(nc_set_fill(nc, NC_NOFILL, NULL));
    CHECK(nc_def_dim(nc, "time", NC_UNLIMITED, &dims[0]));
    CHECK(nc_def_dim(nc, "cell", elements, &dims[1]));
    CHECK(nc_def_var(nc, "time", NC_DOUBLE, 1, dims, time));
    CHECK(nc_put_att_text(nc, *time, "units", 21, "days since 2000-01-01"));
    CHECK(nc_def_var(nc, "T", NC_FLOAT, 2, dims, field));
    CHECK(nc_enddef(nc));
    return nc;
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fprintf(stderr, "usage: fieldwriter FILE RECORDS ELEMENTS PAUSE_US [wait]\n");
        return 2;
    }
    size_t records = strtoul(argv[2], NULL, 10), elements = strtoul(argv[3], NULL, 10);
    useconds_t pause = (useconds_t)strtoul(argv[4], NULL, 10);
    float *values = malloc(elements * sizeof *values);
    int field, time, nc = define(argv[1], elements, &field, &time);
    for (size_t r = 0; values != NULL && r < records; r++) {
        size_t start[2] = {r, 0}, count[2] = {1, elements};
        double now = (double)r;
        for (size_t i = 0; i < elements; i++)
            values[i] = (float)r + (float)i / (float)elements;
        CHECK(nc_put_vara_float(nc, field, start, count, values));
        CHECK(nc_put_var1_double(nc, time, &r, &now));
        if (pause > 0)
            usleep(pause);
    }
    printf("%zu\n", 2 * records);
    fflush(stdout);
    if (argc > 5 && strcmp(argv[5], "wait") == 0)
        while (getchar() != EOF)
            ;
    CHECK(nc_close(nc));
    free(values);
    return 0;
}
