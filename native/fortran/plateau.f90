!> Plateau's model API: lets a model ask whether it may end its run and, if it does not write netCDF,
!! hand its fields over.
!!
!! Without a session nothing is ever requested or copied; no call stops, blocks or aborts the model.
module plateau
    use, intrinsic :: iso_c_binding, only: c_char, c_double, c_f_pointer, c_float, c_int, c_loc, &
                                           c_null_char, c_null_ptr, c_ptr, c_size_t
    implicit none
    private
    public :: plateau_stop_requested, plateau_version
    public :: plateau_variable, plateau_finish, plateau_float, plateau_double

    !> Types of elements.
    integer, parameter :: plateau_float = 5, plateau_double = 6

    !> A variable to be handed over, declared as one would in a netCDF file through nf90: dimensions
    !! fastest first, length 0 for the one that grows.
    type :: plateau_variable
        private
        type(c_ptr) :: handle = c_null_ptr
        integer :: rank = 0
    contains
        procedure :: define
        procedure, private :: attribute_text, attribute_number
        generic :: attribute => attribute_text, attribute_number
        procedure, private :: put_double, put_float
        generic :: put => put_double, put_float
    end type plateau_variable

    interface
        function c_stop_requested() result(requested) bind(c, name='plateau_stop_requested')
            import :: c_int
            integer(c_int) :: requested
        end function c_stop_requested

        function c_version() result(text) bind(c, name='plateau_version')
            import :: c_ptr
            type(c_ptr) :: text
        end function c_version

        function c_define(name, type, rank, dimensions, lengths) result(handle) bind(c, name='plateau_define')
            import :: c_char, c_int, c_ptr, c_size_t
            character(kind=c_char), intent(in) :: name(*)
            integer(c_int), value, intent(in) :: type, rank
            type(c_ptr), intent(in) :: dimensions(*)
            integer(c_size_t), intent(in) :: lengths(*)
            type(c_ptr) :: handle
        end function c_define

        subroutine c_attribute(handle, name, text) bind(c, name='plateau_attribute')
            import :: c_char, c_ptr
            type(c_ptr), value, intent(in) :: handle
            character(kind=c_char), intent(in) :: name(*), text(*)
        end subroutine c_attribute

        subroutine c_attribute_number(handle, name, number) bind(c, name='plateau_attribute_number')
            import :: c_char, c_double, c_ptr
            type(c_ptr), value, intent(in) :: handle
            character(kind=c_char), intent(in) :: name(*)
            real(c_double), value, intent(in) :: number
        end subroutine c_attribute_number

        function c_put(handle, start, count, data) result(copied) bind(c, name='plateau_put')
            import :: c_int, c_ptr, c_size_t
            type(c_ptr), value, intent(in) :: handle, data
            integer(c_size_t), intent(in) :: start(*), count(*)
            integer(c_int) :: copied
        end function c_put

        !> Says that no more will be put: what was put so far is complete.
        subroutine plateau_finish() bind(c, name='plateau_finish')
        end subroutine plateau_finish

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

    !> Declares the variable. `dimensions` and `lengths` fastest first, as in nf90_def_var.
    subroutine define(self, name, type, dimensions, lengths)
        class(plateau_variable), intent(inout) :: self
        character(len=*), intent(in) :: name, dimensions(:)
        integer, intent(in) :: type, lengths(:)
        character(kind=c_char, len=len(dimensions) + 1), target :: names(size(dimensions))
        type(c_ptr) :: pointers(size(dimensions))
        integer(c_size_t) :: slowest_first(size(dimensions))
        integer :: i, n
        n = size(dimensions)
        do i = 1, n
            names(i) = trim(dimensions(n + 1 - i))//c_null_char
            pointers(i) = c_loc(names(i))
            slowest_first(i) = int(lengths(n + 1 - i), c_size_t)
        end do
        self%rank = n
        self%handle = c_define(trim(name)//c_null_char, int(type, c_int), int(n, c_int), pointers, slowest_first)
    end subroutine define

    !> Gives a CF attribute, before the first put.
    subroutine attribute_text(self, name, text)
        class(plateau_variable), intent(in) :: self
        character(len=*), intent(in) :: name, text
        call c_attribute(self%handle, trim(name)//c_null_char, trim(text)//c_null_char)
    end subroutine attribute_text

    subroutine attribute_number(self, name, number)
        class(plateau_variable), intent(in) :: self
        character(len=*), intent(in) :: name
        real(c_double), intent(in) :: number
        call c_attribute_number(self%handle, trim(name)//c_null_char, number)
    end subroutine attribute_number

    !> Copies a hyperslab of any rank: start (from 1) and count per dimension, fastest first, as in
    !! nf90_put_var. `copied` tells whether it was.
    subroutine put_double(self, values, start, count, copied)
        class(plateau_variable), intent(in) :: self
        real(c_double), intent(in), contiguous, target :: values(..)
        integer, intent(in) :: start(:), count(:)
        logical, intent(out), optional :: copied
        call put_address(self, c_loc(values), start, count, copied)
    end subroutine put_double

    subroutine put_float(self, values, start, count, copied)
        class(plateau_variable), intent(in) :: self
        real(c_float), intent(in), contiguous, target :: values(..)
        integer, intent(in) :: start(:), count(:)
        logical, intent(out), optional :: copied
        call put_address(self, c_loc(values), start, count, copied)
    end subroutine put_float

    subroutine put_address(self, address, start, count, copied)
        class(plateau_variable), intent(in) :: self
        type(c_ptr), intent(in) :: address
        integer, intent(in) :: start(:), count(:)
        logical, intent(out), optional :: copied
        integer(c_size_t) :: from(self%rank), many(self%rank)
        integer(c_int) :: rc
        integer :: i
        rc = 0
        if (size(start) == self%rank .and. size(count) == self%rank) then
            do i = 1, self%rank
                from(i) = int(start(self%rank + 1 - i) - 1, c_size_t)
                many(i) = int(count(self%rank + 1 - i), c_size_t)
            end do
            rc = c_put(self%handle, from, many, address)
        end if
        if (present(copied)) copied = rc /= 0_c_int
    end subroutine put_address

end module plateau
