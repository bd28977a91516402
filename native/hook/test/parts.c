#include "parts.h"

#include <mpi.h>

int rank, ranks;
size_t first, rows = NLAT, left, columns = NLON;
double field[NLEV * NLAT * NLON];

void parts_fill(double base)
{
    for (size_t l = 0, k = 0; l < NLEV; l++)
        for (size_t j = 0; j < rows; j++)
            for (size_t i = 0; i < columns; i++)
                field[k++] = base + 100000.0 * (double)l + 100.0 * (double)(first + j) + (double)(left + i);
}

static size_t share(size_t whole, int part, int parts)
{
    return whole * (size_t)part / (size_t)parts;
}

void parts_take_rows(int part, int parts)
{
    first = share(NLAT, part, parts);
    rows = share(NLAT, part + 1, parts) - first;
}

void parts_take_tile(void)
{
    parts_take_rows(rank / 2, ranks / 2);
    left = share(NLON, rank % 2, 2);
    columns = share(NLON, rank % 2 + 1, 2) - left;
}

void parts_exchange_edges(void)
{
    double mine = field[0], theirs;
    MPI_Sendrecv(&mine, 1, MPI_DOUBLE, (rank + 1) % ranks, 1, &theirs, 1, MPI_DOUBLE,
                 (rank + ranks - 1) % ranks, 1, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
}

void parts_hand_over(double base, int owner)
{
    parts_fill(base);
    for (size_t l = 0; l < NLEV; l++)
        MPI_Send(field + l * rows * NLON, (int)(rows * NLON), MPI_DOUBLE, owner, 0, MPI_COMM_WORLD);
}

void parts_collect(void)
{
    for (int s = 0; s < ranks / 2; s++) {
        size_t from = share(NLAT, s, ranks / 2), to = share(NLAT, s + 1, ranks / 2);
        for (size_t l = 0; l < NLEV; l++)
            MPI_Recv(field + (l * NLAT + from) * NLON, (int)((to - from) * NLON), MPI_DOUBLE, s, 0,
                     MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    }
}
