! The Fortran half of both.c: writes a file through nf90.
subroutine write_fortran(rc) bind(c, name='write_fortran')
    use, intrinsic :: iso_c_binding, only: c_char, c_int, c_null_char
    use netcdf
    implicit none
    interface
        subroutine errno_tell(call) bind(c)
            import :: c_char
            character(kind=c_char), intent(in) :: call(*)
        end subroutine errno_tell
    end interface
    integer(c_int), intent(out) :: rc
    integer :: nc, x_dim, id
    real(8) :: field(8)
    field = 2.5d0
    rc = nf90_create('fortran.nc', nf90_64bit_offset, nc)
    call errno_tell('nf90_create'//c_null_char)
    if (rc == 0) rc = nf90_def_dim(nc, 'x', 8, x_dim)
    if (rc == 0) rc = nf90_def_var(nc, 'from_fortran', nf90_double, [x_dim], id)
    if (rc == 0) rc = nf90_enddef(nc)
    if (rc == 0) rc = nf90_put_var(nc, id, field)
    call errno_tell('nf90_put_var'//c_null_char)
    if (rc == 0) rc = nf90_close(nc)
    call errno_tell('nf90_close'//c_null_char)
end subroutine write_fortran
