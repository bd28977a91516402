!> The stack: one shallow-water layer per pressure level, and the temperature made from it.
module atmosphere
  use constants, only: dp, bar, day, degree, message_length
  use settings, only: model_settings
  use profiles, only: pressure_levels, table_value, radiative_time_3d, guillot
  use spectral, only: sphere, workspace, make_sphere, make_workspace
  use shallow_water, only: layer, make_layer, step_layer, layer_to_grid, grid_to_layer
  use communication, only: team
  implicit none
  private
  public :: column, stack, make_stack, advance, sample

  real(dp), parameter, public :: never = 1.0e20_dp   !< s: no drag, no radiation

  !> What is known of every level, on every rank; (levels), top first.
  type :: column
    real(dp), allocatable :: pressure(:)      !< Pa
    real(dp), allocatable :: tau_rad(:)       !< s
    real(dp), allocatable :: tau_drag(:)      !< s
    real(dp), allocatable :: contrast(:)      !< day-night contrast of the equilibrium, fraction of gh
    real(dp), allocatable :: interior(:)      !< hemispheric difference of the interior heating
    real(dp), allocatable :: balance(:)       !< mean of the radiative equilibrium over gh
    real(dp), allocatable :: reference(:)     !< K, temperature where the geopotential is balance gh
    real(dp), allocatable :: kelvin(:)        !< K per gh of geopotential
  end type column

  type :: stack
    type(sphere) :: grid
    type(workspace) :: scratch
    type(column) :: profile
    real(dp) :: gh = 0.0_dp
    type(layer), allocatable :: layers(:)     !< of this rank
    integer, allocatable :: level(:)          !< their levels
  end type stack

contains

  !> Build this rank's layers at rest with the small initial perturbation.
  subroutine make_stack(a, s, t, ok, message)
    type(stack), intent(out) :: a
    type(model_settings), intent(in) :: s
    type(team), intent(in) :: t
    logical, intent(out) :: ok
    character(*), intent(out) :: message
    integer :: i

    call make_sphere(a%grid, s%truncation, s%nlat, s%radius, ok, message)
    if (.not. ok) return
    call make_workspace(a%grid, a%scratch)
    call make_column(a%profile, s)
    a%gh = s%gh
    a%level = t%mine
    allocate (a%layers(size(t%mine)))
    do i = 1, size(t%mine)
      call make_layer(a%grid, s%rotation, s%gh, a%layers(i))
      call force(a%grid, a%profile, s, t%mine(i), a%layers(i))
      call perturb(a%grid, a%scratch, a%profile, s, t%mine(i), a%layers(i))
    end do
  end subroutine make_stack

  subroutine make_column(c, s)
    type(column), intent(out) :: c
    type(model_settings), intent(in) :: s
    integer :: k
    real(dp) :: p, tau

    c%pressure = pressure_levels(s%levels, s%top_bar*bar, s%bottom_bar*bar)
    allocate (c%tau_rad(s%levels), c%tau_drag(s%levels), c%contrast(s%levels), c%interior(s%levels))
    allocate (c%kelvin(s%levels), c%balance(s%levels))
    do k = 1, s%levels
      p = c%pressure(k)/bar
      tau = table_value(s%tau_rad_bar, s%tau_rad_days, p, 1.0_dp, .true.)*day
      if (s%radiative_time_fit) tau = radiative_time_3d(c%pressure(k))
      tau = tau*s%tau_rad_factor
      c%tau_rad(k) = min(max(tau, s%tau_rad_min_days*day), s%tau_rad_max_days*day)
      if (s%pattern == 'none') c%tau_rad(k) = never
      c%tau_drag(k) = min(never, table_value(s%tau_drag_bar, s%tau_drag_days, p, never/day, .true.)*day)
      c%contrast(k) = table_value(s%contrast_bar, s%contrast, p, 1.0_dp, .false.)
      c%balance(k) = 1.0_dp + merge(0.25_dp*c%contrast(k), 0.0_dp, s%pattern == 'locked')
      c%interior(k) = table_value(s%interior_bar, s%interior, p, 0.0_dp, .false.)
      c%kelvin(k) = table_value(s%kelvin_bar, s%kelvin, p, s%gh/s%gas_constant, .false.)
    end do
    c%reference = guillot(c%pressure, s%irradiation, s%intrinsic, s%opacity_ratio, &
                          s%photosphere_bar*bar, s%redistribution)
    c%reference = c%reference + s%inversion*exp(-(log10(c%pressure/(s%inversion_bar*bar)) &
                                                  /s%inversion_decades)**2)
  end subroutine make_column

  !> Forcing of level k: phi_eq = gh (1 + contrast max(0, cos(angle from the substellar point))
  !! + interior sin(lat)), or gh (1 + contrast (1/3 - sin(lat)^2) + interior sin(lat)) when zonal.
  subroutine force(g, c, s, k, l)
    type(sphere), intent(in) :: g
    type(column), intent(in) :: c
    type(model_settings), intent(in) :: s
    integer, intent(in) :: k
    type(layer), intent(inout) :: l
    real(dp) :: zenith(g%nlat), pattern(g%nlat)
    integer :: i

    do i = 1, g%nlon
      zenith = g%mu*sin(s%substellar_latitude*degree) + g%cosine*cos(s%substellar_latitude*degree) &
               *cos((g%longitude(i) - s%substellar_longitude)*degree)
      pattern = max(0.0_dp, zenith)
      if (s%pattern == 'zonal') pattern = 1.0_dp/3.0_dp - g%mu**2
      l%equilibrium(:, i) = s%gh*(1.0_dp + c%contrast(k)*pattern + c%interior(k)*g%mu)
    end do
    l%radiative_rate = 1.0_dp/c%tau_rad(k)
    l%drag_rate = 1.0_dp/c%tau_drag(k)
    if (c%tau_rad(k) >= never) l%radiative_rate = 0.0_dp
    if (c%tau_drag(k) >= never) l%drag_rate = 0.0_dp
    l%jet = jet_wind(s, c%pressure(k))*g%cosine*exp(-(asin(g%mu)/(s%jet_width*degree))**2)
    l%exchange = s%exchange
    l%damping_rate = s%damping_rate
    l%damping_order = s%damping_order
    l%courant = s%courant
    l%fixed_step = s%step_seconds
  end subroutine force

  !> Wind on the equator that drag relaxes to at pressure p (Pa), m s-1.
  pure real(dp) function jet_wind(s, p) result(wind)
    type(model_settings), intent(in) :: s
    real(dp), intent(in) :: p

    wind = table_value(s%jet_bar, s%jet, p/bar, 0.0_dp, .false.)
  end function jet_wind

  !> The initial state: calm, with the global-mean geopotential of radiative equilibrium (or, with
  !! initial_balance below one, short of it) and a few fixed waves, different at each level and without
  !! hemispheric symmetry.
  subroutine perturb(g, w, c, s, k, l)
    type(sphere), intent(in) :: g
    type(workspace), intent(inout) :: w
    type(column), intent(in) :: c
    type(model_settings), intent(in) :: s
    integer, intent(in) :: k
    type(layer), intent(inout) :: l
    real(dp) :: phi(g%nlat, g%nlon), calm(g%nlat, g%nlon), lon
    integer :: i

    do i = 1, g%nlon
      lon = g%longitude(i)*degree
      phi(:, i) = g%cosine**2*(cos(lon + 0.7_dp*k) + g%mu*sin(2.0_dp*lon - 1.1_dp*k)) &
                  + g%cosine**3*(cos(3.0_dp*lon + 2.3_dp*k) + g%mu*sin(5.0_dp*lon - 0.4_dp*k))
    end do
    phi = s%gh*(1.0_dp + s%initial_balance*(c%balance(k) - 1.0_dp) + 0.25_dp*s%perturbation*phi)
    calm = 0.0_dp
    call grid_to_layer(g, w, calm, calm, phi, l)
  end subroutine perturb

  !> Integrate every layer of this rank over `interval` seconds, each with its own time step. ok is
  !! false, with a one-line message, if a layer's geopotential is no longer positive and finite.
  subroutine advance(a, interval, ok, message)
    type(stack), intent(inout) :: a
    real(dp), intent(in) :: interval
    logical, intent(out) :: ok
    character(*), intent(out) :: message
    real(dp) :: left, dt
    integer :: i

    ok = .true.
    message = ''
    do i = 1, size(a%layers)
      left = interval
      do while (left > 1.0e-6_dp*interval)
        call step_layer(a%grid, a%scratch, a%layers(i), left, dt)
        left = left - dt
        ok = dt > 1.0e-6_dp*interval
        if (.not. ok) exit
      end do
      if (.not. ok) then
        write (message, '(a,i0,a,es10.3,a)') 'the integration became unstable at level ', &
          a%level(i), ' (', a%profile%pressure(a%level(i)), ' Pa): shorten the step (&numerics '// &
          'courant) or raise damping_rate'
        exit
      end if
    end do
  end subroutine advance

  !> Temperature (K) and winds (m s-1) of this rank's layers, (nlon, nlat, layers):
  !! T = T_ref(p) + kelvin(p) (phi/gh - balance(p)).
  subroutine sample(a, temperature, u, v)
    type(stack), intent(inout) :: a
    real(dp), intent(out) :: temperature(:, :, :), u(:, :, :), v(:, :, :)
    real(dp), dimension(a%grid%nlat, a%grid%nlon) :: east, north, phi
    integer :: i, k

    do i = 1, size(a%layers)
      k = a%level(i)
      call layer_to_grid(a%grid, a%scratch, a%layers(i), east, north, phi)
      phi = a%profile%reference(k) + a%profile%kelvin(k)*(phi/a%gh - a%profile%balance(k))
      temperature(:, :, i) = transpose(phi)
      u(:, :, i) = transpose(east)
      v(:, :, i) = transpose(north)
    end do
  end subroutine sample
end module atmosphere
