/* A plug-in whose every function ends in its call of netCDF, compiled to a jump; see thin_loader.c. */
#include <netcdf.h>

int thin_create(const char *path, int *nc);
int thin_open(const char *path, int *nc);
int thin_define(int nc, int *id);
int thin_end_definition(int nc);
int thin_describe(int nc, int id, const char *text);
int thin_put(int nc, int id, const double *field);
int thin_close(int nc);

int thin_create(const char *path, int *nc)
{
    return nc_create(path, NC_64BIT_OFFSET, nc);
}

int thin_open(const char *path, int *nc)
{
    return nc_open(path, NC_WRITE, nc);
}

int thin_define(int nc, int *id)
{
    int dim, rc = nc_def_dim(nc, "x", 4, &dim);
    return rc ? rc : nc_def_var(nc, "T", NC_DOUBLE, 1, &dim, id);
}

int thin_end_definition(int nc)
{
    return nc_enddef(nc);
}

int thin_describe(int nc, int id, const char *text)
{
    return nc_put_att_text(nc, id, "units", 1, text);
}

int thin_put(int nc, int id, const double *field)
{
    return nc_put_var_double(nc, id, field);
}

int thin_close(int nc)
{
    return nc_close(nc);
}
