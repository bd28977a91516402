! Hands two fields and their time over through the model API. Prints whether they were copied.
program puts
    use, intrinsic :: iso_c_binding, only: c_double, c_float
    use plateau, only: plateau_variable, plateau_finish, plateau_double, plateau_float
    implicit none
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
    call temperature%define('T', plateau_float, [character(len=4) :: 'lon', 'lat', 'time'], [nx, ny, 0])
    call temperature%attribute('units', 'K')
    call temperature%attribute('missing_value', 1.0e20_c_double)
    call time%define('time', plateau_double, ['time'], [0])
    call temperature%put(field, [1, 1, 1], [nx, ny, 1], first)
    call time%put(5.0_c_double, [1], [1], second)
    call temperature%put(field(1:2, :), [3, 1, 2], [2, ny, 1], third) ! not contiguous: copied in
    call plateau_finish()
    print '(3l2)', first, second, third
end program puts
