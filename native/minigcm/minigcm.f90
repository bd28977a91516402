!> minigcm: mpirun -np N minigcm [NAMELIST]. See docs/MINIGCM.md.
!! minigcm --planet [NAMELIST] runs nothing and prints the planet as Plateau's settings want it.
!!
!! Exit codes: 0 finished or stopped on request, 2 settings that cannot be used, 3 run-time failure.
program minigcm
  use, intrinsic :: iso_fortran_env, only: output_unit, error_unit
  use mpi_f08, only: MPI_Init, MPI_Finalize, MPI_Abort, MPI_Comm, MPI_COMM_WORLD, MPI_Wtime
  use constants, only: dp, day, message_length, path_length
  use settings, only: model_settings, read_settings
  use communication, only: team, make_team, from_root, any_rank
  use atmosphere, only: stack, make_stack, advance, sample
  use output, only: writer, open_output, write_record, close_output
  use restart, only: write_restart, read_restart
  use io_server, only: with_xios, join_servers, leave_servers
  use pacing, only: wait_until
  use plateau, only: plateau_stop_requested
  implicit none

  type(model_settings) :: choice
  type(team) :: crew
  type(MPI_Comm) :: model
  type(stack) :: air
  type(writer) :: files
  character(path_length) :: path
  character(message_length) :: message
  real(dp), allocatable, dimension(:, :, :) :: temperature, u, v
  real(dp) :: start, seconds, interval, began, fastest
  integer :: record, records, code
  logical :: ok, stopping, served

  path = argument(1, 'minigcm.nml')
  if (path == '--planet') call print_planet(argument(2, 'minigcm.nml'))
  call MPI_Init()
  call read_settings(trim(path), choice, ok, message)
  served = ok .and. choice%output_mode == 'xios'
  if (served .and. .not. with_xios) then
    ok = .false.
    message = '&run: output_mode xios needs a minigcm built with make -C native/minigcm XIOS_DIR=...'
  end if
  served = served .and. ok
  model = MPI_COMM_WORLD
  if (served) call join_servers(model)
  call make_team(crew, model, choice%levels)
  if (ok) call make_stack(air, choice, crew, ok, message)
  start = 0.0_dp
  if (ok .and. choice%restart_in /= '') then
    call read_restart(choice, air, start, message)
    ok = message == ''
  end if
  if (any_rank(crew, .not. ok)) then
    if (.not. ok) call complain(message)
    code = 2
    if (served) call MPI_Abort(MPI_COMM_WORLD, code)   ! the servers wait for ever otherwise
    call MPI_Finalize()
    stop 2, quiet=.true.
  end if

  interval = nint(choice%output_hours*3600.0_dp)
  records = floor(choice%days*day/interval + 1.0e-9_dp)
  call open_output(files, choice, air, crew, start, message)
  if (any_rank(crew, message /= '')) call fail(message)
  allocate (temperature(air%grid%nlon, air%grid%nlat, size(air%layers)))
  allocate (u, v, mold=temperature)
  began = MPI_Wtime()
  stopping = .false.
  seconds = start
  do record = 1, records
    call advance(air, interval, ok, message)
    if (any_rank(crew, .not. ok)) call fail(message)
    seconds = start + record*interval
    call sample(air, temperature, u, v)
    call write_record(files, crew, seconds, temperature, u, v, message)
    if (any_rank(crew, message /= '')) call fail(message)
    if (.not. choice%quiet) call report()
    if (crew%rank == 0) call wait_until(began + record*choice%pace_seconds)
    if (choice%plateau) stopping = from_root(crew, asked_to_stop())
    if (stopping) exit
  end do
  call close_output(files)
  call write_restart(choice, air, crew, seconds, message)
  if (any_rank(crew, message /= '')) call fail(message)
  if (crew%rank == 0) then
    if (stopping) write (output_unit, '(a,f0.3)') 'minigcm: stopped on request at day ', seconds/day
    write (output_unit, '(a,f0.3,a,f0.2,a)') 'minigcm: day ', seconds/day, ' reached in ', &
      MPI_Wtime() - began, ' s'
  end if
  if (served) call leave_servers()
  call MPI_Finalize()

contains

  function argument(number, otherwise) result(text)
    integer, intent(in) :: number
    character(*), intent(in) :: otherwise
    character(path_length) :: text

    text = otherwise
    if (command_argument_count() >= number) call get_command_argument(number, text)
  end function argument

  !> The section `planet` of Plateau's settings (config/plateau.yaml) for this namelist; ends here.
  subroutine print_planet(namelist)
    character(*), intent(in) :: namelist

    call read_settings(trim(namelist), choice, ok, message)
    if (.not. ok) then
      write (error_unit, '(a)') 'minigcm: '//trim(message)
      stop 2, quiet=.true.
    end if
    write (output_unit, '(a)') 'planet:'
    write (output_unit, '(a,es12.5,a)') '  radius:', choice%radius, ' m'
    write (output_unit, '(a,es12.5,a)') '  rotation:', choice%rotation, ' /s'
    write (output_unit, '(a,es12.5,a)') '  waveSpeed:', sqrt(choice%gh), ' m/s'
    write (output_unit, '(a,es12.5)') '  gasConstant:', choice%gas_constant
    write (output_unit, '(a,es12.5)') '  heatCapacity:', choice%heat_capacity
    write (output_unit, '(a,f8.3,a)') '  substellarLongitude:', choice%substellar_longitude, ' deg'
    stop 0, quiet=.true.
  end subroutine print_planet

  logical function asked_to_stop() result(asked)
    asked = .false.
    if (crew%rank == 0) asked = plateau_stop_requested()
  end function asked_to_stop

  !> One line per output: the day, the fastest wind of rank 0's layers and the shortest step.
  subroutine report()
    if (crew%rank /= 0 .or. size(air%layers) == 0) return
    fastest = sqrt(maxval(u**2 + v**2))
    write (output_unit, '(a,f10.3,a,f8.1,a,f7.1,a)') 'day', seconds/day, '   fastest wind', fastest, &
      ' m/s   shortest step', minval(air%layers%last_step), ' s'
  end subroutine report

  subroutine complain(text)
    character(*), intent(in) :: text

    if (crew%rank == 0 .or. text /= '') write (error_unit, '(a)') 'minigcm: '//trim(text)
  end subroutine complain

  subroutine fail(text)
    character(*), intent(in) :: text

    if (text /= '') call complain(text)
    code = 3
    call MPI_Abort(MPI_COMM_WORLD, code)
  end subroutine fail
end program minigcm
