! Hands two fields and their time over through the model API. Prints whether they were copied; what each
! call left in errno is told (errnos.h).
program puts
    use, intrinsic :: iso_c_binding, only: c_char, c_double, c_float, c_null_char
    use plateau, only: plateau_variable, plateau_finish, plateau_double, plateau_float
    implicit none
    interface
        subroutine errno_mark() bind(c)
        end subroutine errno_mark
        subroutine errno_tell(call) bind(c)
            import :: c_char
            character(kind=c_char), intent(in) :: call(*)
        end subroutine errno_tell
    end interface
    integer, parameter :: nx = 4, ny = 3
    type(plateau_variable) :: temperature, time
    real(c_float) :: field(nx, ny)
    logical :: first, second, third
    integer :: i, j
    do j = 1, ny
        do i = 1, nx
            field(i, j) = real(i + 10*j, c_float)
        end do
    end do
    call errno_mark()
    call temperature%define('T', plateau_float, [character(len=4) :: 'lon', 'lat', 'time'], [nx, ny, 0])
    call errno_tell('temperature define'//c_null_char)
    call temperature%attribute('units', 'K')
    call errno_tell('temperature attribute'//c_null_char)
    call temperature%attribute('missing_value', 1.0e20_c_double)
    call errno_tell('temperature attribute'//c_null_char)
    call time%define('time', plateau_double, ['time'], [0])
    call errno_tell('time define'//c_null_char)
    call temperature%put(field, [1, 1, 1], [nx, ny, 1], first)
    call errno_tell('temperature put'//c_null_char)
    call time%put(5.0_c_double, [1], [1], second)
    call errno_tell('time put'//c_null_char)
    call temperature%put(field(1:2, :), [3, 1, 2], [2, ny, 1], third) ! not contiguous: copied in
    call errno_tell('temperature put'//c_null_char)
    call plateau_finish()
    call errno_tell('plateau_finish'//c_null_char)
    print '(3l2)', first, second, third
end program puts
