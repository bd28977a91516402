!> Restart files: the spectral state of every level in double precision. Runge-Kutta steps need
!! nothing else, so a continued run is the run that was not stopped, bit for bit.
module restart
  use netcdf, only: nf90_create, nf90_open, nf90_close, nf90_def_dim, nf90_def_var, nf90_put_att, &
    nf90_get_att, nf90_put_var, nf90_get_var, nf90_enddef, nf90_strerror, nf90_noerr, nf90_double, &
    nf90_64bit_offset, nf90_clobber, nf90_nowrite, nf90_global, nf90_inq_varid, nf90_inq_dimid, &
    nf90_inquire_dimension
  use constants, only: dp
  use settings, only: model_settings
  use atmosphere, only: stack
  use communication, only: team, gather_levels
  implicit none
  private
  public :: write_restart, read_restart

contains

  !> Rank 0 writes the state of all ranks at `seconds`. Collective. message is empty on success.
  subroutine write_restart(s, a, t, seconds, message)
    type(model_settings), intent(in) :: s
    type(stack), intent(in) :: a
    type(team), intent(in) :: t
    real(dp), intent(in) :: seconds
    character(*), intent(out) :: message
    real(dp), allocatable :: mine(:, :), all(:, :)
    integer :: i, n, status, ncid, dims(4), state, pressure

    message = ''
    n = 6*a%grid%ncoef
    allocate (mine(n, size(a%layers)), all(n, merge(s%levels, 0, t%rank == 0)))
    do i = 1, size(a%layers)
      mine(:, i) = reshape([a%layers(i)%state%re, a%layers(i)%state%im], [n])
    end do
    call gather_levels(t, 0, mine, all)
    if (t%rank /= 0) return
    status = nf90_create(s%restart_out, ior(nf90_clobber, nf90_64bit_offset), ncid)
    if (status == nf90_noerr) then
      call also(status, nf90_def_dim(ncid, 'coefficient', a%grid%ncoef, dims(1)))
      call also(status, nf90_def_dim(ncid, 'set', 3, dims(2)))
      call also(status, nf90_def_dim(ncid, 'part', 2, dims(3)))
      call also(status, nf90_def_dim(ncid, 'lev', s%levels, dims(4)))
      call also(status, nf90_def_var(ncid, 'lev', nf90_double, dims(4:4), pressure))
      call also(status, nf90_put_att(ncid, pressure, 'units', 'Pa'))
      call also(status, nf90_def_var(ncid, 'state', nf90_double, dims, state))
      call also(status, nf90_put_att(ncid, state, 'long_name', 'spherical harmonic coefficients of '// &
                                     'vorticity, divergence, geopotential; real and imaginary part'))
      call also(status, nf90_put_att(ncid, nf90_global, 'title', 'minigcm restart'))
      call also(status, nf90_put_att(ncid, nf90_global, 'truncation', s%truncation))
      call also(status, nf90_put_att(ncid, nf90_global, 'time_seconds', seconds))
      call also(status, nf90_enddef(ncid))
      call also(status, nf90_put_var(ncid, pressure, a%profile%pressure))
      call also(status, nf90_put_var(ncid, state, reshape(all, [a%grid%ncoef, 3, 2, s%levels])))
      call also(status, nf90_close(ncid))
    end if
    if (status /= nf90_noerr) message = trim(s%restart_out)//': '//trim(nf90_strerror(status))
  end subroutine write_restart

  !> Every rank reads its own levels. message is empty on success.
  subroutine read_restart(s, a, seconds, message)
    type(model_settings), intent(in) :: s
    type(stack), intent(inout) :: a
    real(dp), intent(out) :: seconds
    character(*), intent(out) :: message
    real(dp) :: values(a%grid%ncoef, 3, 2)
    integer :: i, status, ncid, state, dim, levels, truncation

    message = ''
    seconds = 0.0_dp
    truncation = 0
    levels = 0
    status = nf90_open(s%restart_in, nf90_nowrite, ncid)
    if (status == nf90_noerr) then
      call also(status, nf90_get_att(ncid, nf90_global, 'truncation', truncation))
      call also(status, nf90_get_att(ncid, nf90_global, 'time_seconds', seconds))
      call also(status, nf90_inq_dimid(ncid, 'lev', dim))
      call also(status, nf90_inquire_dimension(ncid, dim, len=levels))
      call also(status, nf90_inq_varid(ncid, 'state', state))
      if (status == nf90_noerr .and. (truncation /= s%truncation .or. levels /= s%levels)) then
        write (message, '(a,2(i0,a),2(a,i0))') trim(s%restart_in)//': expected truncation ', &
          s%truncation, ' and ', s%levels, ' levels, got ', 'truncation ', truncation, ', levels ', levels
        return
      end if
      do i = 1, size(a%layers)
        if (status /= nf90_noerr) exit
        status = nf90_get_var(ncid, state, values, start=[1, 1, 1, a%level(i)], &
                              count=[a%grid%ncoef, 3, 2, 1])
        a%layers(i)%state = cmplx(values(:, :, 1), values(:, :, 2), dp)
      end do
      call also(status, nf90_close(ncid))
    end if
    if (status /= nf90_noerr) message = trim(s%restart_in)//': '//trim(nf90_strerror(status))
  end subroutine read_restart

  subroutine also(status, next)
    integer, intent(inout) :: status
    integer, intent(in) :: next

    if (status == nf90_noerr) status = next
  end subroutine also
end module restart
