! A Fortran model with floating-point traps on, through nf90. What each call left in errno is told (errnos.h).
program traps
    use, intrinsic :: iso_c_binding, only: c_char, c_null_char
    use netcdf
    implicit none
    interface
        subroutine errno_mark() bind(c)
        end subroutine errno_mark
        subroutine errno_tell(call) bind(c)
            import :: c_char
            character(kind=c_char), intent(in) :: call(*)
        end subroutine errno_tell
    end interface
    integer, parameter :: nx = 64
    integer :: nc, time_dim, x_dim, time_id, t_id, label_id, step
    real(8) :: field(nx)
    real(4) :: single(nx)
    character(len=256) :: path
    call get_command_argument(1, path)
    call errno_mark()
    call told('nf90_create', nf90_create(trim(path), nf90_64bit_offset, nc))
    call told('nf90_def_dim', nf90_def_dim(nc, 'time', nf90_unlimited, time_dim))
    call told('nf90_def_dim', nf90_def_dim(nc, 'x', nx, x_dim))
    call told('nf90_def_var', nf90_def_var(nc, 'time', nf90_double, [time_dim], time_id))
    call told('nf90_def_var', nf90_def_var(nc, 'T', nf90_float, [x_dim, time_dim], t_id))
    call told('nf90_def_var', nf90_def_var(nc, 'u', nf90_float, [x_dim, time_dim], label_id))
    call told('nf90_put_att', nf90_put_att(nc, t_id, 'units', 'K'))
    call told('nf90_enddef', nf90_enddef(nc))
    do step = 1, 5
        field = 1.0d0/real(step, 8)
        single = real(step)
        call told('nf90_put_var', nf90_put_var(nc, t_id, field, start=[1, step], count=[nx, 1]))
        call told('nf90_put_var', nf90_put_var(nc, time_id, real(step, 8), start=[step]))
        call told('nf90_put_var', nf90_put_var(nc, label_id, single(1:nx:2), start=[1, step], count=[nx/2, 1], stride=[2, 1]))
    end do
    call told('nf90_close', nf90_close(nc))
    print '(a)', 'done'
contains
    subroutine told(call_name, rc)
        character(len=*), intent(in) :: call_name
        integer, intent(in) :: rc
        call errno_tell(call_name//c_null_char)
        if (rc /= nf90_noerr) error stop 3
    end subroutine told
end program traps
