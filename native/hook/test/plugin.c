/* A plug-in that writes netCDF, loaded into a program without netCDF by loader.c. */
#include <netcdf.h>

int plugin_open(const char *path, int *nc, int *id);
int plugin_put(int nc, int id);
int plugin_close(int nc);

int plugin_open(const char *path, int *nc, int *id)
{
    int dim, rc = nc_create(path, NC_64BIT_OFFSET, nc);
    rc = rc ? rc : nc_def_dim(*nc, "x", 4, &dim);
    rc = rc ? rc : nc_def_var(*nc, "T", NC_DOUBLE, 1, &dim, id);
    return rc ? rc : nc_enddef(*nc);
}

int plugin_put(int nc, int id)
{
    static const double field[4] = {1, 2, 3, 4};
    return nc_put_var_double(nc, id, field); /* compiled to a jump */
}

int plugin_close(int nc)
{
    return nc_close(nc);
}
