program stops
    use plateau, only: plateau_stop_requested, plateau_version
    implicit none
    print '(1x, l1, 1x, a)', plateau_stop_requested(), plateau_version()
end program stops
