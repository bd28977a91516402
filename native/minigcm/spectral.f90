!> Spherical harmonic transforms on a Gaussian grid with triangular truncation.
!!
!! A field is f = sum over m >= 0 and n of f_n^m P_n^m(mu) exp(i m lon) (+ complex conjugate for
!! m > 0), P normalised to unit square integral. Coefficients are packed with n fastest, from n = m
!! to truncation + 1; the last one of each m is only used by vector transforms and is zero in scalars.
!!
!! The Legendre sums use that P_n^m is even or odd about the equator, and treat all fields of a layer
!! together: synthesis is a loop over latitudes and analysis a loop over n that the compiler turns
!! into vector code with the partial sums in registers. Nothing depends on how many layers a process
!! holds, so that results do not depend on the number of MPI ranks.
module spectral
  use constants, only: dp, pi
  use fourier, only: fourier_plan, plan_fourier, transform_columns
  use legendre, only: gauss_latitudes, legendre_functions, recurrence_factor
  implicit none
  private
  public :: sphere, workspace, make_sphere, make_workspace, synthesise, analyse
  public :: fields_in, fields_out

  integer, parameter :: fields_in = 4     !< fields that one synthesis makes
  integer, parameter :: fields_out = 5    !< coefficient sets that one analysis makes
  integer, parameter :: vector = 8        !< rows of the analysis matrices are padded to this

  !> Grid, truncation and transform matrices; constant after make_sphere.
  type :: sphere
    integer :: truncation = 0
    integer :: nlat = 0, nlon = 0
    integer :: half = 0                        !< latitudes in a hemisphere
    integer :: ncoef = 0                       !< packed coefficients, n = truncation + 1 included
    real(dp) :: radius = 1.0_dp                !< m
    real(dp), allocatable :: mu(:), weight(:)  !< sin(latitude), Gaussian weight; south to north
    real(dp), allocatable :: cosine(:)         !< cos(latitude)
    real(dp), allocatable :: longitude(:)      !< degrees east, 0 first
    integer, allocatable :: first(:)           !< index of n = m, for m = 0..truncation
    integer, allocatable :: m(:), n(:)         !< of each packed coefficient
    real(dp), allocatable :: lower(:), upper(:) !< recurrence factors at n and at n + 1
    real(dp), allocatable :: p(:, :)           !< (half, ncoef): P at northern latitudes, pole first
    real(dp), allocatable :: pt(:)             !< the same by m and parity, n fastest, padded
    integer, allocatable :: block(:, :)        !< (parity, m): where a block of pt begins
    integer, allocatable :: rows(:, :)         !< (parity, m): padded number of n in it
    type(fourier_plan) :: plan
  end type sphere

  !> Scratch arrays of one layer's transforms.
  type :: workspace
    real(dp), allocatable :: re(:, :, :), im(:, :, :)  !< (nlat, nlon, 3): pairs of fields
    real(dp), allocatable :: sr(:, :), si(:, :)        !< (nlat, nlon): for the Fourier transform
    real(dp), allocatable :: coef(:, :)                !< (2 fields_in, ncoef)
    real(dp), allocatable :: even(:, :), odd(:, :)     !< (2 fields, half)
    complex(dp), allocatable :: spec(:, :)             !< (ncoef, fields_out)
  end type workspace

contains

  !> Build the grid of nlat Gaussian latitudes and 2 nlat longitudes. ok is false, with a reason, if
  !! the grid does not carry quadratic products of that truncation or nlon has a prime factor above 5.
  subroutine make_sphere(s, truncation, nlat, radius, ok, reason)
    type(sphere), intent(out) :: s
    integer, intent(in) :: truncation, nlat
    real(dp), intent(in) :: radius
    logical, intent(out) :: ok
    character(*), intent(out) :: reason
    integer :: i

    reason = ''
    s%truncation = truncation
    s%nlat = nlat
    s%nlon = 2*nlat
    s%half = nlat/2
    s%radius = radius
    ok = mod(nlat, 2) == 0 .and. s%nlon >= 3*truncation + 1 .and. truncation >= 3
    if (.not. ok) then
      write (reason, '(a,i0,a,i0)') 'expected an even nlat of at least (3 truncation + 1)/2 and a '// &
        'truncation of at least 3, got nlat = ', nlat, ', truncation = ', truncation
      return
    end if
    call plan_fourier(s%plan, s%nlon, ok)
    if (.not. ok) then
      write (reason, '(a,i0)') 'expected 2 nlat without prime factors above 5, got ', s%nlon
      return
    end if
    allocate (s%mu(nlat), s%weight(nlat), s%cosine(nlat), s%longitude(s%nlon))
    call gauss_latitudes(nlat, s%mu, s%weight)
    s%cosine = sqrt(1.0_dp - s%mu**2)
    s%longitude = [(360.0_dp*(i - 1)/s%nlon, i=1, s%nlon)]
    call make_matrices(s)
  end subroutine make_sphere

  subroutine make_matrices(s)
    type(sphere), intent(inout) :: s
    integer :: m, n, k, j, parity, total, row
    real(dp), allocatable :: column(:)

    allocate (s%first(0:s%truncation), s%block(0:1, 0:s%truncation), s%rows(0:1, 0:s%truncation))
    s%ncoef = 0
    total = 0
    do m = 0, s%truncation
      s%first(m) = s%ncoef + 1
      s%ncoef = s%ncoef + s%truncation + 2 - m
      do parity = 0, 1
        n = (s%truncation + 1 - m - parity)/2 + 1
        s%rows(parity, m) = vector*((n + vector - 1)/vector)
        s%block(parity, m) = total + 1
        total = total + s%rows(parity, m)*s%half
      end do
    end do
    allocate (s%m(s%ncoef), s%n(s%ncoef), s%p(s%half, s%ncoef), s%pt(total), column(s%truncation + 2))
    s%pt = 0.0_dp
    do m = 0, s%truncation
      do j = 1, s%half
        call legendre_functions(m, s%truncation + 1, s%mu(s%nlat + 1 - j), column)
        do n = m, s%truncation + 1
          k = s%first(m) + n - m
          parity = mod(n - m, 2)
          row = (n - m)/2
          s%m(k) = m
          s%n(k) = n
          s%p(j, k) = column(n - m + 1)
          s%pt(s%block(parity, m) + row + (j - 1)*s%rows(parity, m)) = column(n - m + 1)
        end do
      end do
    end do
    s%lower = recurrence_factor(s%n, s%m)
    s%upper = recurrence_factor(s%n + 1, s%m)
  end subroutine make_matrices

  subroutine make_workspace(s, w)
    type(sphere), intent(in) :: s
    type(workspace), intent(out) :: w

    allocate (w%re(s%nlat, s%nlon, 3), w%im(s%nlat, s%nlon, 3))
    allocate (w%sr(s%nlat, s%nlon), w%si(s%nlat, s%nlon))
    allocate (w%coef(2*fields_in, s%ncoef))
    allocate (w%even(s%half, 2*fields_out), w%odd(s%half, 2*fields_out))
    allocate (w%spec(s%ncoef, fields_out))
  end subroutine make_workspace

  !> From w%coef (real and imaginary parts of four coefficient sets) to the grid: fields 1 and 2 in
  !! w%re(:,:,1) and w%im(:,:,1), fields 3 and 4 in w%re(:,:,2) and w%im(:,:,2).
  subroutine synthesise(s, w)
    type(sphere), intent(in) :: s
    type(workspace), intent(inout) :: w
    integer :: m, k0, k1, pair

    w%re(:, s%truncation + 2:s%nlon - s%truncation, 1:2) = 0.0_dp
    w%im(:, s%truncation + 2:s%nlon - s%truncation, 1:2) = 0.0_dp
    do m = 0, s%truncation
      k0 = s%first(m)
      k1 = k0 + s%truncation + 1 - m
      call sum_over_n(s%half, s%p(:, k0:k1), w%coef(:, k0:k1), k1 - k0 + 1, 0, w%even)
      call sum_over_n(s%half, s%p(:, k0:k1), w%coef(:, k0:k1), k1 - k0 + 1, 1, w%odd)
      do pair = 1, 2
        call place(s, m, 4*(pair - 1), w%even, w%odd, w%re(:, :, pair), w%im(:, :, pair))
      end do
    end do
    do pair = 1, 2
      call transform_columns(s%plan, 1, s%nlat, w%re(:, :, pair), w%im(:, :, pair), w%sr, w%si)
    end do
  end subroutine synthesise

  !> Eight Legendre sums over the n of one parity.
  subroutine sum_over_n(half, p, coef, terms, parity, total)
    integer, intent(in) :: half, terms, parity
    real(dp), intent(in) :: p(half, terms), coef(8, terms)
    real(dp), intent(inout) :: total(half, 10)
    real(dp) :: t1, t2, t3, t4, t5, t6, t7, t8
    integer :: j, k

    !$omp simd private(t1, t2, t3, t4, t5, t6, t7, t8, k)
    do j = 1, half
      t1 = 0.0_dp; t2 = 0.0_dp; t3 = 0.0_dp; t4 = 0.0_dp
      t5 = 0.0_dp; t6 = 0.0_dp; t7 = 0.0_dp; t8 = 0.0_dp
      do k = 1 + parity, terms, 2
        t1 = t1 + p(j, k)*coef(1, k)
        t2 = t2 + p(j, k)*coef(2, k)
        t3 = t3 + p(j, k)*coef(3, k)
        t4 = t4 + p(j, k)*coef(4, k)
        t5 = t5 + p(j, k)*coef(5, k)
        t6 = t6 + p(j, k)*coef(6, k)
        t7 = t7 + p(j, k)*coef(7, k)
        t8 = t8 + p(j, k)*coef(8, k)
      end do
      total(j, 1) = t1; total(j, 2) = t2; total(j, 3) = t3; total(j, 4) = t4
      total(j, 5) = t5; total(j, 6) = t6; total(j, 7) = t7; total(j, 8) = t8
    end do
  end subroutine sum_over_n

  !> Put wavenumber m of two real fields into the complex row field 1 + i field 2.
  subroutine place(s, m, c, even, odd, re, im)
    type(sphere), intent(in) :: s
    integer, intent(in) :: m, c
    real(dp), intent(in) :: even(:, :), odd(:, :)
    real(dp), intent(inout) :: re(:, :), im(:, :)
    integer :: j, north, mirror
    real(dp) :: ar, ai, br, bi

    mirror = mod(s%nlon - m, s%nlon) + 1
    do j = 1, s%half
      north = s%nlat + 1 - j
      ar = even(j, c + 1) + odd(j, c + 1)
      ai = even(j, c + 2) + odd(j, c + 2)
      br = even(j, c + 3) + odd(j, c + 3)
      bi = even(j, c + 4) + odd(j, c + 4)
      re(north, mirror) = ar + bi
      im(north, mirror) = br - ai
      re(north, m + 1) = ar - bi
      im(north, m + 1) = ai + br
      ar = even(j, c + 1) - odd(j, c + 1)
      ai = even(j, c + 2) - odd(j, c + 2)
      br = even(j, c + 3) - odd(j, c + 3)
      bi = even(j, c + 4) - odd(j, c + 4)
      re(j, mirror) = ar + bi
      im(j, mirror) = br - ai
      re(j, m + 1) = ar - bi
      im(j, m + 1) = ai + br
    end do
    if (m == 0) then   ! the mean has no imaginary part, whatever rounding says
      do j = 1, s%half
        north = s%nlat + 1 - j
        re(north, 1) = even(j, c + 1) + odd(j, c + 1)
        im(north, 1) = even(j, c + 3) + odd(j, c + 3)
        re(j, 1) = even(j, c + 1) - odd(j, c + 1)
        im(j, 1) = even(j, c + 3) - odd(j, c + 3)
      end do
    end if
  end subroutine place

  !> From three pairs of grid fields (x, y), (fx, fy), (e, q) in w%re and w%im to w%spec:
  !! 1, 2: x, y with weight 1/(a cos^2);  3: q - d(fx)/dlon/(a cos^2);  4: fy with weight 1/(a cos^2);
  !! 5: e. Their combination into divergence, curl and tendencies is the caller's.
  subroutine analyse(s, w)
    type(sphere), intent(in) :: s
    type(workspace), intent(inout) :: w
    integer :: m, pair, k0, terms

    do pair = 1, 3
      call transform_columns(s%plan, -1, s%nlat, w%re(:, :, pair), w%im(:, :, pair), w%sr, w%si)
    end do
    do m = 0, s%truncation
      call collect(s, m, w)
      k0 = s%first(m)
      terms = s%truncation + 2 - m
      call sum_over_latitude(s%half, s%rows(0, m), s%pt(s%block(0, m):), w%even, (terms + 1)/2, &
                             w%spec(k0:, :), 1)
      call sum_over_latitude(s%half, s%rows(1, m), s%pt(s%block(1, m):), w%odd, terms/2, &
                             w%spec(k0:, :), 2)
    end do
  end subroutine analyse

  !> Separate wavenumber m of the six fields, weight it, and fold the hemispheres together.
  subroutine collect(s, m, w)
    type(sphere), intent(in) :: s
    integer, intent(in) :: m
    type(workspace), intent(inout) :: w
    integer :: j, side, row, mirror
    real(dp) :: g(10, 2), plain, vectorial, ar, ai, br, bi

    mirror = mod(s%nlon - m, s%nlon) + 1
    do j = 1, s%half
      plain = 0.5_dp*s%weight(j)/s%nlon
      vectorial = plain/(s%radius*s%cosine(j)**2)
      do side = 1, 2
        row = merge(s%nlat + 1 - j, j, side == 1)
        call separate(w%re(row, m + 1, 1), w%im(row, m + 1, 1), w%re(row, mirror, 1), &
                      w%im(row, mirror, 1), ar, ai, br, bi)
        g(1, side) = vectorial*ar
        g(2, side) = vectorial*ai
        g(3, side) = vectorial*br
        g(4, side) = vectorial*bi
        call separate(w%re(row, m + 1, 2), w%im(row, m + 1, 2), w%re(row, mirror, 2), &
                      w%im(row, mirror, 2), ar, ai, br, bi)
        g(5, side) = vectorial*m*ai
        g(6, side) = -vectorial*m*ar
        g(7, side) = vectorial*br
        g(8, side) = vectorial*bi
        call separate(w%re(row, m + 1, 3), w%im(row, m + 1, 3), w%re(row, mirror, 3), &
                      w%im(row, mirror, 3), ar, ai, br, bi)
        g(9, side) = plain*ar
        g(10, side) = plain*ai
        g(5, side) = g(5, side) + plain*br
        g(6, side) = g(6, side) + plain*bi
      end do
      w%even(j, :) = g(:, 1) + g(:, 2)
      w%odd(j, :) = g(:, 1) - g(:, 2)
    end do
  end subroutine collect

  !> Twice the coefficients a, b of two real fields from those of a + i b at m and at -m.
  pure subroutine separate(zr, zi, yr, yi, ar, ai, br, bi)
    real(dp), intent(in) :: zr, zi, yr, yi
    real(dp), intent(out) :: ar, ai, br, bi

    ar = zr + yr
    ai = zi - yi
    br = zi + yi
    bi = yr - zr
  end subroutine separate

  !> Ten Legendre sums over a hemisphere for every n of one parity.
  subroutine sum_over_latitude(half, rows, pt, g, terms, spec, start)
    integer, intent(in) :: half, rows, terms, start
    real(dp), intent(in) :: pt(rows, half), g(half, 10)
    complex(dp), intent(inout) :: spec(:, :)
    real(dp) :: t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, total(rows, 10)
    integer :: j, k

    !$omp simd private(t1, t2, t3, t4, t5, t6, t7, t8, t9, t10, j)
    do k = 1, rows
      t1 = 0.0_dp; t2 = 0.0_dp; t3 = 0.0_dp; t4 = 0.0_dp; t5 = 0.0_dp
      t6 = 0.0_dp; t7 = 0.0_dp; t8 = 0.0_dp; t9 = 0.0_dp; t10 = 0.0_dp
      do j = 1, half
        t1 = t1 + pt(k, j)*g(j, 1)
        t2 = t2 + pt(k, j)*g(j, 2)
        t3 = t3 + pt(k, j)*g(j, 3)
        t4 = t4 + pt(k, j)*g(j, 4)
        t5 = t5 + pt(k, j)*g(j, 5)
        t6 = t6 + pt(k, j)*g(j, 6)
        t7 = t7 + pt(k, j)*g(j, 7)
        t8 = t8 + pt(k, j)*g(j, 8)
        t9 = t9 + pt(k, j)*g(j, 9)
        t10 = t10 + pt(k, j)*g(j, 10)
      end do
      total(k, 1) = t1; total(k, 2) = t2; total(k, 3) = t3; total(k, 4) = t4; total(k, 5) = t5
      total(k, 6) = t6; total(k, 7) = t7; total(k, 8) = t8; total(k, 9) = t9; total(k, 10) = t10
    end do
    do j = 1, fields_out
      do k = 1, terms
        spec(start + 2*(k - 1), j) = cmplx(total(k, 2*j - 1), total(k, 2*j), dp)
      end do
    end do
  end subroutine sum_over_latitude
end module spectral
