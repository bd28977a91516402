!> The model API of a build without Plateau (make WITHOUT_PLATEAU=1): nobody ever asks to stop.
module plateau
  implicit none
  private
  public :: plateau_stop_requested

contains

  logical function plateau_stop_requested() result(asked)
    asked = .false.
  end function plateau_stop_requested
end module plateau
