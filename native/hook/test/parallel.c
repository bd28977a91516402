/* XIOS's pattern of writing, with a parallel netCDF: parallel one|many PATH COLLECTIVE(0|1)
 *
 * one: every rank writes its rows of one shared file (hyperslabs with global start and count).
 * many: every rank writes a file of its own, whose place stands in global attributes.
 * Coordinates first, then per record: the first field, time, the other field. */
#include <mpi.h>
#include <netcdf.h>
#include <netcdf_par.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(call)                                                         \
    do {                                                                    \
        int rc_ = (call);                                                   \
        if (rc_ != NC_NOERR) {                                              \
            fprintf(stderr, "%s: %s\n", #call, nc_strerror(rc_));           \
            MPI_Abort(MPI_COMM_WORLD, 1);                                   \
        }                                                                   \
    } while (0)

enum { NLEV = 3, NLAT = 19, NLON = 36, RECORDS = 4 };

static int rank, ranks, one_file, nc, vt, vu, vtime, vlat, vlon;
static size_t first, rows;

static void define(const char *path)
{
    char name[4096];
    int time, lev, lat, lon;
    snprintf(name, sizeof name, one_file ? "%s" : "%s_%d", path, rank);
    if (one_file)
        CHECK(nc_create_par(name, NC_NETCDF4 | NC_MPIIO, MPI_COMM_WORLD, MPI_INFO_NULL, &nc));
    else
        CHECK(nc_create(name, NC_NETCDF4, &nc));
    CHECK(nc_def_dim(nc, "time_counter", NC_UNLIMITED, &time));
    CHECK(nc_def_dim(nc, "axis", NLEV, &lev));
    CHECK(nc_def_dim(nc, "lat", one_file ? NLAT : rows, &lat));
    CHECK(nc_def_dim(nc, "lon", NLON, &lon));
    const int dims[] = {time, lev, lat, lon};
    CHECK(nc_def_var(nc, "lat", NC_FLOAT, 1, &lat, &vlat));
    CHECK(nc_def_var(nc, "lon", NC_FLOAT, 1, &lon, &vlon));
    CHECK(nc_def_var(nc, "T", NC_FLOAT, 4, dims, &vt));
    CHECK(nc_def_var(nc, "time_counter", NC_DOUBLE, 1, &time, &vtime));
    CHECK(nc_def_var(nc, "U", NC_FLOAT, 4, dims, &vu));
    CHECK(nc_put_att_text(nc, vt, "online_operation", 7, "average"));
    const int place = (int)first, size[] = {NLON, NLAT};
    CHECK(nc_put_att_int(nc, NC_GLOBAL, "jbegin", NC_INT, 1, &place));
    CHECK(nc_put_att_int(nc, NC_GLOBAL, "DOMAIN_size_global", NC_INT, 2, size));
    CHECK(nc_enddef(nc));
}

static void access_as(int collective)
{
    const int all[] = {vt, vu, vtime};
    for (int i = 0; one_file && i < 3; i++) /* growing variables must be collective */
        CHECK(nc_var_par_access(nc, all[i], NC_COLLECTIVE));
    for (int i = 0; one_file && i < 2; i++)
        CHECK(nc_var_par_access(nc, i ? vlon : vlat, collective ? NC_COLLECTIVE : NC_INDEPENDENT));
}

static void put_field(int variable, size_t record, double base)
{
    static double field[NLEV * NLAT * NLON];
    const size_t start[] = {record, 0, one_file ? first : 0, 0}, count[] = {1, NLEV, rows, NLON};
    for (size_t l = 0, k = 0; l < NLEV; l++)
        for (size_t j = 0; j < rows; j++)
            for (size_t i = 0; i < NLON; i++)
                field[k++] = base + 100000.0 * (double)l + 100.0 * (double)(first + j) + (double)i;
    CHECK(nc_put_vara_double(nc, variable, start, count, field));
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    if (argc < 4)
        MPI_Abort(MPI_COMM_WORLD, 2);
    one_file = strcmp(argv[1], "one") == 0;
    first = (size_t)(NLAT * rank / ranks);
    rows = (size_t)(NLAT * (rank + 1) / ranks) - first;
    define(argv[2]);
    access_as(atoi(argv[3]));
    float lat[NLAT], lon[NLON];
    for (int i = 0; i < NLAT; i++)
        lat[i] = (float)(-90 + 10 * (i + (int)first));
    for (int i = 0; i < NLON; i++)
        lon[i] = (float)(10 * i);
    const size_t lat_start = one_file ? first : 0, zero = 0, all = NLON, one = 1;
    CHECK(nc_put_vara_float(nc, vlat, &lat_start, &rows, lat));
    CHECK(nc_put_vara_float(nc, vlon, &zero, &all, lon));
    for (size_t r = 0; r < RECORDS; r++) {
        const double time = 86400.0 * (double)(r + 1);
        put_field(vt, r, 1e6 * (double)r);
        CHECK(nc_put_vara_double(nc, vtime, &r, &one, &time));
        put_field(vu, r, -1e6 * (double)r);
    }
    CHECK(nc_close(nc));
    MPI_Finalize();
    return 0;
}
