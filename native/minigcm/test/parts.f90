!> parts WHOLE PART...: do the part files, put together by their DOMAIN_* attributes, hold exactly what
!! the whole file holds? Prints one line and exits 1 if not.
program parts
  use netcdf, only: nf90_open, nf90_nowrite, nf90_inq_varid, nf90_get_var, nf90_get_att, nf90_global, &
    nf90_inquire_dimension, nf90_inq_dimid, nf90_noerr
  use constants, only: dp
  implicit none

  integer :: whole, part, i, v, covered, total, n(4), size_global(2), first(2), last(2)
  character(512) :: path
  character(1), parameter :: names(3) = ['T', 'u', 'v']
  character(4), parameter :: dims(4) = ['lon ', 'lat ', 'lev ', 'time']
  real(dp), allocatable :: a(:, :, :, :), b(:, :, :, :), time(:), part_time(:)
  logical, allocatable :: seen(:)

  call get_command_argument(1, path)
  call good(nf90_open(path, nf90_nowrite, whole), trim(path))
  do i = 1, 4
    n(i) = length(whole, dims(i))
  end do
  allocate (seen(n(2)), source=.false.)
  allocate (a(n(1), n(2), n(3), n(4)), b(n(1), n(2), n(3), n(4)), time(n(4)), part_time(n(4)))
  call read_time(whole, time)
  covered = 0
  do i = 2, command_argument_count()
    call get_command_argument(i, path)
    call good(nf90_open(path, nf90_nowrite, part), trim(path))
    call good(nf90_get_att(part, nf90_global, 'DOMAIN_number_total', total), 'DOMAIN_number_total')
    call good(nf90_get_att(part, nf90_global, 'DOMAIN_size_global', size_global), 'DOMAIN_size_global')
    call good(nf90_get_att(part, nf90_global, 'DOMAIN_position_first', first), 'DOMAIN_position_first')
    call good(nf90_get_att(part, nf90_global, 'DOMAIN_position_last', last), 'DOMAIN_position_last')
    if (total /= command_argument_count() - 1) call bad('DOMAIN_number_total')
    if (any(size_global /= n(1:2))) call bad('DOMAIN_size_global')
    if (length(part, 'lat ') /= last(2) - first(2) + 1) call bad('latitudes')
    if (length(part, 'time') /= n(4)) call bad('number of times')
    if (any(seen(first(2):last(2)))) call bad('parts overlap')
    seen(first(2):last(2)) = .true.
    call read_time(part, part_time)
    if (any(abs(part_time - time) > 0.0_dp)) call bad('times')
    do v = 1, 3
      call read_field(whole, names(v), a)
      b(:, first(2):last(2), :, :) = field(part, names(v), last(2) - first(2) + 1)
      if (any(abs(a(:, first(2):last(2), :, :) - b(:, first(2):last(2), :, :)) > 0.0_dp)) call bad(names(v))
    end do
    covered = covered + 1
  end do
  if (.not. all(seen)) call bad('parts leave rows out')

contains

  subroutine good(status, what)
    integer, intent(in) :: status
    character(*), intent(in) :: what

    if (status /= nf90_noerr) call bad(what)
  end subroutine good

  subroutine bad(what)
    character(*), intent(in) :: what

    print '(a)', 'parts differ: '//what
    stop 1, quiet=.true.
  end subroutine bad

  integer function length(file, name) result(n_values)
    integer, intent(in) :: file
    character(4), intent(in) :: name
    integer :: id

    call good(nf90_inq_dimid(file, trim(name), id), name)
    call good(nf90_inquire_dimension(file, id, len=n_values), name)
  end function length

  subroutine read_time(file, values)
    integer, intent(in) :: file
    real(dp), intent(out) :: values(:)
    integer :: id

    call good(nf90_inq_varid(file, 'time', id), 'time')
    call good(nf90_get_var(file, id, values), 'time')
  end subroutine read_time

  subroutine read_field(file, name, values)
    integer, intent(in) :: file
    character(*), intent(in) :: name
    real(dp), intent(out) :: values(:, :, :, :)
    integer :: id

    call good(nf90_inq_varid(file, name, id), name)
    call good(nf90_get_var(file, id, values), name)
  end subroutine read_field

  function field(file, name, rows) result(values)
    integer, intent(in) :: file, rows
    character(*), intent(in) :: name
    real(dp) :: values(n(1), rows, n(3), n(4))

    call read_field(file, name, values)
  end function field
end program parts
