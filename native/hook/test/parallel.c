/* XIOS's pattern of writing, with a parallel netCDF: parallel one|many PATH COLLECTIVE(0|1)
 *
 * one: every rank writes its rows of one shared file (hyperslabs with global start and count).
 * many: every rank writes a file of its own, whose place stands in global attributes.
 * Each coordinate is written as soon as it is defined, and definition goes on behind it. Then per
 * record: the first field, the times with their bounds, the other field, and one on a part of an
 * axis of which only the first rank has anything; the others write nothing of it, collectively.
 * With a fifth argument the shared file is opened again, as at a restart: one rank alone rewrites a
 * coordinate that has many attributes, and all append a record. */
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

static int rank, ranks, one_file, collective, nc, vt, vu, vp, vtime, vbounds, vcentred, vlat, vlon;
static int vlabel, time_dim, lev_dim, lat_dim, lon_dim;
static size_t first, rows;

static void access_as(int variable, int how)
{
    if (one_file)
        CHECK(nc_var_par_access(nc, variable, how));
}

static void open_file(const char *path)
{
    char name[4096];
    snprintf(name, sizeof name, one_file ? "%s" : "%s_%d", path, rank);
    if (one_file)
        CHECK(nc_create_par(name, NC_NETCDF4 | NC_MPIIO, MPI_COMM_WORLD, MPI_INFO_NULL, &nc));
    else
        CHECK(nc_create(name, NC_NETCDF4, &nc));
    CHECK(nc_def_dim(nc, "time_counter", NC_UNLIMITED, &time_dim));
    CHECK(nc_def_dim(nc, "axis", NLEV, &lev_dim));
    CHECK(nc_def_dim(nc, "lat", one_file ? NLAT : rows, &lat_dim));
    CHECK(nc_def_dim(nc, "lon", NLON, &lon_dim));
}

static void write_coordinates(void)
{
    float lat[NLAT], lon[NLON];
    for (int i = 0; i < NLAT; i++)
        lat[i] = (float)(-90 + 10 * (i + (int)first));
    for (int i = 0; i < NLON; i++)
        lon[i] = (float)(10 * i);
    const size_t lat_start = one_file ? first : 0, zero = 0, all = NLON;
    CHECK(nc_def_var(nc, "lat", NC_FLOAT, 1, &lat_dim, &vlat));
    CHECK(nc_def_var(nc, "lon", NC_FLOAT, 1, &lon_dim, &vlon));
    CHECK(nc_enddef(nc));
    access_as(vlat, collective ? NC_COLLECTIVE : NC_INDEPENDENT);
    access_as(vlon, collective ? NC_COLLECTIVE : NC_INDEPENDENT);
    CHECK(nc_put_vara_float(nc, vlat, &lat_start, &rows, lat));
    CHECK(nc_put_vara_float(nc, vlon, &zero, &all, lon));
    CHECK(nc_redef(nc));
}

static void write_labels(void)
{
    int dims[] = {lev_dim, -1};
    const size_t start[] = {0, 0}, count[] = {NLEV, 4};
    CHECK(nc_def_dim(nc, "str_len", 4, &dims[1]));
    CHECK(nc_def_var(nc, "label", NC_CHAR, 2, dims, &vlabel));
    CHECK(nc_enddef(nc));
    access_as(vlabel, collective ? NC_COLLECTIVE : NC_INDEPENDENT);
    CHECK(nc_put_vara_text(nc, vlabel, start, count, "low mid high"));
    CHECK(nc_redef(nc));
}

static void define_fields(void)
{
    int bounds;
    CHECK(nc_def_dim(nc, "axis_nbounds", 2, &bounds));
    const int dims[] = {time_dim, lev_dim, lat_dim, lon_dim}, pair[] = {time_dim, bounds};
    CHECK(nc_def_var(nc, "T", NC_FLOAT, 4, dims, &vt));
    CHECK(nc_def_var(nc, "time_centered", NC_DOUBLE, 1, &time_dim, &vcentred));
    CHECK(nc_def_var(nc, "time_counter", NC_DOUBLE, 1, &time_dim, &vtime));
    CHECK(nc_def_var(nc, "time_counter_bounds", NC_DOUBLE, 2, pair, &vbounds));
    CHECK(nc_def_var(nc, "U", NC_FLOAT, 4, dims, &vu));
    CHECK(nc_def_var(nc, "P", NC_FLOAT, 2, dims, &vp));
    CHECK(nc_put_att_text(nc, vt, "online_operation", 7, "average"));
    const int place = (int)first, size[] = {NLON, NLAT}, part[] = {NLON, (int)rows};
    const int corner[] = {1, place + 1}, far_corner[] = {NLON, place + (int)rows};
    CHECK(nc_put_att_int(nc, NC_GLOBAL, "jbegin", NC_INT, 1, &place));
    if (!one_file) {
        CHECK(nc_put_att_int(nc, NC_GLOBAL, "DOMAIN_number", NC_INT, 1, &rank));
        CHECK(nc_put_att_int(nc, NC_GLOBAL, "DOMAIN_number_total", NC_INT, 1, &ranks));
        CHECK(nc_put_att_int(nc, NC_GLOBAL, "DOMAIN_size_local", NC_INT, 2, part));
        CHECK(nc_put_att_int(nc, NC_GLOBAL, "DOMAIN_position_first", NC_INT, 2, corner));
        CHECK(nc_put_att_int(nc, NC_GLOBAL, "DOMAIN_position_last", NC_INT, 2, far_corner));
        CHECK(nc_put_att_text(nc, NC_GLOBAL, "DOMAIN_type", 3, "box"));
    }
    CHECK(nc_put_att_int(nc, NC_GLOBAL, "DOMAIN_size_global", NC_INT, 2, size));
    CHECK(nc_enddef(nc));
}

static void put_field(int variable, size_t record, double base)
{
    static double field[NLEV * NLAT * NLON];
    const size_t start[] = {record, 0, one_file ? first : 0, 0}, count[] = {1, NLEV, rows, NLON};
    for (size_t l = 0, k = 0; l < NLEV; l++)
        for (size_t j = 0; j < rows; j++)
            for (size_t i = 0; i < NLON; i++)
                field[k++] = base + 100000.0 * (double)l + 100.0 * (double)(first + j) + (double)i;
    access_as(variable, NC_COLLECTIVE); /* growing variables must be collective */
    CHECK(nc_put_vara_double(nc, variable, start, count, field));
}

static void put_times(size_t record)
{
    const double time = 86400.0 * (double)(record + 1), centre = time - 43200;
    const double bounds[] = {time - 86400, time};
    const size_t one = 1, start[] = {record, 0}, count[] = {1, 2};
    access_as(vcentred, NC_COLLECTIVE);
    CHECK(nc_put_vara_double(nc, vcentred, &record, &one, &centre));
    access_as(vtime, NC_COLLECTIVE);
    CHECK(nc_put_vara_double(nc, vtime, &record, &one, &time));
    access_as(vbounds, NC_COLLECTIVE);
    CHECK(nc_put_vara_double(nc, vbounds, start, count, bounds));
}

static void put_part(size_t record)
{
    const double values[NLEV] = {1, 2, 3};
    const size_t start[] = {record, 0}, count[] = {rank == 0, rank == 0 ? NLEV : 0};
    access_as(vp, NC_COLLECTIVE);
    CHECK(nc_put_vara_double(nc, vp, start, count, values));
}

static void describe_latitude(void)
{
    char name[32], text[2000] = "so long that the library does not keep it with the variable";
    CHECK(nc_redef(nc));
    for (int i = 0; i < 40; i++) {
        snprintf(name, sizeof name, "remark_%d", i);
        CHECK(nc_put_att_text(nc, vlat, name, sizeof text, text));
    }
    CHECK(nc_enddef(nc));
}

static void append(const char *path)
{
    const float north = 90;
    const size_t last = NLAT - 1;
    CHECK(nc_open_par(path, NC_WRITE | NC_MPIIO, MPI_COMM_WORLD, MPI_INFO_NULL, &nc));
    if (rank == 0)
        CHECK(nc_put_var1_float(nc, vlat, &last, &north));
    MPI_Barrier(MPI_COMM_WORLD); /* whoever asks the others for help before this waits for ever */
    put_field(vt, RECORDS, 0);
    put_times(RECORDS);
    CHECK(nc_close(nc));
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    if (argc < 4)
        MPI_Abort(MPI_COMM_WORLD, 2);
    one_file = strcmp(argv[1], "one") == 0;
    collective = atoi(argv[3]);
    first = (size_t)(NLAT * rank / ranks);
    rows = (size_t)(NLAT * (rank + 1) / ranks) - first;
    open_file(argv[2]);
    write_coordinates();
    write_labels();
    define_fields();
    for (size_t r = 0; r < RECORDS; r++) {
        put_field(vt, r, 1e6 * (double)r);
        put_times(r);
        put_field(vu, r, -1e6 * (double)r);
        put_part(r);
    }
    if (argc > 4)
        describe_latitude();
    CHECK(nc_close(nc));
    if (argc > 4)
        append(argv[2]);
    MPI_Finalize();
    return 0;
}
