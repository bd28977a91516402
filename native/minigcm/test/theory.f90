!> Holds the shallow-water core to theory. One line per test; exit code 1 if any fails.
program theory
  use constants, only: dp, pi, day, degree
  use spectral, only: sphere, workspace, make_sphere, make_workspace
  use shallow_water, only: layer, make_layer, set_rotation, step_layer, layer_to_grid, grid_to_layer, &
    layer_budget
  use linear, only: solve_wavenumber, matsuno_gill
  implicit none

  real(dp), parameter :: earth = 6.37122e6_dp, spin = 7.292e-5_dp, gravity = 9.80616_dp
  integer :: failures = 0

  call transforms_are_inverse()
  call mass_is_conserved()
  call angular_momentum_is_conserved()
  call energy_is_conserved()
  call relaxation_decays_exponentially()
  call solid_rotation_is_steady(0.0_dp, '0')
  call solid_rotation_is_steady(45.0_dp, '45')
  call mountain_flow_converges()
  call resting_planet_matches_closed_form()
  call rotating_planet_matches_dense_solver()
  call equatorial_heating_matches_gill()
  if (failures > 0) stop 1, quiet=.true.

contains

  !> Report a test whose measured error must not pass a limit.
  subroutine judge(name, error, limit)
    character(*), intent(in) :: name
    real(dp), intent(in) :: error, limit

    if (error <= limit) then
      print '(3a,es9.2,a,es9.2,a)', 'ok   ', name, ' (', error, ', limit', limit, ')'
    else
      failures = failures + 1
      print '(3a,es9.2,a,es9.2,a)', 'FAIL ', name, ' (', error, ', limit', limit, ')'
    end if
  end subroutine judge

  subroutine grid(truncation, radius, s, w)
    integer, intent(in) :: truncation
    real(dp), intent(in) :: radius
    type(sphere), intent(out) :: s
    type(workspace), intent(out) :: w
    logical :: ok
    character(200) :: reason
    integer :: nlat

    nlat = merge(32, merge(48, merge(64, 96, truncation == 42), truncation == 31), truncation == 21)
    call make_sphere(s, truncation, nlat, radius, ok, reason)
    if (.not. ok) error stop 'no such grid'
    call make_workspace(s, w)
  end subroutine grid

  subroutine integrate(s, w, l, seconds)
    type(sphere), intent(in) :: s
    type(workspace), intent(inout) :: w
    type(layer), intent(inout) :: l
    real(dp), intent(in) :: seconds
    real(dp) :: left, dt

    left = seconds
    do while (left > 1.0e-6_dp)
      call step_layer(s, w, l, left, dt)
      if (dt <= 0.0_dp) exit
      left = left - dt
    end do
  end subroutine integrate

  !> An uneven flow that has every wave up to about zonal wavenumber 5, on an Earth-like planet.
  subroutine uneven_flow(s, w, l)
    type(sphere), intent(in) :: s
    type(workspace), intent(inout) :: w
    type(layer), intent(out) :: l
    real(dp), dimension(s%nlat, s%nlon) :: u, v, phi
    real(dp) :: lon
    integer :: i

    call make_layer(s, spin, 3.0e4_dp, l)
    do i = 1, s%nlon
      lon = s%longitude(i)*degree
      u(:, i) = 20.0_dp*s%cosine*(1.0_dp + s%mu*s%cosine**3*cos(3.0_dp*lon))
      v(:, i) = 10.0_dp*s%cosine**3*sin(2.0_dp*lon + s%mu)
      phi(:, i) = 3.0e4_dp + 2.0e3_dp*s%cosine**3*(cos(lon) + s%mu*sin(5.0_dp*lon)) - 3.0e3_dp*s%mu**2
    end do
    call grid_to_layer(s, w, u, v, phi, l)
  end subroutine uneven_flow

  subroutine transforms_are_inverse()
    type(sphere) :: s
    type(workspace) :: w
    type(layer) :: l
    complex(dp), allocatable :: before(:, :)
    real(dp), allocatable, dimension(:, :) :: u, v, phi
    integer :: k

    call grid(42, earth, s, w)
    call make_layer(s, spin, 1.0_dp, l)
    do k = 1, s%ncoef
      if (s%n(k) <= 42 .and. s%n(k) > 0) then
        l%state(k, :) = [cmplx(sin(1.0_dp*k), merge(0.0_dp, cos(2.0_dp*k), s%m(k) == 0), dp), &
                         cmplx(sin(3.0_dp*k), merge(0.0_dp, cos(5.0_dp*k), s%m(k) == 0), dp), &
                         cmplx(sin(7.0_dp*k), merge(0.0_dp, cos(9.0_dp*k), s%m(k) == 0), dp)]
      end if
    end do
    allocate (before, source=l%state)
    allocate (u(s%nlat, s%nlon), v(s%nlat, s%nlon), phi(s%nlat, s%nlon))
    call layer_to_grid(s, w, l, u, v, phi)
    call grid_to_layer(s, w, u, v, phi, l)
    call judge('transforms to the grid and back give every coefficient', &
               maxval(abs(l%state - before)), 1.0e-11_dp)
  end subroutine transforms_are_inverse

  subroutine mass_is_conserved()
    type(sphere) :: s
    type(workspace) :: w
    type(layer) :: l
    real(dp) :: before(3), after(3)

    call grid(31, earth, s, w)
    call uneven_flow(s, w, l)
    l%damping_rate = 1.0e-4_dp
    call layer_budget(s, w, l, spin, before(1), before(2), before(3))
    call integrate(s, w, l, 5*day)
    call layer_budget(s, w, l, spin, after(1), after(2), after(3))
    call judge('mass is conserved over 5 days', abs(after(1)/before(1) - 1.0_dp), 1.0e-14_dp)
  end subroutine mass_is_conserved

  subroutine angular_momentum_is_conserved()
    type(sphere) :: s
    type(workspace) :: w
    type(layer) :: l
    real(dp) :: before(3), after(3)

    call grid(31, earth, s, w)
    call uneven_flow(s, w, l)
    call layer_budget(s, w, l, spin, before(1), before(2), before(3))
    l%courant = 0.3_dp
    call integrate(s, w, l, 2*day)
    call layer_budget(s, w, l, spin, after(1), after(2), after(3))
    call judge('axial angular momentum is conserved over 2 days without forcing', &
               abs(after(3)/before(3) - 1.0_dp), 1.0e-8_dp)
  end subroutine angular_momentum_is_conserved

  subroutine energy_is_conserved()
    type(sphere) :: s
    type(workspace) :: w
    type(layer) :: l
    real(dp) :: before(3), after(3)

    call grid(31, earth, s, w)
    call uneven_flow(s, w, l)
    call layer_budget(s, w, l, spin, before(1), before(2), before(3))
    l%courant = 0.3_dp
    call integrate(s, w, l, 2*day)
    call layer_budget(s, w, l, spin, after(1), after(2), after(3))
    call judge('energy is conserved over 2 days without forcing', &
               abs(after(2)/before(2) - 1.0_dp), 1.0e-6_dp)
  end subroutine energy_is_conserved

  subroutine relaxation_decays_exponentially()
    type(sphere) :: s
    type(workspace) :: w
    type(layer) :: l
    real(dp) :: mass, energy, momentum

    call grid(21, 9.44e7_dp, s, w)
    call make_layer(s, 0.0_dp, 4.0e6_dp, l)
    l%state(1, 3) = l%state(1, 3)*1.01_dp
    l%radiative_rate = 1.0_dp/(5*day)
    call integrate(s, w, l, 10*day)
    call layer_budget(s, w, l, 0.0_dp, mass, energy, momentum)
    call judge('an even excess of heat decays as exp(-t/tau_rad)', &
               abs((mass/4.0e6_dp - 1.0_dp)/(0.01_dp*exp(-2.0_dp)) - 1.0_dp), 1.0e-6_dp)
  end subroutine relaxation_decays_exponentially

  !> Williamson et al. 1992, test case 2: the flow is an exact steady solution.
  subroutine solid_rotation_is_steady(tilt, text)
    real(dp), intent(in) :: tilt
    character(*), intent(in) :: text
    type(sphere) :: s
    type(workspace) :: w
    type(layer) :: l
    real(dp), allocatable, dimension(:, :) :: u, v, phi, u1, v1, phi1, height
    real(dp) :: speed, angle, lon
    integer :: i

    call grid(31, earth, s, w)
    call make_layer(s, spin, 2.94e4_dp, l)
    angle = tilt*degree
    call set_rotation(s, spin, angle, l)
    allocate (u(s%nlat, s%nlon))
    allocate (v, phi, u1, v1, phi1, height, mold=u)
    speed = 2*pi*earth/(12*day)
    do i = 1, s%nlon
      lon = s%longitude(i)*degree
      u(:, i) = speed*(s%cosine*cos(angle) + cos(lon)*s%mu*sin(angle))
      v(:, i) = -speed*sin(lon)*sin(angle)
      height(:, i) = -cos(lon)*s%cosine*sin(angle) + s%mu*cos(angle)
    end do
    phi = 2.94e4_dp - (earth*spin*speed + 0.5_dp*speed**2)*height**2
    call grid_to_layer(s, w, u, v, phi, l)
    call integrate(s, w, l, 5*day)
    call layer_to_grid(s, w, l, u1, v1, phi1)
    call judge('Williamson test 2, axis '//text//' deg: solid rotation is steady for 5 days', &
               max(maxval(abs(phi1 - phi))/2.94e4_dp, maxval(abs(u1 - u))/speed), 1.0e-9_dp)
  end subroutine solid_rotation_is_steady

  !> Williamson test case 5 at day 5: T31 against T63, the truth to T31.
  subroutine mountain_flow_converges()
    type(sphere) :: coarse, fine
    type(workspace) :: w
    type(layer) :: low, high
    real(dp) :: before(2, 3), after(2, 3), difference, total
    integer :: k, j

    call grid(31, earth, coarse, w)
    call mountain(coarse, w, low)
    call layer_budget(coarse, w, low, spin, before(1, 1), before(1, 2), before(1, 3))
    call integrate(coarse, w, low, 5*day)
    call layer_budget(coarse, w, low, spin, after(1, 1), after(1, 2), after(1, 3))
    call grid(63, earth, fine, w)
    call mountain(fine, w, high)
    call layer_budget(fine, w, high, spin, before(2, 1), before(2, 2), before(2, 3))
    call integrate(fine, w, high, 5*day)
    call layer_budget(fine, w, high, spin, after(2, 1), after(2, 2), after(2, 3))
    difference = 0.0_dp
    total = 0.0_dp
    do k = 1, coarse%ncoef
      if (coarse%n(k) > 31) cycle
      j = fine%first(coarse%m(k)) + coarse%n(k) - coarse%m(k)
      difference = difference + merge(1, 2, coarse%m(k) == 0)*abs(low%state(k, 3) - high%state(j, 3))**2
      total = total + merge(1, 2, coarse%m(k) == 0)*abs(high%state(j, 3))**2
    end do
    call judge('Williamson test 5: T31 is near T63 after 5 days (normalised l2 of depth)', &
               sqrt(difference/total), 2.0e-3_dp)
    call judge('Williamson test 5: mass is conserved', maxval(abs(after(:, 1)/before(:, 1) - 1)), 1.0e-13_dp)
    call judge('Williamson test 5: energy is conserved at T63', abs(after(2, 2)/before(2, 2) - 1), 1.0e-5_dp)
  end subroutine mountain_flow_converges

  subroutine mountain(s, w, l)
    type(sphere), intent(in) :: s
    type(workspace), intent(inout) :: w
    type(layer), intent(out) :: l
    real(dp), dimension(s%nlat, s%nlon) :: u, v, phi
    real(dp) :: distance(s%nlat), lon
    integer :: i

    call make_layer(s, spin, gravity*5960.0_dp, l)
    do i = 1, s%nlon
      lon = modulo(s%longitude(i)*degree - 1.5_dp*pi + pi, 2*pi) - pi
      distance = min(pi/9, sqrt(lon**2 + (asin(s%mu) - pi/6)**2))
      l%orography(:, i) = gravity*2000.0_dp*(1.0_dp - distance/(pi/9))
      u(:, i) = 20.0_dp*s%cosine
      v(:, i) = 0.0_dp
      phi(:, i) = gravity*5960.0_dp - (earth*spin*20.0_dp + 200.0_dp)*s%mu**2 - l%orography(:, i)
    end do
    call grid_to_layer(s, w, u, v, phi, l)
    l%damping_rate = merge(2.0e-5_dp, 1.0e-5_dp, s%truncation == 31)
  end subroutine mountain

  !> A weakly heated planet; contrast in fractions of gh, rates in s-1.
  subroutine weakly_heated(s, w, l, rotation, gh, contrast, alpha, r)
    type(sphere), intent(in) :: s
    type(workspace), intent(inout) :: w
    type(layer), intent(out) :: l
    real(dp), intent(in) :: rotation, gh, contrast(:, :), alpha, r

    call make_layer(s, rotation, gh, l)
    l%equilibrium = gh*(1.0_dp + contrast)
    l%radiative_rate = alpha
    l%drag_rate = r
    call integrate(s, w, l, 30.0_dp/min(alpha, r))
  end subroutine weakly_heated

  !> Without rotation phi_n = forcing_n/(1 + gh n (n + 1)/(a^2 alpha r)).
  subroutine resting_planet_matches_closed_form()
    type(sphere) :: s
    type(workspace) :: w
    type(layer) :: l, pattern
    real(dp), allocatable :: contrast(:, :), calm(:, :)
    real(dp), parameter :: a = 9.44e7_dp, gh = 4.0e6_dp, alpha = 1.0_dp/day, r = 2.0_dp/day
    real(dp) :: expected, error
    integer :: i, k

    call grid(21, a, s, w)
    allocate (contrast(s%nlat, s%nlon))
    do i = 1, s%nlon
      contrast(:, i) = 1.0e-6_dp*max(0.0_dp, s%cosine*cos(s%longitude(i)*degree))
    end do
    call weakly_heated(s, w, l, 0.0_dp, gh, contrast, alpha, r)
    call make_layer(s, 0.0_dp, gh, pattern)
    allocate (calm(s%nlat, s%nlon), source=0.0_dp)
    call grid_to_layer(s, w, calm, calm, gh*contrast, pattern)
    error = 0.0_dp
    do k = 2, s%ncoef
      if (s%n(k) > 21) cycle
      expected = 1.0_dp/(1.0_dp + gh*s%n(k)*(s%n(k) + 1)/(a**2*alpha*r))
      error = max(error, abs(l%state(k, 3) - expected*pattern%state(k, 3)))
    end do
    call judge('linear response of a planet at rest is the closed form', &
               error/maxval(abs(l%state(2:, 3))), 1.0e-5_dp)
  end subroutine resting_planet_matches_closed_form

  subroutine rotating_planet_matches_dense_solver()
    type(sphere) :: s
    type(workspace) :: w
    type(layer) :: l, pattern
    real(dp), allocatable :: contrast(:, :), calm(:, :)
    complex(dp), allocatable :: solution(:, :)
    real(dp), parameter :: a = 9.44e7_dp, gh = 4.0e6_dp, alpha = 1.0_dp/day, r = 2.0_dp/day
    real(dp) :: error(3), scale(3)
    integer :: i, m, k

    call grid(21, a, s, w)
    allocate (contrast(s%nlat, s%nlon))
    do i = 1, s%nlon
      contrast(:, i) = 1.0e-6_dp*max(0.0_dp, s%cosine*cos(s%longitude(i)*degree))
    end do
    call weakly_heated(s, w, l, 2.06e-5_dp, gh, contrast, alpha, r)
    call make_layer(s, 0.0_dp, gh, pattern)
    allocate (calm(s%nlat, s%nlon), source=0.0_dp)
    call grid_to_layer(s, w, calm, calm, gh*contrast, pattern)
    l%state(1, 3) = l%state(1, 3) - gh*sqrt(2.0_dp)
    error = 0.0_dp
    scale = 0.0_dp
    do m = 0, 21
      k = s%first(m)
      solution = solve_wavenumber(m, 21, a, 2.06e-5_dp, gh, alpha, r, pattern%state(k:k + 21 - m, 3))
      do i = 1, 3
        error(i) = max(error(i), maxval(abs(l%state(k:k + 21 - m, i) - solution(:, i))))
        scale(i) = max(scale(i), maxval(abs(solution(:, i))))
      end do
    end do
    call judge('linear response of a locked planet is that of a dense solver', &
               maxval(error/scale), 1.0e-5_dp)
  end subroutine rotating_planet_matches_dense_solver

  !> Strong rotation makes the equator a beta plane; limits are the plane's and the long wave's error.
  subroutine equatorial_heating_matches_gill()
    type(sphere) :: s
    type(workspace) :: w
    type(layer) :: l
    real(dp), allocatable, dimension(:, :) :: contrast, u, v, phi, ug, vg, pg, area
    real(dp), allocatable :: y(:)
    real(dp), parameter :: a = 9.44e7_dp, gh = 4.0e6_dp, c = 2.0e3_dp, size = 0.08_dp, e = 0.15_dp
    real(dp) :: rotation, time, scale, error(2)
    integer :: i

    call grid(63, a, s, w)
    allocate (contrast(s%nlat, s%nlon))
    allocate (u, v, phi, ug, vg, pg, area, mold=contrast)
    rotation = c/(4.0_dp*a*size**2)   ! Gill's length sqrt(c/2 beta) is `size` radii
    time = a*size/c
    allocate (y, source=asin(s%mu)/size)
    do i = 1, s%nlon
      contrast(:, i) = 1.0e-6_dp*cos(s%longitude(i)*degree)*exp(-0.25_dp*y**2)
      area(:, i) = s%weight
      call matsuno_gill(s%longitude(i)*degree, y, size, e, ug(:, i), vg(:, i), pg(:, i))
    end do
    call weakly_heated(s, w, l, rotation, gh, contrast, e/time, e/time)
    call layer_to_grid(s, w, l, u, v, phi)
    scale = 1.0e-6_dp*e   ! heating in Gill's units
    phi = (phi/gh - 1.0_dp)/scale
    u = u/c/scale
    error(1) = sqrt(sum(area*(phi - pg)**2)/sum(area*pg**2))
    error(2) = sqrt(sum(area*(u - ug)**2)/sum(area*ug**2))
    call judge('equatorial heating gives the Matsuno-Gill geopotential (beta plane, relative l2)', &
               error(1), 0.03_dp)
    call judge('equatorial heating gives the Matsuno-Gill zonal wind', error(2), 0.03_dp)
  end subroutine equatorial_heating_matches_gill
end program theory
