!> Levels dealt to MPI ranks like cards: level k belongs to rank mod(k - 1, ranks). Layers do not
!! interact, so communication is output only.
module communication
  use mpi_f08, only: MPI_Comm, MPI_Gatherv, MPI_DOUBLE_PRECISION, MPI_Comm_rank, MPI_Comm_size, &
    MPI_Bcast, MPI_LOGICAL, MPI_Allreduce, MPI_IN_PLACE, MPI_LOR
  use constants, only: dp
  implicit none
  private
  public :: team, make_team, gather_levels, gather_band, bands, any_rank, from_root

  type :: team
    type(MPI_Comm) :: comm
    integer :: rank = 0, ranks = 1
    integer :: levels = 0                 !< of the whole model
    integer, allocatable :: mine(:)       !< levels of this rank, rising
  end type team

contains

  subroutine make_team(t, comm, levels)
    type(team), intent(out) :: t
    type(MPI_Comm), intent(in) :: comm
    integer, intent(in) :: levels
    integer :: k

    t%comm = comm
    t%levels = levels
    call MPI_Comm_rank(comm, t%rank)
    call MPI_Comm_size(comm, t%ranks)
    t%mine = pack([(k, k=1, levels)], [(mod(k - 1, t%ranks) == t%rank, k=1, levels)])
  end subroutine make_team

  !> Bring the columns of all ranks, one per level, to rank root in the order of levels. Collective;
  !! `all` (size of a column, levels) is touched on root only.
  subroutine gather_levels(t, root, mine, all)
    type(team), intent(in) :: t
    integer, intent(in) :: root
    real(dp), intent(in), contiguous :: mine(:, :)
    real(dp), intent(inout), contiguous :: all(:, :)
    real(dp), allocatable :: dealt(:, :)
    integer :: counts(t%ranks), starts(t%ranks), r, k, column

    do r = 1, t%ranks
      counts(r) = size(mine, 1)*((t%levels - r + t%ranks)/t%ranks)
    end do
    starts(1) = 0
    do r = 2, t%ranks
      starts(r) = starts(r - 1) + counts(r - 1)
    end do
    allocate (dealt(size(mine, 1), merge(t%levels, 0, t%rank == root)))
    call MPI_Gatherv(mine, size(mine), MPI_DOUBLE_PRECISION, dealt, counts, starts, &
                     MPI_DOUBLE_PRECISION, root, t%comm)
    if (t%rank /= root) return
    column = 0
    do r = 1, t%ranks
      do k = r, t%levels, t%ranks
        column = column + 1
        all(:, k) = dealt(:, column)
      end do
    end do
  end subroutine gather_levels

  !> The latitude rows of every rank where each has a band of its own, from 1.
  pure subroutine bands(t, nlat, south, north)
    type(team), intent(in) :: t
    integer, intent(in) :: nlat
    integer, intent(out) :: south(:), north(:)
    integer :: r

    south = [(nlat*r/t%ranks + 1, r=0, t%ranks - 1)]
    north = [(nlat*(r + 1)/t%ranks, r=0, t%ranks - 1)]
  end subroutine bands

  !> Bring the band of latitudes of rank `band` (all of them if negative), all levels, from every
  !! rank's own levels (nlon, nlat, levels of this rank) to rank root. Collective; `all` is touched
  !! on root only.
  subroutine gather_band(t, root, band, values, all)
    type(team), intent(in) :: t
    integer, intent(in) :: root, band
    real(dp), intent(in) :: values(:, :, :)
    real(dp), allocatable, intent(inout) :: all(:, :, :)
    real(dp), allocatable :: mine(:, :), columns(:, :)
    integer :: south(t%ranks), north(t%ranks), nlon, first, rows

    nlon = size(values, 1)
    first = 1
    rows = size(values, 2)
    if (band >= 0) then
      call bands(t, size(values, 2), south, north)
      first = south(band + 1)
      rows = north(band + 1) - first + 1
    end if
    mine = reshape(values(:, first:first + rows - 1, :), [nlon*rows, size(values, 3)])
    allocate (columns(nlon*rows, merge(t%levels, 0, t%rank == root)))
    call gather_levels(t, root, mine, columns)
    if (t%rank == root) all = reshape(columns, [nlon, rows, t%levels])
  end subroutine gather_band

  !> True on every rank if it is on any.
  logical function any_rank(t, mine) result(answer)
    type(team), intent(in) :: t
    logical, intent(in) :: mine

    answer = mine
    call MPI_Allreduce(MPI_IN_PLACE, answer, 1, MPI_LOGICAL, MPI_LOR, t%comm)
  end function any_rank

  !> What rank 0 says.
  logical function from_root(t, mine) result(answer)
    type(team), intent(in) :: t
    logical, intent(in) :: mine

    answer = mine
    call MPI_Bcast(answer, 1, MPI_LOGICAL, 0, t%comm)
  end function from_root
end module communication
