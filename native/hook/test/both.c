/* Two netCDF libraries in one process: this half is linked against the parallel one and the Fortran
 * half against the serial one. Prints which objects the C calls reach. */
#define _GNU_SOURCE
#include "errnos.h"

#include <mpi.h>
#include <netcdf.h>
#include <netcdf_par.h>
#include <stdio.h>

void write_fortran(int *rc);

int main(int argc, char **argv)
{
    MPI_Init(&argc, &argv);
    int nc = -1, dim, id, rc, fortran;
    errno_mark();
    rc = nc_create_par("c.nc", NC_NETCDF4 | NC_MPIIO, MPI_COMM_WORLD, MPI_INFO_NULL, &nc);
    errno_tell("create_par");
    printf("parallel create %d\n", rc);
    if (rc != 0)
        rc = nc_create("c.nc", NC_64BIT_OFFSET, &nc);
    const double field[4] = {1, 2, 3, 4};
    const size_t start = 0, count = 4;
    nc_def_dim(nc, "x", 4, &dim);
    nc_def_var(nc, "from_c", NC_DOUBLE, 1, &dim, &id);
    nc_enddef(nc);
    errno_mark();
    const int put = nc_put_vara_double(nc, id, &start, &count, field);
    errno_tell("put");
    const int closed = nc_close(nc);
    errno_tell("close");
    printf("put %d\nclose %d\n", put, closed);
    errno_mark();
    write_fortran(&fortran);
    printf("fortran %d\n", fortran);
    MPI_Finalize();
    return rc != 0 || fortran != 0;
}
