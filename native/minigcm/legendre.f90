!> Gaussian latitudes and normalised associated Legendre functions.
module legendre
  use constants, only: dp, pi
  implicit none
  private
  public :: gauss_latitudes, legendre_functions, recurrence_factor

contains

  !> The n Gaussian nodes mu = sin(latitude), from south to north, and their weights (sum 2).
  subroutine gauss_latitudes(n, mu, weight)
    integer, intent(in) :: n
    real(dp), intent(out) :: mu(n), weight(n)
    integer :: j, k, iteration
    real(dp) :: x, p0, p1, p2, slope, change

    do j = 1, (n + 1)/2
      x = cos(pi*(j - 0.25_dp)/(n + 0.5_dp))
      do iteration = 1, 100
        p0 = 1.0_dp
        p1 = x
        do k = 2, n
          p2 = ((2*k - 1)*x*p1 - (k - 1)*p0)/k
          p0 = p1
          p1 = p2
        end do
        slope = n*(p0 - x*p1)/(1.0_dp - x*x)
        change = p1/slope
        x = x - change
        if (abs(change) < 1.0e-15_dp) exit
      end do
      mu(n + 1 - j) = x
      mu(j) = -x
      weight(j) = 2.0_dp/((1.0_dp - x*x)*slope*slope)
      weight(n + 1 - j) = weight(j)
    end do
  end subroutine gauss_latitudes

  !> sqrt((n^2 - m^2)/(4 n^2 - 1)), the factor of every Legendre recurrence.
  elemental function recurrence_factor(n, m) result(epsilon)
    integer, intent(in) :: n, m
    real(dp) :: epsilon

    epsilon = 0.0_dp
    if (n > m) epsilon = sqrt(real(n*n - m*m, dp)/real(4*n*n - 1, dp))
  end function recurrence_factor

  !> P_n^m(mu) for n = m..last into p(n - m + 1), normalised so that its square integrates to one.
  subroutine legendre_functions(m, last, mu, p)
    integer, intent(in) :: m, last
    real(dp), intent(in) :: mu
    real(dp), intent(out) :: p(:)
    integer :: k, n

    p(1) = sqrt(0.5_dp)
    do k = 1, m
      p(1) = p(1)*sqrt(real(2*k + 1, dp)/real(2*k, dp))*sqrt(1.0_dp - mu*mu)
    end do
    if (last > m) p(2) = mu*p(1)/recurrence_factor(m + 1, m)
    do n = m + 2, last
      p(n - m + 1) = (mu*p(n - m) - recurrence_factor(n - 1, m)*p(n - m - 1))/recurrence_factor(n, m)
    end do
  end subroutine legendre_functions
end module legendre
