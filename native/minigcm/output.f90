!> Output in CF netCDF, written as XIOS does: coordinates first, then at every output time the first
!! field, the time, the other fields. `one_file`: rank 0 writes everything. `multiple_file`: every
!! rank writes a band of latitudes into its own file, with the DOMAIN_* attributes of XIOS and NEMO.
!! `xios`: every rank sends its band to XIOS.
module output
  use netcdf, only: nf90_create, nf90_close, nf90_def_dim, nf90_def_var, nf90_put_att, nf90_put_var, &
    nf90_enddef, nf90_sync, nf90_strerror, nf90_noerr, nf90_unlimited, nf90_double, nf90_float, &
    nf90_64bit_offset, nf90_netcdf4, nf90_clobber, nf90_global
  use constants, only: dp, day, path_length
  use settings, only: model_settings
  use atmosphere, only: stack
  use communication, only: team, bands, gather_band
  use io_server, only: open_context, send_record, close_context
  implicit none
  private
  public :: writer, open_output, write_record, close_output

  real(dp), parameter :: fill = 1.0e20_dp

  type :: writer
    logical :: writes = .false.           !< does this rank have a file?
    logical :: parts = .false.            !< multiple_file
    logical :: served = .false.           !< xios
    integer :: file = 0, time = 0, field(3) = 0
    integer :: records = 0
    integer, allocatable :: south(:), north(:)  !< latitude rows of every rank, from 1
    integer :: status = nf90_noerr        !< first error met
  end type writer

contains

  !> Create the file or files of a run that begins at `start`, s, and write their coordinates.
  !! Collective. message is empty on success.
  subroutine open_output(o, s, a, t, start, message)
    type(writer), intent(out) :: o
    type(model_settings), intent(in) :: s
    type(stack), intent(in) :: a
    type(team), intent(in) :: t
    real(dp), intent(in) :: start
    character(*), intent(out) :: message
    character(path_length) :: path
    integer :: mode, r

    message = ''
    o%parts = s%output_mode == 'multiple_file'
    o%served = s%output_mode == 'xios'
    if ((o%parts .or. o%served) .and. t%ranks > a%grid%nlat) then
      message = '&run: output_mode '//trim(s%output_mode)//' needs at least one latitude per rank'
      return
    end if
    if (o%served) then
      call open_context(a, t, start, s%output_hours*3600.0_dp)
      return
    end if
    allocate (o%south(t%ranks), o%north(t%ranks))
    if (o%parts) then
      call bands(t, a%grid%nlat, o%south, o%north)
    else
      o%south = [(1, r=1, t%ranks)]
      o%north = [(a%grid%nlat, r=1, t%ranks)]
    end if
    o%writes = o%parts .or. t%rank == 0
    if (.not. o%writes) return
    path = s%output_file
    if (o%parts) path = part_name(path, t%rank, t%ranks)
    mode = merge(nf90_netcdf4, nf90_64bit_offset, s%output_format == 'netcdf4')
    call note(o, nf90_create(path, ior(nf90_clobber, mode), o%file))
    if (o%status == nf90_noerr) call define(o, s, a, t)
    if (o%status /= nf90_noerr) message = trim(path)//': '//trim(nf90_strerror(o%status))
  end subroutine open_output

  !> name.nc of rank 3 of 16 is name_03.nc.
  function part_name(path, rank, ranks) result(name)
    character(*), intent(in) :: path
    integer, intent(in) :: rank, ranks
    character(path_length) :: name
    character(16) :: number, form
    integer :: dot, digits

    digits = 1
    do while (10**digits < ranks)
      digits = digits + 1
    end do
    write (form, '(a,i0,a,i0,a)') '(a,i', digits, '.', digits, ')'
    write (number, form) '_', rank
    dot = index(path, '.nc', back=.true.)
    if (dot == 0) dot = len_trim(path) + 1
    name = path(:dot - 1)//trim(number)//path(dot:)
  end function part_name

  subroutine define(o, s, a, t)
    type(writer), intent(inout) :: o
    type(model_settings), intent(in) :: s
    type(stack), intent(in) :: a
    type(team), intent(in) :: t
    integer :: lon, lat, lev, time, kind, i, profile(5), axis(3), south, north

    south = o%south(t%rank + 1)
    north = o%north(t%rank + 1)
    call note(o, nf90_def_dim(o%file, 'lon', a%grid%nlon, lon))
    call note(o, nf90_def_dim(o%file, 'lat', north - south + 1, lat))
    call note(o, nf90_def_dim(o%file, 'lev', s%levels, lev))
    call note(o, nf90_def_dim(o%file, 'time', nf90_unlimited, time))
    axis(1) = variable(o, 'lon', [lon], 'longitude', 'longitude', 'degrees_east')
    call note(o, nf90_put_att(o%file, axis(1), 'axis', 'X'))
    axis(2) = variable(o, 'lat', [lat], 'latitude', 'Gaussian latitude', 'degrees_north')
    call note(o, nf90_put_att(o%file, axis(2), 'axis', 'Y'))
    axis(3) = variable(o, 'lev', [lev], 'air_pressure', 'pressure of the layer', 'Pa')
    call note(o, nf90_put_att(o%file, axis(3), 'axis', 'Z'))
    call note(o, nf90_put_att(o%file, axis(3), 'positive', 'down'))
    o%time = variable(o, 'time', [time], 'time', 'time', 'days since 2000-01-01 00:00:00')
    call note(o, nf90_put_att(o%file, o%time, 'axis', 'T'))
    call note(o, nf90_put_att(o%file, o%time, 'calendar', '360_day'))
    profile(1) = variable(o, 'tau_rad', [lev], '', 'radiative time', 's')
    profile(2) = variable(o, 'tau_drag', [lev], '', 'drag time (1e20: none)', 's')
    profile(3) = variable(o, 'contrast', [lev], '', 'contrast of the radiative equilibrium', '1')
    profile(4) = variable(o, 'interior', [lev], '', 'hemispheric difference of interior heating', '1')
    profile(5) = variable(o, 'reference_temperature', [lev], '', 'mean temperature in radiative balance', 'K')
    kind = merge(nf90_double, nf90_float, s%output_type == 'double')
    o%field(1) = variable(o, 'T', [lon, lat, lev, time], 'air_temperature', 'temperature', 'K', kind)
    o%field(2) = variable(o, 'u', [lon, lat, lev, time], 'eastward_wind', 'eastward wind', 'm s-1', kind)
    o%field(3) = variable(o, 'v', [lon, lat, lev, time], 'northward_wind', 'northward wind', 'm s-1', kind)
    do i = 1, 3
      call describe_field(o, o%field(i), s)
    end do
    call describe_run(o, s)
    if (o%parts) call describe_part(o, a, t, south, north, lon, lat)
    call note(o, nf90_enddef(o%file))
    call note(o, nf90_put_var(o%file, axis(1), a%grid%longitude))
    call note(o, nf90_put_var(o%file, axis(2), degrees(a%grid%mu(south:north))))
    call note(o, nf90_put_var(o%file, axis(3), a%profile%pressure))
    call note(o, nf90_put_var(o%file, profile(1), a%profile%tau_rad))
    call note(o, nf90_put_var(o%file, profile(2), a%profile%tau_drag))
    call note(o, nf90_put_var(o%file, profile(3), a%profile%contrast))
    call note(o, nf90_put_var(o%file, profile(4), a%profile%interior))
    call note(o, nf90_put_var(o%file, profile(5), a%profile%reference))
    call note(o, nf90_sync(o%file))
  end subroutine define

  elemental function degrees(mu) result(latitude)
    real(dp), intent(in) :: mu
    real(dp) :: latitude

    latitude = asin(mu)*180.0_dp/acos(-1.0_dp)
  end function degrees

  function variable(o, name, dimensions, standard, long, units, kind) result(id)
    type(writer), intent(inout) :: o
    character(*), intent(in) :: name, standard, long, units
    integer, intent(in) :: dimensions(:)
    integer, intent(in), optional :: kind
    integer :: id, external

    external = nf90_double
    if (present(kind)) external = kind
    call note(o, nf90_def_var(o%file, name, external, dimensions, id))
    if (standard /= '') call note(o, nf90_put_att(o%file, id, 'standard_name', standard))
    call note(o, nf90_put_att(o%file, id, 'long_name', long))
    call note(o, nf90_put_att(o%file, id, 'units', units))
  end function variable

  subroutine describe_field(o, id, s)
    type(writer), intent(inout) :: o
    integer, intent(in) :: id
    type(model_settings), intent(in) :: s
    character(32) :: interval

    write (interval, '(i0,a)') nint(s%output_hours*3600.0_dp), ' s'
    call note(o, nf90_put_att(o%file, id, 'online_operation', 'instant'))
    call note(o, nf90_put_att(o%file, id, 'interval_operation', trim(interval)))
    call note(o, nf90_put_att(o%file, id, 'interval_write', trim(interval)))
    call note(o, nf90_put_att(o%file, id, 'cell_methods', 'time: point'))
    if (s%output_type == 'double') then
      call note(o, nf90_put_att(o%file, id, '_FillValue', fill))
    else
      call note(o, nf90_put_att(o%file, id, '_FillValue', real(fill)))
    end if
  end subroutine describe_field

  subroutine describe_run(o, s)
    type(writer), intent(inout) :: o
    type(model_settings), intent(in) :: s

    call global(o, 'Conventions', 'CF-1.10')
    call global(o, 'title', trim(s%title))
    call global(o, 'source', 'minigcm: stacked shallow water on the sphere, spectral')
    call global(o, 'preset', trim(s%preset))
    call global(o, 'forcing_pattern', trim(s%pattern))
    call note(o, nf90_put_att(o%file, nf90_global, 'truncation', s%truncation))
    call note(o, nf90_put_att(o%file, nf90_global, 'planet_radius', s%radius))
    call note(o, nf90_put_att(o%file, nf90_global, 'rotation_rate', s%rotation))
    call note(o, nf90_put_att(o%file, nf90_global, 'gravity_wave_speed', sqrt(s%gh)))
    call note(o, nf90_put_att(o%file, nf90_global, 'mean_geopotential', s%gh))
    call note(o, nf90_put_att(o%file, nf90_global, 'gas_constant', s%gas_constant))
    call note(o, nf90_put_att(o%file, nf90_global, 'heat_capacity', s%heat_capacity))
    call note(o, nf90_put_att(o%file, nf90_global, 'substellar_longitude', s%substellar_longitude))
    call note(o, nf90_put_att(o%file, nf90_global, 'substellar_latitude', s%substellar_latitude))
  end subroutine describe_run

  subroutine describe_part(o, a, t, south, north, lon, lat)
    type(writer), intent(inout) :: o
    type(stack), intent(in) :: a
    type(team), intent(in) :: t
    integer, intent(in) :: south, north, lon, lat

    call whole(o, 'ibegin', [0])
    call whole(o, 'ni', [a%grid%nlon])
    call whole(o, 'jbegin', [south - 1])
    call whole(o, 'nj', [north - south + 1])
    call whole(o, 'DOMAIN_number_total', [t%ranks])
    call whole(o, 'DOMAIN_number', [t%rank])
    call whole(o, 'DOMAIN_dimensions_ids', [lon, lat])
    call whole(o, 'DOMAIN_size_global', [a%grid%nlon, a%grid%nlat])
    call whole(o, 'DOMAIN_size_local', [a%grid%nlon, north - south + 1])
    call whole(o, 'DOMAIN_position_first', [1, south])
    call whole(o, 'DOMAIN_position_last', [a%grid%nlon, north])
    call whole(o, 'DOMAIN_halo_size_start', [0, 0])
    call whole(o, 'DOMAIN_halo_size_end', [0, 0])
    call global(o, 'DOMAIN_type', 'box')
  end subroutine describe_part

  subroutine global(o, name, text)
    type(writer), intent(inout) :: o
    character(*), intent(in) :: name, text

    call note(o, nf90_put_att(o%file, nf90_global, name, text))
  end subroutine global

  subroutine whole(o, name, values)
    type(writer), intent(inout) :: o
    character(*), intent(in) :: name
    integer, intent(in) :: values(:)

    call note(o, nf90_put_att(o%file, nf90_global, name, values))
  end subroutine whole

  !> Write one record of T, u, v (nlon, nlat, levels of this rank) at `seconds` since the epoch.
  !! Collective. message is empty on success.
  subroutine write_record(o, t, seconds, temperature, u, v, message)
    type(writer), intent(inout) :: o
    type(team), intent(in) :: t
    real(dp), intent(in) :: seconds
    real(dp), intent(in) :: temperature(:, :, :), u(:, :, :), v(:, :, :)
    character(*), intent(out) :: message

    message = ''
    o%records = o%records + 1
    if (o%served) then
      call send_record(t, o%records, temperature, u, v)
      return
    end if
    call write_field(o, t, o%field(1), temperature)
    if (o%writes) call note(o, nf90_put_var(o%file, o%time, seconds/day, [o%records]))
    call write_field(o, t, o%field(2), u)
    call write_field(o, t, o%field(3), v)
    if (o%writes) call note(o, nf90_sync(o%file))
    if (o%status /= nf90_noerr) message = 'output: '//trim(nf90_strerror(o%status))
  end subroutine write_record

  subroutine write_field(o, t, id, values)
    type(writer), intent(inout) :: o
    type(team), intent(in) :: t
    integer, intent(in) :: id
    real(dp), intent(in) :: values(:, :, :)
    real(dp), allocatable :: all(:, :, :)
    integer :: root

    do root = 0, merge(t%ranks - 1, 0, o%parts)
      call gather_band(t, root, merge(root, -1, o%parts), values, all)
      if (t%rank /= root) cycle
      call note(o, nf90_put_var(o%file, id, all, start=[1, 1, 1, o%records], &
                                count=[size(all, 1), size(all, 2), size(all, 3), 1]))
    end do
  end subroutine write_field

  subroutine close_output(o)
    type(writer), intent(inout) :: o

    if (o%served) call close_context()
    if (o%writes) call note(o, nf90_close(o%file))
    o%served = .false.
    o%writes = .false.
  end subroutine close_output

  subroutine note(o, status)
    type(writer), intent(inout) :: o
    integer, intent(in) :: status

    if (o%status == nf90_noerr) o%status = status
  end subroutine note
end module output
