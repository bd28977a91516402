/* A netCDF of which several can be told apart by what they say, and not by versions of their symbols:
 * compiled with NUMBER. */
#include <stdio.h>

int nc_create(const char *path, int mode, int *nc);
int nc_def_dim(int nc, const char *name, unsigned long length, int *id);
int nc_def_var(int nc, const char *name, int type, int rank, const int *dims, int *id);
int nc_enddef(int nc);
int nc_put_var_double(int nc, int id, const double *data);
int nc_close(int nc);
int nc_inq_var(int nc, int id, char *name, int *type, int *rank, int *dims, int *attributes);

static int say(const char *call)
{
    printf("%s of %d\n", call, NUMBER);
    return 0;
}

int nc_create(const char *path, int mode, int *nc)
{
    (void)path;
    (void)mode;
    *nc = 1;
    return say("create");
}

int nc_def_dim(int nc, const char *name, unsigned long length, int *id)
{
    (void)nc;
    (void)name;
    (void)length;
    *id = 0;
    return 0;
}

int nc_def_var(int nc, const char *name, int type, int rank, const int *dims, int *id)
{
    (void)nc;
    (void)name;
    (void)type;
    (void)rank;
    (void)dims;
    *id = 0;
    return 0;
}

int nc_enddef(int nc)
{
    (void)nc;
    return say("end of definition");
}

int nc_put_var_double(int nc, int id, const double *data)
{
    (void)nc;
    (void)id;
    (void)data;
    return say("put");
}

int nc_close(int nc)
{
    (void)nc;
    return say("close");
}

int nc_inq_var(int nc, int id, char *name, int *type, int *rank, int *dims, int *attributes)
{
    (void)nc;
    (void)id;
    (void)name;
    (void)type;
    (void)rank;
    (void)dims;
    (void)attributes;
    return -49;
}
