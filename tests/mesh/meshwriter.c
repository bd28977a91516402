/* A model on an unstructured mesh, its ranks writing one file: mpirun -np N meshwriter FILE RECORDS
 *
 * Cells of about 5 by 5 degrees in rings, fewer towards the poles, numbered across the sphere, with
 * their corners. Every rank writes T, U and V of its own cells, a hyperslab [1, LEVELS, cells], then
 * all write the time, as XIOS's servers do. */
#include <math.h>
#include <mpi.h>
#include <netcdf.h>
#include <netcdf_par.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(call)                                               \
    do {                                                          \
        int rc_ = (call);                                         \
        if (rc_ != NC_NOERR) {                                    \
            fprintf(stderr, "%s: %s\n", #call, nc_strerror(rc_)); \
            MPI_Abort(MPI_COMM_WORLD, 1);                         \
        }                                                         \
    } while (0)

enum { LEVELS = 3, RINGS = 36, CORNERS = 4, MOST = RINGS * 72 };

static const double degree = 3.14159265358979323846 / 180;
static double lat[MOST], lon[MOST], lat_corners[MOST][CORNERS], lon_corners[MOST][CORNERS];
static size_t cells, first, own;
static int nc, vlat, vlon, vlat_corners, vlon_corners, vlev, vtime, fields[3];

/* The cells ring by ring, each put to a place far from its neighbours'. */
static void make_mesh(void)
{
    int in_ring[RINGS];
    for (int ring = 0; ring < RINGS; ring++) {
        in_ring[ring] = (int)fmax(4, round(72 * cos((-87.5 + 5 * ring) * degree)));
        cells += (size_t)in_ring[ring];
    }
    size_t stride = 1009, place = 0; /* a prime that does not divide the number of cells */
    for (int ring = 0; ring < RINGS; ring++)
        for (int i = 0; i < in_ring[ring]; i++, place = (place + stride) % cells) {
            const double south = -90 + 5 * ring, width = 360.0 / in_ring[ring], west = width * i;
            lat[place] = south + 2.5;
            lon[place] = west + width / 2;
            for (int c = 0; c < CORNERS; c++) {
                lat_corners[place][c] = south + (c / 2) * 5;
                lon_corners[place][c] = west + (c == 1 || c == 2 ? width : 0);
            }
        }
}

static int define(const char *name, int n, const int *dims, const char *units, const char *bounds)
{
    int variable;
    CHECK(nc_def_var(nc, name, NC_DOUBLE, n, dims, &variable));
    if (units != NULL)
        CHECK(nc_put_att_text(nc, variable, "units", strlen(units), units));
    if (bounds != NULL)
        CHECK(nc_put_att_text(nc, variable, "bounds", strlen(bounds), bounds));
    return variable;
}

static void define_file(const char *path)
{
    static const char *const names[] = {"T", "U", "V"}, *const units[] = {"K", "m s-1", "m s-1"};
    int time, lev, cell, corner;
    CHECK(nc_create_par(path, NC_NETCDF4 | NC_MPIIO, MPI_COMM_WORLD, MPI_INFO_NULL, &nc));
    CHECK(nc_def_dim(nc, "time", NC_UNLIMITED, &time));
    CHECK(nc_def_dim(nc, "lev", LEVELS, &lev));
    CHECK(nc_def_dim(nc, "cell", cells, &cell));
    CHECK(nc_def_dim(nc, "nvertex", CORNERS, &corner));
    const int corners[] = {cell, corner}, field[] = {time, lev, cell};
    vlat = define("lat", 1, &cell, "degrees_north", "bounds_lat");
    vlon = define("lon", 1, &cell, "degrees_east", "bounds_lon");
    vlat_corners = define("bounds_lat", 2, corners, NULL, NULL);
    vlon_corners = define("bounds_lon", 2, corners, NULL, NULL);
    vlev = define("lev", 1, &lev, "Pa", NULL);
    vtime = define("time", 1, &time, "days since 2000-01-01", NULL);
    for (int f = 0; f < 3; f++) {
        fields[f] = define(names[f], 3, field, units[f], NULL);
        CHECK(nc_put_att_text(nc, fields[f], "coordinates", 7, "lat lon"));
        CHECK(nc_var_par_access(nc, fields[f], NC_COLLECTIVE));
    }
    CHECK(nc_var_par_access(nc, vtime, NC_COLLECTIVE));
    CHECK(nc_enddef(nc));
}

static void write_coordinates(void)
{
    static const double pressures[LEVELS] = {1e3, 1e4, 1e5};
    const size_t start[] = {first, 0}, count[] = {own, CORNERS}, zero = 0, levels = LEVELS;
    CHECK(nc_put_vara_double(nc, vlat, start, count, lat + first));
    CHECK(nc_put_vara_double(nc, vlon, start, count, lon + first));
    CHECK(nc_put_vara_double(nc, vlat_corners, start, count, lat_corners[first]));
    CHECK(nc_put_vara_double(nc, vlon_corners, start, count, lon_corners[first]));
    CHECK(nc_put_vara_double(nc, vlev, &zero, &levels, pressures));
}

/* A hot day side and a jet that drift slowly. */
static double value(int field, int level, size_t cell, double time)
{
    const double phi = lat[cell] * degree, lambda = (lon[cell] - time) * degree;
    if (field == 0)
        return 1200 + 100 * level + 300 * cos(phi) * cos(lambda);
    return field == 1 ? 500 * cos(phi) * cos(phi) : 50 * sin(2 * phi) * cos(lambda);
}

static void write_record(size_t record)
{
    static double values[LEVELS * MOST];
    const double time = (double)record;
    const size_t start[] = {record, 0, first}, count[] = {1, LEVELS, own}, one = 1;
    for (int f = 0; f < 3; f++) {
        for (int level = 0; level < LEVELS; level++)
            for (size_t i = 0; i < own; i++)
                values[(size_t)level * own + i] = value(f, level, first + i, time);
        CHECK(nc_put_vara_double(nc, fields[f], start, count, values));
    }
    CHECK(nc_put_vara_double(nc, vtime, &record, &one, &time));
}

int main(int argc, char **argv)
{
    int rank, ranks;
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    if (argc != 3)
        MPI_Abort(MPI_COMM_WORLD, 2);
    make_mesh();
    first = cells * (size_t)rank / (size_t)ranks;
    own = cells * (size_t)(rank + 1) / (size_t)ranks - first;
    define_file(argv[1]);
    write_coordinates();
    for (size_t record = 0; record < strtoul(argv[2], NULL, 10); record++)
        write_record(record);
    CHECK(nc_close(nc));
    MPI_Finalize();
    return 0;
}
