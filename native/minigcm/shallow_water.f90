!> One layer of shallow water on the rotating sphere, forced and damped.
!!
!!   dv/dt + v.grad v + f k x v = -grad(phi + phi_s) + R - (v - v_jet)/tau_drag
!!   dphi/dt + div(phi v)       = Q = (phi_eq - phi)/tau_rad
!!   R = -v Q/phi where Q > 0, else 0
!!
!! (Showman & Polvani 2011, eqs 4-9; Perez-Becker & Showman 2013.) Prognostic are vorticity,
!! divergence and geopotential in spectral space. Time steps are classical fourth-order Runge-Kutta,
!! whose state is the restart; the scale-selective damping of step length dt multiplies every
!! coefficient by exp(-rate dt ((n (n+1) - 2)/(N (N+1) - 2))^order), which leaves the mean of phi and
!! solid rotation alone.
module shallow_water
  use constants, only: dp, pi
  use spectral, only: sphere, workspace, synthesise, analyse
  implicit none
  private
  public :: layer, make_layer, set_rotation, step_layer, layer_to_grid, grid_to_layer, layer_budget
  public :: wave_limit

  integer, parameter :: vorticity = 1, divergence = 2, geopotential = 3
  !> Runge-Kutta 4 is stable for oscillations up to 2.83 radians a step.
  real(dp), parameter :: wave_limit = 2.83_dp
  !> Speed that tells of a geopotential that is not positive, or not a number.
  real(dp), parameter :: lost = 1.0e30_dp

  !> State and forcing of one layer. Grid fields are (nlat, nlon), SI units.
  type :: layer
    complex(dp), allocatable :: state(:, :)      !< (ncoef, 3): vorticity, divergence, geopotential
    real(dp), allocatable :: equilibrium(:, :)   !< geopotential that radiation relaxes to, m2 s-2
    real(dp), allocatable :: orography(:, :)     !< phi_s, m2 s-2
    real(dp), allocatable :: coriolis(:, :)      !< s-1
    real(dp), allocatable :: jet(:)              !< (nlat): zonal wind drag relaxes to, times cos(lat)
    real(dp) :: radiative_rate = 0.0_dp          !< 1/tau_rad, s-1
    real(dp) :: drag_rate = 0.0_dp               !< 1/tau_drag, s-1
    logical :: exchange = .true.                 !< with the momentum of heated air, R
    real(dp) :: damping_rate = 0.0_dp            !< of the smallest scale, s-1
    integer :: damping_order = 3                 !< 3: del^6
    real(dp) :: courant = 0.85_dp                 !< fraction of the stable step
    real(dp) :: fixed_step = 0.0_dp              !< s; 0: from the Courant number
    integer :: steps = 0                         !< taken since the start
    real(dp) :: last_step = 0.0_dp               !< s
  end type layer

contains

  !> A layer at rest with geopotential mean_phi (m2 s-2), unforced.
  subroutine make_layer(s, rotation, mean_phi, l)
    type(sphere), intent(in) :: s
    real(dp), intent(in) :: rotation, mean_phi
    type(layer), intent(out) :: l

    allocate (l%state(s%ncoef, 3), l%equilibrium(s%nlat, s%nlon))
    allocate (l%orography(s%nlat, s%nlon), l%coriolis(s%nlat, s%nlon))
    l%state = (0.0_dp, 0.0_dp)
    l%state(1, geopotential) = mean_phi*sqrt(2.0_dp)
    l%equilibrium = mean_phi
    l%orography = 0.0_dp
    allocate (l%jet(s%nlat), source=0.0_dp)
    call set_rotation(s, rotation, 0.0_dp, l)
  end subroutine make_layer

  !> Rotation rate (s-1) about an axis tilted by an angle (radians) towards longitude 180; Williamson
  !! et al. 1992, eq. 96.
  subroutine set_rotation(s, rotation, tilt, l)
    type(sphere), intent(in) :: s
    real(dp), intent(in) :: rotation, tilt
    type(layer), intent(inout) :: l
    integer :: i

    do i = 1, s%nlon
      l%coriolis(:, i) = 2.0_dp*rotation*(s%mu*cos(tilt) &
                                          - s%cosine*cos(s%longitude(i)*pi/180.0_dp)*sin(tilt))
    end do
  end subroutine set_rotation

  !> Advance by one step, at most `left` seconds; returns the step taken in dt. When the layer's step
  !! is not fixed it is the longest that is stable and divides `left` into equal steps. dt is zero, and
  !! the state untouched, if the geopotential is not positive everywhere.
  subroutine step_layer(s, w, l, left, dt)
    type(sphere), intent(in) :: s
    type(workspace), intent(inout) :: w
    type(layer), intent(inout) :: l
    real(dp), intent(in) :: left
    real(dp), intent(out) :: dt
    complex(dp), allocatable :: rate(:, :), total(:, :), stage(:, :)
    real(dp) :: speed, longest

    allocate (rate(s%ncoef, 3), total(s%ncoef, 3), stage(s%ncoef, 3))
    call tendency(s, w, l, l%state, rate, speed)
    dt = 0.0_dp
    if (speed >= lost) return
    longest = l%fixed_step
    if (longest <= 0.0_dp) longest = l%courant*wave_limit &
                                        /hypot(s%truncation*speed/s%radius, maxval(abs(l%coriolis)))
    if (l%fixed_step <= 0.0_dp) then   ! damping must be stable as well
      longest = min(longest, 1.5_dp/max(l%radiative_rate, l%drag_rate, tiny(1.0_dp)))
    end if
    dt = left
    if (longest < left) dt = left/ceiling(left/longest - 1.0e-9_dp)
    total = rate
    stage = l%state + (0.5_dp*dt)*rate
    call tendency(s, w, l, stage, rate, speed)
    total = total + 2.0_dp*rate
    stage = l%state + (0.5_dp*dt)*rate
    call tendency(s, w, l, stage, rate, speed)
    total = total + 2.0_dp*rate
    stage = l%state + dt*rate
    call tendency(s, w, l, stage, rate, speed)
    l%state = l%state + (dt/6.0_dp)*(total + rate)
    call damp(s, l, dt)
    l%steps = l%steps + 1
    l%last_step = dt
  end subroutine step_layer

  subroutine damp(s, l, dt)
    type(sphere), intent(in) :: s
    type(layer), intent(inout) :: l
    real(dp), intent(in) :: dt
    real(dp) :: factor(0:s%truncation + 1), scale
    integer :: n, k

    if (l%damping_rate <= 0.0_dp) return
    scale = s%truncation*(s%truncation + 1) - 2
    factor(0) = 1.0_dp
    do n = 1, s%truncation + 1
      factor(n) = exp(-l%damping_rate*dt*((n*(n + 1) - 2)/scale)**l%damping_order)
    end do
    do k = 1, s%ncoef
      l%state(k, :) = l%state(k, :)*factor(s%n(k))
    end do
  end subroutine damp

  !> Time derivatives of the three prognostic sets, and the greatest |v| + sqrt(phi) met, m s-1.
  subroutine tendency(s, w, l, state, rate, speed)
    type(sphere), intent(in) :: s
    type(workspace), intent(inout) :: w
    type(layer), intent(in) :: l
    complex(dp), intent(in) :: state(:, :)
    complex(dp), intent(out) :: rate(:, :)
    real(dp), intent(out) :: speed
    integer :: i, j
    real(dp) :: u, v, absolute, phi, q, drag, twice_energy, exchange, fastest, scale, mean

    mean = max(state(1, geopotential)%re/sqrt(2.0_dp), 1.0_dp)
    scale = s%radius*sqrt(mean)
    call velocity_coefficients(s, state, scale, w%coef)
    call synthesise(s, w)
    exchange = merge(1.0_dp, 0.0_dp, l%exchange)
    fastest = 0.0_dp
    do i = 1, s%nlon
      !$omp simd reduction(max:fastest)
      do j = 1, s%nlat
        u = w%re(j, i, 1)
        v = w%im(j, i, 1)
        absolute = w%re(j, i, 2)/scale + l%coriolis(j, i)
        phi = w%im(j, i, 2)
        q = (l%equilibrium(j, i) - phi)*l%radiative_rate
        drag = l%drag_rate + exchange*max(q, 0.0_dp)/phi
        twice_energy = (u*u + v*v)/(s%cosine(j)*s%cosine(j))
        fastest = max(fastest, merge(sqrt(twice_energy) + sqrt(max(phi, 0.0_dp)), lost, phi > 0.0_dp))
        w%re(j, i, 1) = absolute*v - drag*u + l%drag_rate*l%jet(j)
        w%im(j, i, 1) = -absolute*u - drag*v
        w%re(j, i, 2) = phi*u
        w%im(j, i, 2) = phi*v
        w%re(j, i, 3) = (phi - mean) + l%orography(j, i) + 0.5_dp*twice_energy
        w%im(j, i, 3) = q
      end do
    end do
    speed = fastest
    call analyse(s, w)
    call combine(s, w%spec, rate)
  end subroutine tendency

  !> Coefficients of (u cos lat, v cos lat, scale vorticity, geopotential) from the state. The last two
  !! share a Fourier transform: scale makes them alike in size, so that rounding of the one does not
  !! spoil the other.
  subroutine velocity_coefficients(s, state, scale, coef)
    type(sphere), intent(in) :: s
    complex(dp), intent(in) :: state(:, :)
    real(dp), intent(in) :: scale
    real(dp), intent(out) :: coef(:, :)
    complex(dp) :: psi(0:s%truncation + 3), chi(0:s%truncation + 3), u, v
    real(dp) :: a
    integer :: m, n, k

    a = s%radius
    do m = 0, s%truncation
      psi = (0.0_dp, 0.0_dp)   ! stream function and potential over a, index n - m + 1
      chi = (0.0_dp, 0.0_dp)
      do n = max(m, 1), s%truncation
        k = s%first(m) + n - m
        psi(n - m + 1) = -state(k, vorticity)*a/real(n*(n + 1), dp)
        chi(n - m + 1) = -state(k, divergence)*a/real(n*(n + 1), dp)
      end do
      do n = m, s%truncation + 1
        k = s%first(m) + n - m
        u = cmplx(-m*chi(n - m + 1)%im, m*chi(n - m + 1)%re, dp) &
            + (n - 1)*s%lower(k)*psi(n - m) - (n + 2)*s%upper(k)*psi(n - m + 2)
        v = cmplx(-m*psi(n - m + 1)%im, m*psi(n - m + 1)%re, dp) &
            - (n - 1)*s%lower(k)*chi(n - m) + (n + 2)*s%upper(k)*chi(n - m + 2)
        coef(1, k) = u%re
        coef(2, k) = u%im
        coef(3, k) = v%re
        coef(4, k) = v%im
        coef(5, k) = scale*state(k, vorticity)%re
        coef(6, k) = scale*state(k, vorticity)%im
        coef(7, k) = state(k, geopotential)%re
        coef(8, k) = state(k, geopotential)%im
      end do
    end do
  end subroutine velocity_coefficients

  !> Curl, divergence and flux divergence from the transforms of their components.
  subroutine combine(s, spec, rate)
    type(sphere), intent(in) :: s
    complex(dp), intent(in) :: spec(:, :)
    complex(dp), intent(out) :: rate(:, :)
    complex(dp) :: slope(3), below(3)
    integer, parameter :: member(3) = [1, 2, 4]
    integer :: m, n, k
    real(dp) :: a2

    a2 = s%radius**2
    do m = 0, s%truncation
      do n = m, s%truncation
        k = s%first(m) + n - m
        below = (0.0_dp, 0.0_dp)
        if (n > m) below = spec(k - 1, member)
        slope = (n + 1)*s%lower(k)*below - n*s%upper(k)*spec(k + 1, member)
        rate(k, vorticity) = cmplx(-m*spec(k, 2)%im, m*spec(k, 2)%re, dp) + slope(1)
        rate(k, divergence) = cmplx(-m*spec(k, 1)%im, m*spec(k, 1)%re, dp) - slope(2) &
                              + (n*(n + 1)/a2)*spec(k, 5)
        rate(k, geopotential) = spec(k, 3) + slope(3)
      end do
      rate(s%first(m) + s%truncation + 1 - m, :) = (0.0_dp, 0.0_dp)
    end do
  end subroutine combine

  !> Winds (m s-1) and geopotential (m2 s-2) on the grid (nlat, nlon).
  subroutine layer_to_grid(s, w, l, u, v, phi)
    type(sphere), intent(in) :: s
    type(workspace), intent(inout) :: w
    type(layer), intent(in) :: l
    real(dp), intent(out) :: u(:, :), v(:, :), phi(:, :)
    integer :: i

    call velocity_coefficients(s, l%state, 0.0_dp, w%coef)
    call synthesise(s, w)
    do i = 1, s%nlon
      u(:, i) = w%re(:, i, 1)/s%cosine
      v(:, i) = w%im(:, i, 1)/s%cosine
    end do
    phi = w%im(:, :, 2)
  end subroutine layer_to_grid

  !> Set the state from winds (m s-1) and geopotential (m2 s-2) on the grid.
  subroutine grid_to_layer(s, w, u, v, phi, l)
    type(sphere), intent(in) :: s
    type(workspace), intent(inout) :: w
    real(dp), intent(in) :: u(:, :), v(:, :), phi(:, :)
    type(layer), intent(inout) :: l
    complex(dp) :: rate(s%ncoef, 3)
    integer :: i

    w%re = 0.0_dp
    w%im = 0.0_dp
    do i = 1, s%nlon   ! divergence is d(u)/dlon.., vorticity the same of (v, -u)
      w%re(:, i, 1) = u(:, i)*s%cosine
      w%im(:, i, 1) = v(:, i)*s%cosine
    end do
    w%im(:, :, 3) = phi
    call analyse(s, w)
    call combine(s, w%spec, rate)
    l%state = rate
  end subroutine grid_to_layer

  !> Area means of geopotential (m2 s-2), of energy (m4 s-4) and of axial angular momentum
  !! phi (u a cos lat + rotation a^2 cos^2 lat), m4 s-3.
  subroutine layer_budget(s, w, l, rotation, mass, energy, momentum)
    type(sphere), intent(in) :: s
    type(workspace), intent(inout) :: w
    type(layer), intent(in) :: l
    real(dp), intent(in) :: rotation
    real(dp), intent(out) :: mass, energy, momentum
    real(dp) :: u(s%nlat, s%nlon), v(s%nlat, s%nlon), phi(s%nlat, s%nlon), area(s%nlat), arm(s%nlat)
    integer :: i

    call layer_to_grid(s, w, l, u, v, phi)
    area = 0.5_dp*s%weight/s%nlon
    arm = s%radius*s%cosine
    mass = 0.0_dp
    energy = 0.0_dp
    momentum = 0.0_dp
    do i = 1, s%nlon
      mass = mass + sum(area*phi(:, i))
      energy = energy + sum(area*(0.5_dp*phi(:, i)*(u(:, i)**2 + v(:, i)**2) &
                                  + 0.5_dp*phi(:, i)**2 + phi(:, i)*l%orography(:, i)))
      momentum = momentum + sum(area*phi(:, i)*arm*(u(:, i) + rotation*arm))
    end do
  end subroutine layer_budget
end module shallow_water
