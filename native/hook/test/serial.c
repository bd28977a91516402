/* Writes a netCDF file the usual way: coordinates first, then records. Arguments: PATH [RECORDS]
 * [classic|netcdf4]. Exits 0 if netCDF reported no error. */
#include <errno.h>
#include <netcdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned errnos; /* what the calls left in errno, in order */

#define CHECK(call)                                                     \
    do {                                                                \
        errno = EXDEV;                                                  \
        int rc_ = (call);                                               \
        errnos = 31 * errnos + (unsigned)errno;                         \
        if (rc_ != NC_NOERR) {                                          \
            fprintf(stderr, "%s: %s\n", #call, nc_strerror(rc_));       \
            exit(1);                                                    \
        }                                                               \
    } while (0)

enum { NLEV = 5, NLAT = 8, NLON = 16 };

int main(int argc, char **argv)
{
    int nc, time, lev, lat, lon, vtime, vlat, vt, vu;
    int records = argc > 2 ? atoi(argv[2]) : 3;
    int mode = argc > 3 && strcmp(argv[3], "netcdf4") == 0 ? NC_NETCDF4 : NC_64BIT_OFFSET;
    CHECK(nc_create(argv[1], mode | NC_CLOBBER, &nc));
    CHECK(nc_def_dim(nc, "time", NC_UNLIMITED, &time));
    CHECK(nc_def_dim(nc, "lev", NLEV, &lev));
    CHECK(nc_def_dim(nc, "lat", NLAT, &lat));
    CHECK(nc_def_dim(nc, "lon", NLON, &lon));
    int dims[4] = {time, lev, lat, lon};
    CHECK(nc_def_var(nc, "time", NC_DOUBLE, 1, &time, &vtime));
    CHECK(nc_put_att_text(nc, vtime, "units", 4, "days"));
    CHECK(nc_def_var(nc, "lat", NC_DOUBLE, 1, &lat, &vlat));
    CHECK(nc_def_var(nc, "T", NC_FLOAT, 4, dims, &vt));
    CHECK(nc_put_att_text(nc, vt, "units", 1, "K"));
    CHECK(nc_put_att_text(nc, NC_GLOBAL, "title", 4, "test"));
    CHECK(nc_put_att_text(nc, NC_GLOBAL, "history", 5, "never"));
    CHECK(nc_def_var(nc, "u", NC_FLOAT, 4, dims, &vu));
    CHECK(nc_enddef(nc));
    double lats[NLAT];
    for (int i = 0; i < NLAT; i++)
        lats[i] = -78.75 + 22.5 * i;
    CHECK(nc_put_var_double(nc, vlat, lats));
    static double field[NLEV * NLAT * NLON];
    for (size_t r = 0; r < (size_t)records; r++) {
        size_t start[4] = {r, 0, 0, 0}, count[4] = {1, NLEV, NLAT, NLON};
        for (int i = 0; i < NLEV * NLAT * NLON; i++)
            field[i] = 300 + (double)r + 0.25 * i;
        CHECK(nc_put_vara_double(nc, vt, start, count, field));
        double now = (double)r;
        CHECK(nc_put_var1_double(nc, vtime, &r, &now));
        CHECK(nc_put_vara_double(nc, vu, start, count, field));
    }
    CHECK(nc_close(nc));
    printf("errno %x\n", errnos);
    return 0;
}
