!> Complex Fourier transforms of many columns at once.
!!
!! Stockham's self-sorting algorithm with radices 4, 2, 3 and 5. The vector index (latitude) is
!! innermost, so every butterfly is one contiguous loop. Two real fields travel as the real and the
!! imaginary part of one complex transform.
module fourier
  use constants, only: dp, pi
  implicit none
  private
  public :: fourier_plan, plan_fourier, transform_columns

  integer, parameter :: max_stages = 16

  !> Radices and twiddle factors of one length; valid for both directions.
  type :: fourier_plan
    integer :: n = 0                       !< length of the transform
    integer :: stages = 0
    integer :: radix(max_stages) = 0
    integer :: offset(max_stages) = 0      !< where a stage's twiddle factors begin
    real(dp), allocatable :: wr(:), wi(:)  !< exp(2 pi i j p/n') per stage, p slowest
  end type fourier_plan

contains

  !> Prepare transforms of length n. ok is false unless n has no prime factor above 5.
  subroutine plan_fourier(plan, n, ok)
    type(fourier_plan), intent(out) :: plan
    integer, intent(in) :: n
    logical, intent(out) :: ok
    integer :: rest, i, s, p, j, r, total, length
    integer, parameter :: candidates(4) = [4, 2, 3, 5]

    plan%n = n
    rest = n
    total = 0
    do i = 1, size(candidates)
      do while (mod(rest, candidates(i)) == 0 .and. rest > 1)
        plan%stages = plan%stages + 1
        plan%radix(plan%stages) = candidates(i)
        rest = rest/candidates(i)
      end do
    end do
    ok = rest == 1 .and. n > 1
    if (.not. ok) return
    length = n
    do s = 1, plan%stages
      plan%offset(s) = total
      total = total + length
      length = length/plan%radix(s)
    end do
    allocate (plan%wr(total), plan%wi(total))
    length = n
    do s = 1, plan%stages
      r = plan%radix(s)
      do p = 0, length/r - 1
        do j = 0, r - 1
          plan%wr(plan%offset(s) + p*r + j + 1) = cos(2.0_dp*pi*j*p/length)
          plan%wi(plan%offset(s) + p*r + j + 1) = sin(2.0_dp*pi*j*p/length)
        end do
      end do
      length = length/r
    end do
  end subroutine plan_fourier

  !> Transform nv columns: out(k) = sum over x of in(x) exp(direction 2 pi i k x/n), not normalised.
  !! ar and ai (nv, n) are replaced by the result; br and bi are work space of the same shape.
  subroutine transform_columns(plan, direction, nv, ar, ai, br, bi)
    type(fourier_plan), intent(in) :: plan
    integer, intent(in) :: direction, nv
    real(dp), intent(inout), contiguous :: ar(:, :), ai(:, :), br(:, :), bi(:, :)
    integer :: s, width, m, r, first
    real(dp) :: sign
    logical :: swapped

    sign = real(direction, dp)
    width = nv
    m = plan%n
    swapped = .false.
    do s = 1, plan%stages
      r = plan%radix(s)
      m = m/r
      first = plan%offset(s) + 1
      if (swapped) then
        call stage(r, width, m, sign, plan%wr(first:), plan%wi(first:), br, bi, ar, ai)
      else
        call stage(r, width, m, sign, plan%wr(first:), plan%wi(first:), ar, ai, br, bi)
      end if
      swapped = .not. swapped
      width = width*r
    end do
    if (swapped) then
      ar = br
      ai = bi
    end if
  end subroutine transform_columns

  subroutine stage(r, width, m, sign, wr, wi, xr, xi, yr, yi)
    integer, intent(in) :: r, width, m
    real(dp), intent(in) :: sign
    real(dp), intent(in) :: wr(0:r*m - 1), wi(0:r*m - 1)
    real(dp), intent(in) :: xr(width, 0:m - 1, 0:r - 1), xi(width, 0:m - 1, 0:r - 1)
    real(dp), intent(inout) :: yr(width, 0:r - 1, 0:m - 1), yi(width, 0:r - 1, 0:m - 1)

    select case (r)
    case (2)
      call stage2(width, m, sign, wr, wi, xr, xi, yr, yi)
    case (4)
      call stage4(width, m, sign, wr, wi, xr, xi, yr, yi)
    case default
      call stage_odd(r, width, m, sign, wr, wi, xr, xi, yr, yi)
    end select
  end subroutine stage

  subroutine stage2(width, m, sign, wr, wi, xr, xi, yr, yi)
    integer, intent(in) :: width, m
    real(dp), intent(in) :: sign
    real(dp), intent(in) :: wr(0:1, 0:m - 1), wi(0:1, 0:m - 1)
    real(dp), intent(in) :: xr(width, 0:m - 1, 0:1), xi(width, 0:m - 1, 0:1)
    real(dp), intent(inout) :: yr(width, 0:1, 0:m - 1), yi(width, 0:1, 0:m - 1)
    integer :: p, q
    real(dp) :: c, s, dr, di

    do p = 0, m - 1
      c = wr(1, p)
      s = sign*wi(1, p)
      do q = 1, width
        dr = xr(q, p, 0) - xr(q, p, 1)
        di = xi(q, p, 0) - xi(q, p, 1)
        yr(q, 0, p) = xr(q, p, 0) + xr(q, p, 1)
        yi(q, 0, p) = xi(q, p, 0) + xi(q, p, 1)
        yr(q, 1, p) = dr*c - di*s
        yi(q, 1, p) = dr*s + di*c
      end do
    end do
  end subroutine stage2

  subroutine stage4(width, m, sign, wr, wi, xr, xi, yr, yi)
    integer, intent(in) :: width, m
    real(dp), intent(in) :: sign
    real(dp), intent(in) :: wr(0:3, 0:m - 1), wi(0:3, 0:m - 1)
    real(dp), intent(in) :: xr(width, 0:m - 1, 0:3), xi(width, 0:m - 1, 0:3)
    real(dp), intent(inout) :: yr(width, 0:3, 0:m - 1), yi(width, 0:3, 0:m - 1)
    integer :: p, q
    real(dp) :: c1, s1, c2, s2, c3, s3, ar, ai, br, bi, cr, ci, dr, di, er, ei

    do p = 0, m - 1
      c1 = wr(1, p); s1 = sign*wi(1, p)
      c2 = wr(2, p); s2 = sign*wi(2, p)
      c3 = wr(3, p); s3 = sign*wi(3, p)
      do q = 1, width
        ar = xr(q, p, 0) + xr(q, p, 2)
        ai = xi(q, p, 0) + xi(q, p, 2)
        br = xr(q, p, 0) - xr(q, p, 2)
        bi = xi(q, p, 0) - xi(q, p, 2)
        cr = xr(q, p, 1) + xr(q, p, 3)
        ci = xi(q, p, 1) + xi(q, p, 3)
        dr = -sign*(xi(q, p, 1) - xi(q, p, 3))   ! i sign (x1 - x3)
        di = sign*(xr(q, p, 1) - xr(q, p, 3))
        yr(q, 0, p) = ar + cr
        yi(q, 0, p) = ai + ci
        er = br + dr
        ei = bi + di
        yr(q, 1, p) = er*c1 - ei*s1
        yi(q, 1, p) = er*s1 + ei*c1
        er = ar - cr
        ei = ai - ci
        yr(q, 2, p) = er*c2 - ei*s2
        yi(q, 2, p) = er*s2 + ei*c2
        er = br - dr
        ei = bi - di
        yr(q, 3, p) = er*c3 - ei*s3
        yi(q, 3, p) = er*s3 + ei*c3
      end do
    end do
  end subroutine stage4

  !> Radix 3 or 5 as a small dense transform.
  subroutine stage_odd(r, width, m, sign, wr, wi, xr, xi, yr, yi)
    integer, intent(in) :: r, width, m
    real(dp), intent(in) :: sign
    real(dp), intent(in) :: wr(0:r - 1, 0:m - 1), wi(0:r - 1, 0:m - 1)
    real(dp), intent(in) :: xr(width, 0:m - 1, 0:r - 1), xi(width, 0:m - 1, 0:r - 1)
    real(dp), intent(inout) :: yr(width, 0:r - 1, 0:m - 1), yi(width, 0:r - 1, 0:m - 1)
    integer :: p, q, j, k
    real(dp) :: cr, ci, c, s

    do p = 0, m - 1
      do j = 0, r - 1
        do k = 0, r - 1
          c = cos(2.0_dp*pi*mod(j*k, r)/r)
          s = sign*sin(2.0_dp*pi*mod(j*k, r)/r)
          cr = c*wr(j, p) - s*sign*wi(j, p)
          ci = c*sign*wi(j, p) + s*wr(j, p)
          if (k == 0) then
            do q = 1, width
              yr(q, j, p) = xr(q, p, k)*cr - xi(q, p, k)*ci
              yi(q, j, p) = xr(q, p, k)*ci + xi(q, p, k)*cr
            end do
          else
            do q = 1, width
              yr(q, j, p) = yr(q, j, p) + (xr(q, p, k)*cr - xi(q, p, k)*ci)
              yi(q, j, p) = yi(q, j, p) + (xr(q, p, k)*ci + xi(q, p, k)*cr)
            end do
          end if
        end do
      end do
    end do
  end subroutine stage_odd
end module fourier
