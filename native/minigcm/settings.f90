!> What the namelist file says, checked. Units are in the names where they are not SI.
module settings
  use constants, only: dp, bar, message_length, path_length
  use profiles, only: table_length, table_ordered, unset
  implicit none
  private
  public :: model_settings, read_settings

  type :: model_settings
    ! &run
    real(dp) :: days = 10.0_dp                 !< length of the run, days of 86400 s
    real(dp) :: output_hours = 6.0_dp          !< between outputs
    character(path_length) :: output_file = 'minigcm.nc'
    character(16) :: output_mode = 'one_file'  !< or multiple_file, xios
    character(16) :: output_type = 'float'     !< or double: on-disk type of T, u, v
    character(16) :: output_format = 'classic' !< or netcdf4
    character(path_length) :: restart_in = ''
    character(path_length) :: restart_out = 'minigcm_restart.nc'
    logical :: plateau = .false.               !< ask at every output whether to stop
    real(dp) :: pace_seconds = 0.0_dp          !< least wall time between outputs
    character(160) :: title = 'minigcm'
    logical :: quiet = .false.
    ! &grid
    integer :: truncation = 21
    integer :: nlat = 0                        !< 0: the smallest for quadratic products
    integer :: levels = 12
    real(dp) :: top_bar = 1.0e-3_dp, bottom_bar = 100.0_dp
    ! &planet
    character(32) :: preset = 'custom'
    real(dp) :: radius = 9.44e7_dp             !< m
    real(dp) :: rotation = 2.06e-5_dp          !< s-1
    real(dp) :: gh = 4.0e6_dp                  !< m2 s-2, mean geopotential of a layer
    real(dp) :: gas_constant = 4593.0_dp       !< J kg-1 K-1
    real(dp) :: heat_capacity = 14308.4_dp     !< J kg-1 K-1
    real(dp) :: substellar_longitude = 0.0_dp  !< degrees east
    real(dp) :: substellar_latitude = 0.0_dp   !< degrees north
    ! &forcing
    character(16) :: pattern = 'locked'        !< or zonal, none
    logical :: radiative_time_fit = .false.    !< the 3-D fit instead of the table
    real(dp) :: tau_rad_factor = 1.0_dp
    real(dp) :: tau_rad_min_days = 0.0_dp, tau_rad_max_days = 1.0e6_dp
    real(dp) :: tau_rad_bar(table_length) = unset, tau_rad_days(table_length) = unset
    real(dp) :: tau_drag_bar(table_length) = unset, tau_drag_days(table_length) = unset
    real(dp) :: contrast_bar(table_length) = unset, contrast(table_length) = unset
    real(dp) :: interior_bar(table_length) = unset, interior(table_length) = unset
    real(dp) :: jet_bar(table_length) = unset, jet(table_length) = unset   !< m s-1
    real(dp) :: jet_width = 25.0_dp            !< degrees of latitude
    logical :: exchange = .true.
    real(dp) :: perturbation = 1.0e-3_dp       !< of the initial geopotential, fraction of gh
    real(dp) :: initial_balance = 1.0_dp       !< 1: start with the mean of radiative equilibrium, 0: gh
    ! &temperature
    real(dp) :: irradiation = 2000.0_dp        !< K
    real(dp) :: intrinsic = 300.0_dp           !< K
    real(dp) :: redistribution = 0.25_dp
    real(dp) :: opacity_ratio = 0.4_dp
    real(dp) :: photosphere_bar = 0.3_dp
    real(dp) :: inversion = 0.0_dp             !< K, height of a warm layer
    real(dp) :: inversion_bar = 0.05_dp, inversion_decades = 0.5_dp
    real(dp) :: kelvin_bar(table_length) = unset, kelvin(table_length) = unset
    ! &numerics
    real(dp) :: courant = 0.85_dp
    real(dp) :: step_seconds = 0.0_dp          !< 0: from the Courant number
    real(dp) :: damping_rate = 3.0e-5_dp       !< s-1 at the truncation
    integer :: damping_order = 3
  end type model_settings

contains

  !> Read the namelist file. ok is false with a one-line message if it cannot be used.
  subroutine read_settings(path, s, ok, message)
    character(*), intent(in) :: path
    type(model_settings), intent(out) :: s
    logical, intent(out) :: ok
    character(*), intent(out) :: message
    integer :: unit, status
    character(message_length) :: why

    ok = .false.
    open (newunit=unit, file=path, status='old', action='read', iostat=status, iomsg=why)
    if (status /= 0) then
      message = trim(path)//': cannot be read: '//trim(why)
      return
    end if
    call read_run(unit, s, status, why)
    if (status == 0) call read_grid(unit, s, status, why)
    if (status == 0) call read_planet(unit, s, status, why)
    if (status == 0) call read_forcing(unit, s, status, why)
    if (status == 0) call read_temperature(unit, s, status, why)
    if (status == 0) call read_numerics(unit, s, status, why)
    close (unit)
    if (status /= 0) then
      message = trim(path)//': '//trim(why)
      return
    end if
    if (s%nlat == 0) s%nlat = smallest_grid(s%truncation)
    call check(s, ok, why)
    if (.not. ok) message = trim(path)//': '//trim(why)
  end subroutine read_settings

  subroutine read_run(unit, s, status, why)
    integer, intent(in) :: unit
    type(model_settings), intent(inout) :: s
    integer, intent(out) :: status
    character(*), intent(out) :: why
    real(dp) :: days, output_hours, pace_seconds
    character(path_length) :: output_file, restart_in, restart_out
    character(16) :: output_mode, output_type, output_format
    character(160) :: title
    logical :: plateau, quiet
    namelist /run/ days, output_hours, pace_seconds, output_file, restart_in, restart_out, &
      output_mode, output_type, output_format, title, plateau, quiet

    days = s%days; output_hours = s%output_hours; pace_seconds = s%pace_seconds
    output_file = s%output_file; restart_in = s%restart_in; restart_out = s%restart_out
    output_mode = s%output_mode; output_type = s%output_type; output_format = s%output_format
    title = s%title; plateau = s%plateau; quiet = s%quiet
    rewind (unit)
    read (unit, nml=run, iostat=status, iomsg=why)
    call judge('run', status, why)
    s%days = days; s%output_hours = output_hours; s%pace_seconds = pace_seconds
    s%output_file = output_file; s%restart_in = restart_in; s%restart_out = restart_out
    s%output_mode = output_mode; s%output_type = output_type; s%output_format = output_format
    s%title = title; s%plateau = plateau; s%quiet = quiet
  end subroutine read_run

  subroutine read_grid(unit, s, status, why)
    integer, intent(in) :: unit
    type(model_settings), intent(inout) :: s
    integer, intent(out) :: status
    character(*), intent(out) :: why
    integer :: truncation, nlat, levels
    real(dp) :: top_bar, bottom_bar
    namelist /grid/ truncation, nlat, levels, top_bar, bottom_bar

    truncation = s%truncation; nlat = s%nlat; levels = s%levels
    top_bar = s%top_bar; bottom_bar = s%bottom_bar
    rewind (unit)
    read (unit, nml=grid, iostat=status, iomsg=why)
    call judge('grid', status, why)
    s%truncation = truncation; s%nlat = nlat; s%levels = levels
    s%top_bar = top_bar; s%bottom_bar = bottom_bar
  end subroutine read_grid

  subroutine read_planet(unit, s, status, why)
    integer, intent(in) :: unit
    type(model_settings), intent(inout) :: s
    integer, intent(out) :: status
    character(*), intent(out) :: why
    character(32) :: preset
    real(dp) :: radius, rotation, gh, gas_constant, heat_capacity
    real(dp) :: substellar_longitude, substellar_latitude
    namelist /planet/ preset, radius, rotation, gh, gas_constant, heat_capacity, &
      substellar_longitude, substellar_latitude

    preset = s%preset; radius = s%radius; rotation = s%rotation; gh = s%gh
    gas_constant = s%gas_constant; heat_capacity = s%heat_capacity
    substellar_longitude = s%substellar_longitude; substellar_latitude = s%substellar_latitude
    rewind (unit)
    read (unit, nml=planet, iostat=status, iomsg=why)
    call judge('planet', status, why)
    s%preset = preset; s%radius = radius; s%rotation = rotation; s%gh = gh
    s%gas_constant = gas_constant; s%heat_capacity = heat_capacity
    s%substellar_longitude = substellar_longitude; s%substellar_latitude = substellar_latitude
  end subroutine read_planet

  subroutine read_forcing(unit, s, status, why)
    integer, intent(in) :: unit
    type(model_settings), intent(inout) :: s
    integer, intent(out) :: status
    character(*), intent(out) :: why
    character(16) :: pattern
    logical :: radiative_time_fit, exchange
    real(dp) :: tau_rad_factor, tau_rad_min_days, tau_rad_max_days, perturbation, &
      initial_balance
    real(dp), dimension(table_length) :: tau_rad_bar, tau_rad_days, tau_drag_bar, tau_drag_days, &
      contrast_bar, contrast, interior_bar, interior, jet_bar, jet
    real(dp) :: jet_width
    namelist /forcing/ pattern, radiative_time_fit, exchange, tau_rad_factor, tau_rad_min_days, &
      tau_rad_max_days, perturbation, initial_balance, tau_rad_bar, tau_rad_days, tau_drag_bar, tau_drag_days, &
      contrast_bar, contrast, interior_bar, interior, jet_bar, jet, jet_width

    pattern = s%pattern; radiative_time_fit = s%radiative_time_fit; exchange = s%exchange
    tau_rad_factor = s%tau_rad_factor; perturbation = s%perturbation
    initial_balance = s%initial_balance
    tau_rad_min_days = s%tau_rad_min_days; tau_rad_max_days = s%tau_rad_max_days
    tau_rad_bar = unset; tau_rad_days = unset; tau_drag_bar = unset; tau_drag_days = unset
    contrast_bar = unset; contrast = unset; interior_bar = unset; interior = unset; jet_bar = unset; jet = unset
    jet_width = s%jet_width
    rewind (unit)
    read (unit, nml=forcing, iostat=status, iomsg=why)
    call judge('forcing', status, why)
    s%pattern = pattern; s%radiative_time_fit = radiative_time_fit; s%exchange = exchange
    s%tau_rad_factor = tau_rad_factor; s%perturbation = perturbation
    s%initial_balance = initial_balance
    s%tau_rad_min_days = tau_rad_min_days; s%tau_rad_max_days = tau_rad_max_days
    s%tau_rad_bar = tau_rad_bar; s%tau_rad_days = tau_rad_days
    s%tau_drag_bar = tau_drag_bar; s%tau_drag_days = tau_drag_days
    s%contrast_bar = contrast_bar; s%contrast = contrast
    s%interior_bar = interior_bar; s%interior = interior
    s%jet_bar = jet_bar; s%jet = jet; s%jet_width = jet_width
  end subroutine read_forcing

  subroutine read_temperature(unit, s, status, why)
    integer, intent(in) :: unit
    type(model_settings), intent(inout) :: s
    integer, intent(out) :: status
    character(*), intent(out) :: why
    real(dp) :: irradiation, intrinsic, redistribution, opacity_ratio, photosphere_bar
    real(dp) :: inversion, inversion_bar, inversion_decades
    real(dp), dimension(table_length) :: kelvin_bar, kelvin
    namelist /temperature/ irradiation, intrinsic, redistribution, opacity_ratio, photosphere_bar, &
      inversion, inversion_bar, inversion_decades, kelvin_bar, kelvin

    irradiation = s%irradiation; intrinsic = s%intrinsic; redistribution = s%redistribution
    opacity_ratio = s%opacity_ratio; photosphere_bar = s%photosphere_bar
    inversion = s%inversion; inversion_bar = s%inversion_bar
    inversion_decades = s%inversion_decades
    kelvin_bar = unset; kelvin = unset
    rewind (unit)
    read (unit, nml=temperature, iostat=status, iomsg=why)
    call judge('temperature', status, why)
    s%irradiation = irradiation; s%intrinsic = intrinsic; s%redistribution = redistribution
    s%opacity_ratio = opacity_ratio; s%photosphere_bar = photosphere_bar
    s%inversion = inversion; s%inversion_bar = inversion_bar
    s%inversion_decades = inversion_decades
    s%kelvin_bar = kelvin_bar; s%kelvin = kelvin
  end subroutine read_temperature

  subroutine read_numerics(unit, s, status, why)
    integer, intent(in) :: unit
    type(model_settings), intent(inout) :: s
    integer, intent(out) :: status
    character(*), intent(out) :: why
    real(dp) :: courant, step_seconds, damping_rate
    integer :: damping_order
    namelist /numerics/ courant, step_seconds, damping_rate, damping_order

    courant = s%courant; step_seconds = s%step_seconds
    damping_rate = s%damping_rate; damping_order = s%damping_order
    rewind (unit)
    read (unit, nml=numerics, iostat=status, iomsg=why)
    call judge('numerics', status, why)
    s%courant = courant; s%step_seconds = step_seconds
    s%damping_rate = damping_rate; s%damping_order = damping_order
  end subroutine read_numerics

  !> A group that is absent keeps its defaults; anything else is an error that names the group.
  subroutine judge(group, status, why)
    character(*), intent(in) :: group
    integer, intent(inout) :: status
    character(*), intent(inout) :: why

    if (is_iostat_end(status)) status = 0
    if (status /= 0) why = '&'//group//': '//trim(why)//' (or the name that follows it is unknown)'
  end subroutine judge

  !> Gaussian latitudes for quadratic products, even, in a length whose transform is fast.
  pure integer function smallest_grid(truncation) result(nlat)
    integer, intent(in) :: truncation
    integer :: rest

    nlat = (3*truncation + 2)/2
    nlat = 2*((nlat + 1)/2)
    do
      rest = nlat
      do while (mod(rest, 2) == 0); rest = rest/2; end do
      do while (mod(rest, 3) == 0); rest = rest/3; end do
      do while (mod(rest, 5) == 0); rest = rest/5; end do
      if (rest == 1 .and. mod(nlat, 4) == 0) exit
      nlat = nlat + 2
    end do
  end function smallest_grid

  subroutine check(s, ok, why)
    type(model_settings), intent(inout) :: s
    logical, intent(out) :: ok
    character(*), intent(out) :: why
    integer :: interval

    ok = .false.
    interval = nint(s%output_hours*3600.0_dp)
    if (s%truncation < 3 .or. s%truncation > 341) then
      write (why, '(a,i0)') '&grid: expected truncation from 3 to 341, got ', s%truncation
    else if (s%levels < 1 .or. s%levels > 1000) then
      write (why, '(a,i0)') '&grid: expected levels from 1 to 1000, got ', s%levels
    else if (s%top_bar <= 0.0_dp .or. s%bottom_bar <= s%top_bar) then
      why = '&grid: expected 0 < top_bar < bottom_bar'
    else if (interval < 1 .or. s%days*86400.0_dp < interval - 0.5_dp) then
      why = '&run: expected output_hours above 0 and at most the length of the run, days'
    else if (min(s%radius, s%gh, s%gas_constant, s%heat_capacity) <= 0.0_dp) then
      why = '&planet: expected radius, gh, gas_constant and heat_capacity above 0'
    else if (all(s%pattern /= ['locked          ', 'zonal           ', 'none            '])) then
      why = '&forcing: expected pattern locked, zonal or none, got '//trim(s%pattern)
    else if (.not. (table_ordered(s%tau_rad_bar, s%tau_rad_days) &
                    .and. table_ordered(s%tau_drag_bar, s%tau_drag_days) &
                    .and. table_ordered(s%contrast_bar, s%contrast) &
                    .and. table_ordered(s%interior_bar, s%interior) &
                    .and. table_ordered(s%jet_bar, s%jet))) then
      why = '&forcing: expected every table to have rising pressures and as many values, '// &
            'see tau_rad, tau_drag, contrast, interior, jet'
    else if (.not. table_ordered(s%kelvin_bar, s%kelvin)) then
      why = '&temperature: expected kelvin to have rising pressures kelvin_bar and as many values'
    else if (any(abs(s%tau_rad_days) <= 0.0_dp) .or. any(abs(s%tau_drag_days) <= 0.0_dp)) then
      why = '&forcing: expected tau_rad_days and tau_drag_days above 0 (no drag: leave the table out)'
    else if (any(s%tau_rad_days > unset .and. s%tau_rad_days < 0.0_dp) &
             .or. any(s%tau_drag_days > unset .and. s%tau_drag_days < 0.0_dp)) then
      why = '&forcing: expected tau_rad_days and tau_drag_days above 0'
    else if (all(s%output_mode /= ['one_file        ', 'multiple_file   ', 'xios            '])) then
      why = '&run: expected output_mode one_file, multiple_file or xios, got '//trim(s%output_mode)
    else if (all(s%output_type /= ['float           ', 'double          '])) then
      why = '&run: expected output_type float or double, got '//trim(s%output_type)
    else if (all(s%output_format /= ['classic         ', 'netcdf4         '])) then
      why = '&run: expected output_format classic or netcdf4, got '//trim(s%output_format)
    else if (s%courant <= 0.0_dp .or. s%courant > 1.0_dp) then
      why = '&numerics: expected courant above 0 and at most 1'
    else
      ok = .true.
    end if
  end subroutine check
end module settings
