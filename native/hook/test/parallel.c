/* XIOS's pattern of writing, with a parallel netCDF: parallel MODE PATH COLLECTIVE(0|1) [again] [fortran]
 *
 * one: every rank is a server and writes its rows of one shared file (hyperslabs with global start and
 *   count).
 * many: every rank is a server and writes a file of its own, whose place stands in global attributes.
 * attached_one, attached_many: every rank is a part of the model, with a tile of rows and columns. It
 *   exchanges edges with its neighbours before each record, and writes its tile by itself.
 * pools: the lower half of the ranks are servers of the first level, which hand their rows to those of
 *   the second level and write nothing. The second level's each write whole fields to a file of their
 *   own, which is opened for parallel access by that rank alone.
 *
 * Each coordinate is written as soon as it is defined, and definition goes on behind it. Then per
 * record: the first field, the times with their bounds, the other field, and one on a part of an
 * axis of which only the first rank has anything; the others write nothing of it, collectively.
 * again: the shared file is opened again, as at a restart: one rank alone rewrites a coordinate that
 *   has many attributes, and all append a record.
 * fortran: files are opened by the calls that netCDF's Fortran library makes. */
#include "errnos.h"
#include "parts.h"

#include <mpi.h>
#include <netcdf.h>
#include <netcdf_par.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(call)                                                         \
    do {                                                                    \
        errno_mark();                                                       \
        int rc_ = (call);                                                   \
        errno_tell(#call);                                                  \
        if (rc_ != NC_NOERR) {                                              \
            fprintf(stderr, "%s: %s\n", #call, nc_strerror(rc_));           \
            MPI_Abort(MPI_COMM_WORLD, 1);                                   \
        }                                                                   \
    } while (0)

enum { RECORDS = 4 };

/* netCDF declares these for its Fortran library alone. */
int nc_create_par_fortran(const char *path, int mode, int comm, int info, int *ncid);
int nc_open_par_fortran(const char *path, int mode, int comm, int info, int *ncid);

static int collective, nc, vt, vu, vp, vtime, vbounds, vcentred, vlat, vlon;
static int vlabel, time_dim, lev_dim, lat_dim, lon_dim;
static bool one_file, attached, pools, fortran, has_t = true, has_u = true;
static MPI_Comm writers = MPI_COMM_WORLD; /* of one file */

static void access_as(int variable, int how)
{
    if (one_file)
        CHECK(nc_var_par_access(nc, variable, how));
}

static void create(const char *name)
{
    const int mode = NC_NETCDF4 | NC_MPIIO;
    if (!one_file)
        CHECK(nc_create(name, NC_NETCDF4, &nc));
    else if (fortran)
        CHECK(nc_create_par_fortran(name, mode, MPI_Comm_c2f(writers), MPI_Info_c2f(MPI_INFO_NULL), &nc));
    else
        CHECK(nc_create_par(name, mode, writers, MPI_INFO_NULL, &nc));
}

static void open_file(const char *path)
{
    char name[4096];
    snprintf(name, sizeof name, one_file && !pools ? "%s" : "%s_%d", path, rank);
    create(name);
    CHECK(nc_def_dim(nc, "time_counter", NC_UNLIMITED, &time_dim));
    CHECK(nc_def_dim(nc, "axis", NLEV, &lev_dim));
    CHECK(nc_def_dim(nc, "lat", one_file ? NLAT : rows, &lat_dim));
    CHECK(nc_def_dim(nc, "lon", one_file ? NLON : columns, &lon_dim));
}

static void write_coordinates(void)
{
    float lat[NLAT], lon[NLON];
    for (int i = 0; i < NLAT; i++)
        lat[i] = (float)(-90 + 10 * (i + (int)first));
    for (int i = 0; i < NLON; i++)
        lon[i] = (float)(10 * (i + (int)left));
    const size_t lat_start = one_file ? first : 0, lon_start = one_file ? left : 0;
    CHECK(nc_def_var(nc, "lat", NC_FLOAT, 1, &lat_dim, &vlat));
    CHECK(nc_def_var(nc, "lon", NC_FLOAT, 1, &lon_dim, &vlon));
    CHECK(nc_enddef(nc));
    access_as(vlat, collective ? NC_COLLECTIVE : NC_INDEPENDENT);
    access_as(vlon, collective ? NC_COLLECTIVE : NC_INDEPENDENT);
    CHECK(nc_put_vara_float(nc, vlat, &lat_start, &rows, lat));
    CHECK(nc_put_vara_float(nc, vlon, &lon_start, &columns, lon));
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

static void describe_place(void)
{
    const int i = (int)left, j = (int)first, size[] = {NLON, NLAT}, part[] = {(int)columns, (int)rows};
    const int corner[] = {i + 1, j + 1}, far_corner[] = {i + (int)columns, j + (int)rows};
    if (attached)
        CHECK(nc_put_att_int(nc, NC_GLOBAL, "ibegin", NC_INT, 1, &i));
    CHECK(nc_put_att_int(nc, NC_GLOBAL, "jbegin", NC_INT, 1, &j));
    if (!one_file) {
        CHECK(nc_put_att_int(nc, NC_GLOBAL, "DOMAIN_number", NC_INT, 1, &rank));
        CHECK(nc_put_att_int(nc, NC_GLOBAL, "DOMAIN_number_total", NC_INT, 1, &ranks));
        CHECK(nc_put_att_int(nc, NC_GLOBAL, "DOMAIN_size_local", NC_INT, 2, part));
        CHECK(nc_put_att_int(nc, NC_GLOBAL, "DOMAIN_position_first", NC_INT, 2, corner));
        CHECK(nc_put_att_int(nc, NC_GLOBAL, "DOMAIN_position_last", NC_INT, 2, far_corner));
        CHECK(nc_put_att_text(nc, NC_GLOBAL, "DOMAIN_type", 3, "box"));
    }
    CHECK(nc_put_att_int(nc, NC_GLOBAL, "DOMAIN_size_global", NC_INT, 2, size));
}

static void define_fields(void)
{
    int bounds;
    CHECK(nc_def_dim(nc, "axis_nbounds", 2, &bounds));
    const int dims[] = {time_dim, lev_dim, lat_dim, lon_dim}, pair[] = {time_dim, bounds};
    if (has_t)
        CHECK(nc_def_var(nc, "T", NC_FLOAT, 4, dims, &vt));
    CHECK(nc_def_var(nc, "time_centered", NC_DOUBLE, 1, &time_dim, &vcentred));
    CHECK(nc_def_var(nc, "time_counter", NC_DOUBLE, 1, &time_dim, &vtime));
    CHECK(nc_def_var(nc, "time_counter_bounds", NC_DOUBLE, 2, pair, &vbounds));
    if (has_u)
        CHECK(nc_def_var(nc, "U", NC_FLOAT, 4, dims, &vu));
    CHECK(nc_def_var(nc, "P", NC_FLOAT, 2, dims, &vp));
    if (has_t)
        CHECK(nc_put_att_text(nc, vt, "online_operation", 7, "average"));
    describe_place();
    CHECK(nc_enddef(nc));
}

static void put_field(int variable, size_t record)
{
    const size_t start[] = {record, 0, one_file ? first : 0, one_file ? left : 0};
    const size_t count[] = {1, NLEV, rows, columns};
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
    const bool mine = pools || rank == 0;
    const size_t start[] = {record, 0}, count[] = {mine, mine ? NLEV : 0};
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
    const int mode = NC_WRITE | NC_MPIIO;
    if (fortran)
        CHECK(nc_open_par_fortran(path, mode, MPI_Comm_c2f(writers), MPI_Info_c2f(MPI_INFO_NULL), &nc));
    else
        CHECK(nc_open_par(path, mode, writers, MPI_INFO_NULL, &nc));
    if (rank == 0)
        CHECK(nc_put_var1_float(nc, vlat, &last, &north));
    MPI_Barrier(MPI_COMM_WORLD); /* whoever asks the others for help before this waits for ever */
    parts_fill(0);
    put_field(vt, RECORDS);
    put_times(RECORDS);
    CHECK(nc_close(nc));
}

static void get_field(double base)
{
    if (pools)
        parts_collect();
    else
        parts_fill(base);
    if (attached)
        parts_exchange_edges();
}

static void serve_first_level(void)
{
    parts_take_rows(rank, ranks / 2);
    for (size_t r = 0; r < RECORDS; r++) {
        parts_hand_over(1e6 * (double)r, ranks / 2);
        parts_hand_over(-1e6 * (double)r, ranks / 2 + 1);
    }
}

static void write_file(const char *path)
{
    open_file(path);
    write_coordinates();
    write_labels();
    define_fields();
    for (size_t r = 0; r < RECORDS; r++) {
        if (has_t) {
            get_field(1e6 * (double)r);
            put_field(vt, r);
        }
        put_times(r);
        if (has_u) {
            get_field(-1e6 * (double)r);
            put_field(vu, r);
        }
        put_part(r);
    }
}

static bool any(int argc, char **argv, const char *word)
{
    bool found = false;
    for (int i = 4; i < argc; i++)
        found = found || strcmp(argv[i], word) == 0;
    return found;
}

static void take_part(const char *mode)
{
    attached = strncmp(mode, "attached", 8) == 0;
    pools = strcmp(mode, "pools") == 0;
    one_file = pools || strstr(mode, "one") != NULL;
    if (attached) {
        parts_take_tile();
    } else if (!pools) {
        parts_take_rows(rank, ranks);
    } else {
        writers = MPI_COMM_SELF;
        has_t = rank == ranks / 2;
        has_u = rank == ranks / 2 + 1;
    }
}

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    if (argc < 4)
        MPI_Abort(MPI_COMM_WORLD, 2);
    errno_of_rank(rank);
    collective = atoi(argv[3]);
    fortran = any(argc, argv, "fortran");
    const bool again = any(argc, argv, "again");
    take_part(argv[1]);
    if (pools && rank < ranks / 2) {
        serve_first_level();
    } else {
        write_file(argv[2]);
        if (again)
            describe_latitude();
        CHECK(nc_close(nc));
        if (again)
            append(argv[2]);
    }
    MPI_Finalize();
    return 0;
}
