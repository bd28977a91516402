#!/usr/bin/env bash
# Tests of the hook with real programs (harness.sh): what is captured: every way to write, what travels with it, what is selected.
# Arguments: the build folder, and names of tests.
# shellcheck disable=SC2317,SC2154,SC2034,SC2015,SC1091,SC2119
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

classic_file_is_the_same_and_every_write_arrives() {
    fresh && same "$bin/serial" a.nc 3 classic && expect 10 '^DATA' && expect 1 '^CLOSE' && expect 1 '^END'
}
a_prepared_ring_is_taken_and_every_write_arrives() {
    fresh writers=2 && same "$bin/serial" a.nc 3 classic && expect 10 '^DATA' && expect 1 '^END' &&
        [ "$(find "$session" -name 'spare.*' | wc -l)" = 1 ]
}
netcdf4_file_is_the_same_and_every_write_arrives() {
    fresh && same "$bin/serial" a.nc 3 netcdf4 && expect 10 '^DATA'
}
every_put_of_every_type_arrives_with_its_elements() {
    fresh && same "$bin/families" a.nc && expect 84 '^DATA' || return 1
    sed -n 's/^DATA.* var=\([^ ]*\) .* hash=\(.*\)/\1 \2/p' "$log" | sort >"$work/captured"
    awk '{ print $1, $3 }' "$work/hooked/stdout" | sort | diff - "$work/captured"
}
fortran_with_traps_and_strides_arrives() {
    fresh && same "$bin/traps" a.nc && told_errnos 22 && expect 15 '^DATA' && expect 5 'var=u .*start=[0-4],0 count=1,32 stride=1,2'
}
later_variables_rewrites_and_appends_arrive() {
    fresh && same "$bin/trouble" changes a.nc && expect 3 'file=1 .*var=T ' && expect 1 'var=later ' &&
        expect 1 'file=1 .*var=Temp ' && expect 1 'file=2 .*var=Temp .*start=5,0' && expect 2 '^CLOSE'
}
variables_in_groups_carry_their_full_name() {
    fresh && same "$bin/trouble" groups a.nc && expect 2 'var=/physics/T ' && expect 1 'var=T '
}
# words [OPTION...]: HDF5 writes the second into a file with types of a user's
words() {
    for _ in 1 2 3 4; do fresh "$@" && same "$bin/trouble" words a.nc && return 0; done
    return 1
}
strings_and_own_types_are_gaps_if_a_pattern_names_them() {
    words && expect 1 '^DATA|^GAP' && expect 1 '^DATA.*var=T ' || return 1
    words 'vars=T,name,k*' && expect 1 '^DATA' && expect 4 '^GAP.*reason=9 ' &&
        expect 2 '^GAP.*var=name type=12 .*start=2 count=2 ' && expect 1 '^GAP.*var=kind type=0 .*start=2 count=2 ' &&
        expect 1 '^account written=5 '
}
values_beyond_the_type_of_the_file_are_written_and_captured() {
    fresh && same "$bin/trouble" range a.nc && grep -qx 'range -60' "$work/hooked/stdout" &&
        expect 2 '^DATA.*path=a.nc.0 var=T ' && expect 2 '^DATA.*path=a.nc.1 var=T '
}
a_relative_path_means_the_folder_in_which_the_file_was_made() {
    fresh && same "$bin/trouble" folders a.nc && expect 3 '^DATA' && expect 3 '^CLOSE' || return 1
    # what describes each begins with its path: three files, none taken for another, also at the end
    [ "$(sed -n 's/^CLOSE.* about=\([0-9a-f]*\).*/\1/p' "$log" | sort -u | wc -l)" = 3 ] &&
        [ "$(sed -n 's/^DATA.* about=\([0-9a-f]*\).*/\1/p' "$log" | sort -u | wc -l)" = 3 ]
}
every_other_way_to_write_is_seen_too() {
    fresh && same "$bin/trouble" ways a.nc && expect 2 'path=a.nc var=T .*start=[01],0 count=1,20000 ' &&
        expect 2 'var=scalar .*bytes=8 ' && expect 1 'var=grows .*start=2,1,0 count=1,1,20000' &&
        expect 1 'var=grows .*start=0,0,0 count=3,2,20000' && expect 1 'var=rounded .*bytes=160000 ' &&
        expect 2 'path=a.nc.4 var=T .*start=[01],0 count=1,20000' && expect 9 '^DATA'
}
attributes_put_later_travel_with_the_next_write() {
    fresh && same "$bin/trouble" attributes a.nc && expect 7 '^DATA.*var=T ' && expect 1 'var=temp ' || return 1
    # the record after "history" was put is described as the one before
    [ "$(sed -n 's/^DATA.* about=\([0-9a-f]*\).*/\1/p' "$log" | sort -u | wc -l)" = 7 ]
}
units_fill_values_names_and_calendar_travel_with_the_data() {
    fresh || return 1
    (cd "$work/hooked" && hooked "$bin/trouble" meaning a.nc >stdout) && ring_test tell "$session" 20 >"$log" &&
        expect 1 'of=time units=days since 2000-01-01$' && expect 1 'of=time calendar=360_day$' && expect 1 'of=T units=K$' &&
        expect 1 'of=T standard_name=air_temperature$' && expect 1 'of=T _FillValue=-999$' &&
        expect 1 'of=T valid_range=1.5,2.5$' && expect 2 'of= ibegin=7$'
}
a_file_per_output_time_is_a_file_of_its_own() {
    fresh && same "$bin/trouble" steps a.nc && expect 20 '^DATA' && expect 20 '^CLOSE' &&
        [ "$(sed -n 's/^DATA.*file=\([0-9]*\).* path=a.nc.\([0-9]*\).*/\1 \2/p' "$log" | sort -u | wc -l)" = 20 ]
}
two_hundred_open_files_are_told_apart() {
    fresh shared=500000000 ring=134217728 && same "$bin/trouble" many a.nc && expect 400 '^DATA' &&
        expect 200 '^CLOSE' && [ "$(sed -n 's/^DATA.*file=\([0-9]*\).*/\1/p' "$log" | sort -u | wc -l)" = 200 ]
}
only_selected_variables_are_captured_and_coordinates_always() {
    fresh 'vars=T' && same "$bin/serial" a.nc 3 && expect 3 'var=T ' && expect 0 'var=u ' &&
        expect 3 'var=time ' && expect 1 'var=lat '
}
exclusions_and_dimension_patterns_hold() {
    fresh 'vars=*,!u,!lat' 'dims=time,l*' && same "$bin/serial" a.nc 3 && expect 3 'var=T ' &&
        expect 0 'var=u ' && expect 0 'var=lat ' && expect 3 'var=time '
}
a_stride_in_time_takes_every_nth_record() {
    fresh stride=3 && same "$bin/serial" a.nc 9 && expect 3 'var=T ' && expect 3 'var=time ' &&
        expect 1 'var=T .*start=6,0,0,0'
}

run_all '' "${2-}"
