!> Waiting for the wall clock, so that a small model can be watched at the speed of a large one.
module pacing
  use, intrinsic :: iso_c_binding, only: c_int
  use mpi_f08, only: MPI_Wtime
  use constants, only: dp
  implicit none
  private
  public :: wait_until

  interface
    function usleep(microseconds) bind(c, name='usleep') result(status)
      import :: c_int
      integer(c_int), value :: microseconds
      integer(c_int) :: status
    end function usleep
  end interface

contains

  !> Return when MPI_Wtime() has reached `moment`; at once if it is past.
  subroutine wait_until(moment)
    real(dp), intent(in) :: moment
    real(dp) :: left
    integer(c_int) :: status

    status = 0
    do while (status == 0)
      left = moment - MPI_Wtime()
      if (left <= 1.0e-3_dp) exit
      status = usleep(int(min(left, 0.5_dp)*1.0e6_dp, c_int))
    end do
  end subroutine wait_until
end module pacing
