!> Vertical profiles: pressure levels, tables of (pressure, value), radiative time, temperature.
module profiles
  use constants, only: dp, bar
  implicit none
  private
  public :: table_length, pressure_levels, table_value, table_ordered, radiative_time_3d, guillot
  public :: unset

  integer, parameter :: table_length = 20       !< pairs that a table of the namelist may hold
  real(dp), parameter :: unset = -huge(1.0_dp)  !< marks what the namelist did not give

contains

  !> n pressures in Pa from top to bottom, evenly spaced in log p.
  pure function pressure_levels(n, top, bottom) result(p)
    integer, intent(in) :: n
    real(dp), intent(in) :: top, bottom
    real(dp) :: p(n)
    integer :: k

    p(1) = top
    do k = 2, n
      p(k) = top*(bottom/top)**(real(k - 1, dp)/real(n - 1, dp))
    end do
  end function pressure_levels

  !> Is a table empty or are its pressures rising, each with a value?
  pure logical function table_ordered(pressure, values) result(ordered)
    real(dp), intent(in) :: pressure(:), values(:)
    integer :: n

    n = count(pressure > unset)
    ordered = n == count(values > unset)
    if (.not. ordered) return
    ordered = all(pressure(:n) > 0.0_dp) .and. all(values(:n) > unset)
    if (n > 1) ordered = ordered .and. all(pressure(2:n) > pressure(:n - 1))
  end function table_ordered

  !> Value of a table at p, linear in log p, constant beyond its ends. With `logarithmic`, values are
  !! interpolated in their logarithm (all must then be positive). An empty table gives `default`.
  pure function table_value(pressure, values, p, default, logarithmic) result(value)
    real(dp), intent(in) :: pressure(:), values(:), p, default
    logical, intent(in) :: logarithmic
    real(dp) :: value, fraction
    integer :: n, k

    n = count(pressure > unset)
    if (n == 0) then
      value = default
    else if (p <= pressure(1) .or. n == 1) then
      value = values(1)
    else if (p >= pressure(n)) then
      value = values(n)
    else
      k = count(pressure(:n) <= p)
      fraction = log(p/pressure(k))/log(pressure(k + 1)/pressure(k))
      if (logarithmic) then
        value = values(k)*(values(k + 1)/values(k))**fraction
      else
        value = values(k) + fraction*(values(k + 1) - values(k))
      end if
    end if
  end function table_value

  !> Radiative time in s of a hot Jupiter at pressure p in Pa: the fit of Heng, Menou & Phillipps 2011
  !! to HD 209458b, given for p <= 10 bar; below, it goes on with the slope it has there.
  elemental function radiative_time_3d(p) result(tau)
    real(dp), intent(in) :: p
    real(dp) :: tau, x, beyond, slope
    real(dp), parameter :: c(0:4) = [5.4659686_dp, 1.4940124_dp, 0.66079196_dp, 0.16475329_dp, &
                                     0.014241552_dp]

    x = min(log10(p/bar), 1.0_dp)
    beyond = max(log10(p/bar) - 1.0_dp, 0.0_dp)
    slope = c(1) + 2.0_dp*c(2) + 3.0_dp*c(3) + 4.0_dp*c(4)
    tau = 10.0_dp**(c(0) + x*(c(1) + x*(c(2) + x*(c(3) + x*c(4)))) + beyond*slope)
  end function radiative_time_3d

  !> Mean temperature in K at pressure p of an irradiated grey atmosphere (Guillot 2010, eq. 29, with
  !! redistribution f): ratio is the visible over the thermal opacity (above one: an inversion),
  !! photosphere the pressure of thermal optical depth one.
  elemental function guillot(p, irradiation, interior, ratio, photosphere, f) result(t)
    real(dp), intent(in) :: p, irradiation, interior, ratio, photosphere, f
    real(dp) :: t, depth, root3

    root3 = sqrt(3.0_dp)
    depth = p/photosphere
    t = 0.75_dp*interior**4*(2.0_dp/3.0_dp + depth) &
        + 0.75_dp*irradiation**4*f*(2.0_dp/3.0_dp + 1.0_dp/(ratio*root3) &
        + (ratio/root3 - 1.0_dp/(ratio*root3))*exp(-min(ratio*depth*root3, 700.0_dp)))
    t = t**0.25_dp
  end function guillot
end module profiles
