!> Plateau's model API: lets a model ask whether it may end its run.
!!
!! Without a session nothing is ever requested; no call stops, blocks or aborts the model.
module plateau
    use, intrinsic :: iso_c_binding, only: c_int, c_ptr, c_char, c_f_pointer, c_size_t
    implicit none
    private
    public :: plateau_stop_requested, plateau_version

    interface
        function c_stop_requested() result(requested) bind(c, name='plateau_stop_requested')
            import :: c_int
            integer(c_int) :: requested
        end function c_stop_requested

        function c_version() result(text) bind(c, name='plateau_version')
            import :: c_ptr
            type(c_ptr) :: text
        end function c_version

        pure function c_strlen(text) result(length) bind(c, name='strlen')
            import :: c_ptr, c_size_t
            type(c_ptr), value, intent(in) :: text
            integer(c_size_t) :: length
        end function c_strlen
    end interface

contains

    !> Whether whoever watches this run has asked it to end at the next convenient point.
    function plateau_stop_requested() result(requested)
        logical :: requested
        requested = c_stop_requested() /= 0_c_int
    end function plateau_stop_requested

    !> Version of the library, "major.minor.patch", or "stub".
    function plateau_version() result(version)
        character(len=:), allocatable :: version
        type(c_ptr) :: text
        character(kind=c_char), pointer :: letters(:)
        integer :: i
        text = c_version()
        call c_f_pointer(text, letters, [int(c_strlen(text))])
        allocate (character(len=size(letters)) :: version)
        do i = 1, size(letters)
            version(i:i) = letters(i)
        end do
    end function plateau_version

end module plateau
