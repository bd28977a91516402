!> What stands in for xios_output.f90 in a build without XIOS: output_mode 'xios' is refused before
!! any of the rest could be called.
module io_server
  use mpi_f08, only: MPI_Comm, MPI_COMM_WORLD
  use constants, only: dp
  use atmosphere, only: stack
  use communication, only: team
  implicit none
  private
  public :: with_xios, join_servers, open_context, send_record, close_context, leave_servers

  logical, parameter :: with_xios = .false.
  character(*), parameter :: reason = 'minigcm was built without XIOS'

contains

  subroutine join_servers(model)
    type(MPI_Comm), intent(out) :: model

    model = MPI_COMM_WORLD
  end subroutine join_servers

  subroutine open_context(a, t, start, interval)
    type(stack), intent(in) :: a
    type(team), intent(in) :: t
    real(dp), intent(in) :: start, interval

    if (t%levels > 0 .and. start + interval > 0.0_dp .and. a%gh > 0.0_dp) error stop reason
  end subroutine open_context

  subroutine send_record(t, record, temperature, u, v)
    type(team), intent(in) :: t
    integer, intent(in) :: record
    real(dp), intent(in) :: temperature(:, :, :), u(:, :, :), v(:, :, :)

    if (t%levels + record + size(temperature) + size(u) + size(v) > 0) error stop reason
  end subroutine send_record

  subroutine close_context()
  end subroutine close_context

  subroutine leave_servers()
  end subroutine leave_servers
end module io_server
