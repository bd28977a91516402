!> Output through XIOS, for builds with `make XIOS_DIR=...`: every rank sends its band of latitudes,
!! all levels; what becomes of it stands in iodef.xml (config/xios). The other implementation of this
!! module is no_xios.f90.
module io_server
  use mpi_f08, only: MPI_Comm
  use xios, only: xios_initialize, xios_finalize, xios_context_initialize, xios_context_finalize, &
    xios_context, xios_get_handle, xios_set_current_context, xios_duration, xios_set_timestep, &
    xios_date, xios_get_start_date, xios_set_start_date, operator(+), &
    xios_set_domain_attr, xios_set_axis_attr, xios_close_context_definition, xios_update_calendar, &
    xios_send_field
  use constants, only: dp
  use atmosphere, only: stack
  use communication, only: team, bands, gather_band
  implicit none
  private
  public :: with_xios, join_servers, open_context, send_record, close_context, leave_servers

  logical, parameter :: with_xios = .true.
  character(*), parameter :: name = 'minigcm'

contains

  !> The communicator of the model's own ranks; collective with the servers, after MPI_Init.
  subroutine join_servers(model)
    type(MPI_Comm), intent(out) :: model

    call xios_initialize(name, return_comm=model%mpi_val)
  end subroutine join_servers

  !> Tell XIOS the grid, where the run begins and the time between records, s since the calendar's
  !! start date and s. Collective over the model's ranks.
  subroutine open_context(a, t, start, interval)
    type(stack), intent(in) :: a
    type(team), intent(in) :: t
    real(dp), intent(in) :: start, interval
    type(xios_context) :: context
    type(xios_duration) :: step, done
    type(xios_date) :: first_day
    integer :: south(t%ranks), north(t%ranks), rows, first

    call bands(t, a%grid%nlat, south, north)
    first = south(t%rank + 1)
    rows = north(t%rank + 1) - first + 1
    call xios_context_initialize(name, t%comm%mpi_val)
    call xios_get_handle(name, context)
    call xios_set_current_context(context)
    call xios_set_domain_attr('grid', type='rectilinear', ni_glo=a%grid%nlon, nj_glo=a%grid%nlat, &
                              ibegin=0, ni=a%grid%nlon, jbegin=first - 1, nj=rows, &
                              lonvalue_1d=a%grid%longitude, &
                              latvalue_1d=asin(a%grid%mu(first:first + rows - 1))*180.0_dp/acos(-1.0_dp))
    call xios_set_axis_attr('lev', n_glo=t%levels, value=a%profile%pressure)
    step%second = interval
    call xios_set_timestep(step)
    call xios_get_start_date(first_day)
    done%second = start
    call xios_set_start_date(first_day + done)
    call xios_close_context_definition()
  end subroutine open_context

  !> Record number `record`, from 1: T, u, v (nlon, nlat, levels of this rank). Collective.
  subroutine send_record(t, record, temperature, u, v)
    type(team), intent(in) :: t
    integer, intent(in) :: record
    real(dp), intent(in) :: temperature(:, :, :), u(:, :, :), v(:, :, :)

    call xios_update_calendar(record)
    call send(t, 'T', temperature)
    call send(t, 'u', u)
    call send(t, 'v', v)
  end subroutine send_record

  subroutine send(t, field, values)
    type(team), intent(in) :: t
    character(*), intent(in) :: field
    real(dp), intent(in) :: values(:, :, :)
    real(dp), allocatable :: all(:, :, :), mine(:, :, :)
    integer :: root

    do root = 0, t%ranks - 1
      call gather_band(t, root, root, values, all)
      if (t%rank == root) mine = all
    end do
    call xios_send_field(field, mine)
  end subroutine send

  subroutine close_context()
    call xios_context_finalize()
  end subroutine close_context

  subroutine leave_servers()
    call xios_finalize()
  end subroutine leave_servers
end module io_server
