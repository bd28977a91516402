!> Kinds and numbers that every part of the model shares.
module constants
  use, intrinsic :: iso_fortran_env, only: real64, int64
  implicit none
  private

  integer, parameter, public :: dp = real64
  integer, parameter, public :: long = int64
  real(dp), parameter, public :: pi = 3.141592653589793238462643383279_dp
  real(dp), parameter, public :: degree = pi/180.0_dp   !< radians in a degree
  real(dp), parameter, public :: day = 86400.0_dp       !< seconds in a model day, on every planet
  real(dp), parameter, public :: bar = 1.0e5_dp         !< Pa
  integer, parameter, public :: message_length = 512    !< of one-line error messages
  integer, parameter, public :: path_length = 512
end module constants
