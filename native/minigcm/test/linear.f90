!> Independent solutions of the linear steady problem, to hold the model against.
module linear
  use constants, only: dp
  use legendre, only: recurrence_factor
  implicit none
  private
  public :: solve_wavenumber, matsuno_gill

contains

  !> Steady response at zonal wavenumber m of a linear layer on the sphere with radiative rate alpha
  !! and drag rate r (s-1) to phi_eq - gh with coefficients forcing(n - m + 1), n = m..last.
  !! Solved as one dense system in (vorticity, divergence, geopotential), without any transform:
  !!   r zeta + f delta + (2 rotation/a) V = 0,
  !!   r delta - f zeta + (2 rotation/a) U - n (n + 1)/a^2 phi = 0,
  !!   alpha phi + gh delta = alpha forcing,
  !! with f = 2 rotation mu and (U, V) = (u, v) cos(latitude).
  function solve_wavenumber(m, last, a, rotation, gh, alpha, r, forcing) result(solution)
    integer, intent(in) :: m, last
    real(dp), intent(in) :: a, rotation, gh, alpha, r
    complex(dp), intent(in) :: forcing(:)
    complex(dp) :: solution(last - m + 1, 3)
    complex(dp), allocatable :: matrix(:, :), right(:)
    integer :: n, size_n, z, d, p
    real(dp) :: w, inverse
    complex(dp), parameter :: i = (0.0_dp, 1.0_dp)

    size_n = last - m + 1
    allocate (matrix(3*size_n, 3*size_n), right(3*size_n))
    matrix = 0.0_dp
    right = 0.0_dp
    w = 2.0_dp*rotation
    do n = m, last
      z = n - m + 1
      d = z + size_n
      p = d + size_n
      if (n == 0) then   ! no mean vorticity or divergence
        matrix(z, z) = 1.0_dp
        matrix(d, d) = 1.0_dp
        matrix(p, p) = alpha
        right(p) = alpha*forcing(z)
        cycle
      end if
      inverse = 1.0_dp/(n*(n + 1))
      matrix(z, z) = matrix(z, z) + r - w*i*m*inverse
      matrix(d, d) = matrix(d, d) + r - w*i*m*inverse
      if (n < last) then   ! column n + 1 seen from row n
        call couple(n, n + 1, recurrence_factor(n + 1, m), real(n + 2, dp)/((n + 1)*(n + 2)))
      end if
      if (n > max(m, 1)) then   ! column n - 1
        call couple(n, n - 1, recurrence_factor(n, m), -real(n - 1, dp)/((n - 1)*n))
      end if
      matrix(d, p) = -n*(n + 1)/a**2
      matrix(p, p) = alpha
      matrix(p, d) = gh
      right(p) = alpha*forcing(z)
    end do
    call eliminate(matrix, right)
    solution = reshape(right, [size_n, 3])

  contains

    !> f and the meridional derivative tie row n to column k = n + 1 or n - 1.
    subroutine couple(row, k, epsilon, slope)
      integer, intent(in) :: row, k
      real(dp), intent(in) :: epsilon, slope
      integer :: zr, dr, zc, dc

      zr = row - m + 1
      dr = zr + size_n
      zc = k - m + 1
      dc = zc + size_n
      matrix(zr, dc) = matrix(zr, dc) + w*epsilon*(1.0_dp - slope)
      matrix(dr, zc) = matrix(dr, zc) - w*epsilon*(1.0_dp - slope)
    end subroutine couple
  end function solve_wavenumber

  !> Gaussian elimination with partial pivoting; the solution replaces the right-hand side.
  subroutine eliminate(matrix, right)
    complex(dp), intent(inout) :: matrix(:, :), right(:)
    complex(dp) :: row(size(right)), factor, one
    integer :: j, k, pivot, n

    n = size(right)
    do j = 1, n
      pivot = j - 1 + maxloc(abs(matrix(j:, j)), 1)
      row = matrix(j, :)
      matrix(j, :) = matrix(pivot, :)
      matrix(pivot, :) = row
      one = right(j)
      right(j) = right(pivot)
      right(pivot) = one
      do k = j + 1, n
        factor = matrix(k, j)/matrix(j, j)
        matrix(k, j:) = matrix(k, j:) - factor*matrix(j, j:)
        right(k) = right(k) - factor*right(j)
      end do
    end do
    do j = n, 1, -1
      right(j) = (right(j) - sum(matrix(j, j + 1:)*right(j + 1:)))/matrix(j, j)
    end do
  end subroutine eliminate

  !> Gill's (1980) response to heating cos(k x) exp(-y^2/4) with damping e, in his units (long-wave
  !! approximation, equatorial beta plane); heating raises p here. Kelvin and first Rossby wave.
  elemental subroutine matsuno_gill(kx, y, k, e, u, v, p)
    real(dp), intent(in) :: kx, y, k, e
    real(dp), intent(out) :: u, v, p
    complex(dp) :: wave
    real(dp) :: q0, q2, bell

    wave = cmplx(cos(kx), sin(kx), dp)
    q0 = real(wave/cmplx(e, k, dp), dp)
    q2 = real(wave/cmplx(3.0_dp*e, -k, dp), dp)
    bell = exp(-0.25_dp*y*y)
    p = 0.5_dp*bell*(q0 + q2*(1.0_dp + y*y))
    u = 0.5_dp*bell*(q0 + q2*(y*y - 3.0_dp))
    v = bell*y*(4.0_dp*e*q2 - cos(kx))
  end subroutine matsuno_gill
end module linear
