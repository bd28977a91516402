#!/usr/bin/env bash
# Tests of the hook with real programs (harness.sh): parallel netCDF, in the patterns of XIOS (parallel.c).
# Arguments: the build folder, and names of tests.
# shellcheck disable=SC2317,SC2154,SC2034,SC2015,SC1091,SC2119
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

# parallel_runs RANKS MODE COLLECTIVE [WORD...]: without and with the hook: output and errno after every
# call are the same. mpirun itself is not preloaded; the writers are, by a wrapper as in a job.
parallel_runs() {
    local ranks=$1 settle=$bin/libsettle.so
    writers() { timeout 120 mpirun --oversubscribe -np "$ranks" env "$@" "$bin/parallel" "${program[@]}"; }
    local program=("$2" a.nc "${@:3}")
    fresh || return 1
    (cd "$work/plain" && writers LD_PRELOAD="$settle") || return 1
    (cd "$work/hooked" && writers PLATEAU_SESSION="$session" LD_PRELOAD="$hook:$settle") || return 1
    diff -r "$work/plain" "$work/hooked" && told_errnos 100 && ring_test drain "$session" 20 >"$log"
}
parallel_one_file_from_two_writers() {
    parallel_runs 2 one 0 && expect 4 'var=T .*start=[0-3],0,0,0 count=1,3,9,36' &&
        expect 4 'var=T .*start=[0-3],0,9,0 count=1,3,10,36' && expect 8 'var=time_counter ' && expect 2 '^account' &&
        expect 8 'var=time_counter_bounds ' && expect 2 'var=label .*start=0,0 count=3,4 ' && expect 4 'var=P ' &&
        expect 50 '^DATA' # P is written by the first rank alone
}
parallel_one_file_with_collective_coordinates() {
    parallel_runs 2 one 1 && expect 8 'var=U ' && expect 2 'var=lat ' && expect 50 '^DATA'
}
parallel_file_opened_again_is_appended_to_and_nobody_waits() {
    parallel_runs 2 one 0 again && expect 1 'var=lat .*start=18 count=1 ' && expect 2 'var=T .*start=4,0,' &&
        expect 10 'var=time_counter ' && expect 59 '^DATA'
}
the_place_of_each_part_travels_with_its_data() {
    fresh || return 1
    (cd "$work/hooked" && timeout 120 mpirun --oversubscribe -np 2 env PLATEAU_SESSION="$session" LD_PRELOAD="$hook" \
        "$bin/parallel" many a.nc 0) && ring_test tell "$session" 20 | sort -u >"$log" || return 1
    expect 1 'path=a.nc_0 of= DOMAIN_position_first=1,1$' && expect 1 'path=a.nc_1 of= DOMAIN_position_first=1,10$' &&
        expect 1 'path=a.nc_0 of= DOMAIN_size_local=36,9$' && expect 1 'path=a.nc_1 of= DOMAIN_size_local=36,10$' &&
        expect 2 ' of= DOMAIN_size_global=36,19$' && expect 1 'path=a.nc_1 of= jbegin=9$' &&
        expect 2 ' of= DOMAIN_number_total=2$' && expect 2 ' of= DOMAIN_type=box$' && expect 2 ' of=T online_operation=average$'
}
parallel_multiple_files_from_two_writers() {
    parallel_runs 2 many 0 && expect 4 'path=a.nc_0 var=T .*count=1,3,9,36' &&
        expect 4 'path=a.nc_1 var=T .*start=[0-3],0,0,0 count=1,3,10,36'
}
parallel_files_opened_by_the_calls_of_fortran_are_captured() {
    parallel_runs 2 one 0 again fortran && expect 1 'path=a.nc var=lat .*start=18 count=1 ' && expect 2 'var=T .*start=4,0,' &&
        expect 59 '^DATA' && expect 4 '^CLOSE' && grep -q ' nc_create_par_fortran(' "$work/hooked/errnos.0" &&
        grep -q ' nc_open_par_fortran(' "$work/hooked/errnos.0"
}
# Every rank of the model writes its tile of 9 or 10 rows and 18 columns.
attached_ranks_write_their_tiles_of_one_file_together() {
    parallel_runs 4 attached_one 1 && expect 4 'var=T .*start=[0-3],0,0,0 count=1,3,9,18' &&
        expect 4 'var=T .*start=[0-3],0,0,18 count=1,3,9,18' && expect 4 'var=U .*start=[0-3],0,9,0 count=1,3,10,18' &&
        expect 4 'var=U .*start=[0-3],0,9,18 count=1,3,10,18' && expect 16 'var=time_counter ' &&
        expect 2 'var=lon .*start=18 count=18 ' && expect 4 'var=P ' && expect 96 '^DATA' && expect 4 '^account'
}
attached_ranks_write_files_of_their_own() {
    parallel_runs 4 attached_many 0 && expect 4 'path=a.nc_0 var=T .*count=1,3,9,18' &&
        expect 4 'path=a.nc_3 var=T .*start=[0-3],0,0,0 count=1,3,10,18' && expect 16 'var=U ' && expect 96 '^DATA' &&
        expect 4 '^account' && expect 4 '^CLOSE'
}
servers_of_a_second_level_write_whole_fields_and_those_of_the_first_nothing() {
    parallel_runs 4 pools 0 && expect 4 'path=a.nc_2 var=T .*start=[0-3],0,0,0 count=1,3,19,36' &&
        expect 4 'path=a.nc_3 var=U .*start=[0-3],0,0,0 count=1,3,19,36' && expect 4 'var=T ' && expect 4 'var=U ' &&
        expect 46 '^DATA' && expect 2 '^account' && expect 2 '^CLOSE' &&
        [ "$(cd "$work/hooked" && echo *)" = 'a.nc_2 a.nc_3 errnos.2 errnos.3' ]
}

run_all 'parallel_runs' "${2-}"
