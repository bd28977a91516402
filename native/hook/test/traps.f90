! A Fortran model with floating-point traps on, through nf90.
program traps
    use netcdf
    implicit none
    integer, parameter :: nx = 64
    integer :: nc, time_dim, x_dim, time_id, t_id, label_id, step, rc
    real(8) :: field(nx)
    real(4) :: single(nx)
    character(len=256) :: path
    call get_command_argument(1, path)
    rc = nf90_create(trim(path), nf90_64bit_offset, nc)
    rc = nf90_def_dim(nc, 'time', nf90_unlimited, time_dim)
    rc = nf90_def_dim(nc, 'x', nx, x_dim)
    rc = nf90_def_var(nc, 'time', nf90_double, [time_dim], time_id)
    rc = nf90_def_var(nc, 'T', nf90_float, [x_dim, time_dim], t_id)
    rc = nf90_def_var(nc, 'u', nf90_float, [x_dim, time_dim], label_id)
    rc = nf90_put_att(nc, t_id, 'units', 'K')
    rc = nf90_enddef(nc)
    do step = 1, 5
        field = 1.0d0/real(step, 8)
        single = real(step)
        rc = nf90_put_var(nc, t_id, field, start=[1, step], count=[nx, 1])
        if (rc /= nf90_noerr) error stop 3
        rc = nf90_put_var(nc, time_id, real(step, 8), start=[step])
        rc = nf90_put_var(nc, label_id, single(1:nx:2), start=[1, step], count=[nx/2, 1], stride=[2, 1])
    end do
    rc = nf90_close(nc)
    print '(a)', 'done'
end program traps
