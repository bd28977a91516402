#!/usr/bin/env bash
# Tests of the hook with real programs (harness.sh): which library a call goes to: several in one process, plug-ins, linked in.
# Arguments: the build folder, and names of tests.
# shellcheck disable=SC2317,SC2154,SC2034,SC2015,SC1091,SC2119
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

two_netcdf_libraries_in_one_process_are_kept_apart() {
    local order
    for order in both_parallel_first both_serial_first; do
        fresh && same "$bin/$order" && told_errnos 6 && expect 1 'path=c.nc var=from_c ' && expect 1 'path=fortran.nc var=from_fortran ' || return 1
    done
}
netcdf_behind_a_plug_in_is_captured() {
    fresh && same "$bin/loader" "$bin/libplugin.so" a.nc && grep -qx '0 0 0' "$work/hooked/stdout" && expect 1 '^DATA.*var=T '
}
a_plug_in_in_the_place_of_another_reaches_its_own_netcdf() {
    local serial=$bin/libplugin.so mpi=$bin/libplugin_mpi.so
    fresh && same "$bin/loader" "$serial" a.nc "$mpi" b.nc "$serial" c.nc "$mpi" d.nc &&
        [ "$(grep -cx '0 0 0' "$work/hooked/stdout")" = 4 ] && expect 4 '^DATA.*path=[abcd].nc var=T '
}
# thin_plug_ins COUNT ORDER FIRST SECOND: the loader finds them beside itself
thin_plug_ins() {
    fresh && same "$bin/thin_loader" "${@:2}" && [ "$(grep -cx 'same number 1' "$work/hooked/stdout")" = "$1" ] ||
        { echo "$*" && return 1; }
    expect $((2 * $1)) '^DATA.*_first.nc var=T ' && expect $((2 * $1)) '^DATA.*_second.nc var=T ' && [ ! -s "$work/hooked.err" ]
}
plug_ins_that_jump_reach_the_library_of_their_own() {
    local order
    for order in loaded used lazy; do
        thin_plug_ins 1 "$order" libthin.so libthin_mpi.so && thin_plug_ins 1 "$order" libthin_mpi.so libthin.so &&
            thin_plug_ins 1 "$order" libthin_mpi.so libthin_now.so && thin_plug_ins 1 "$order" libthin_now.so libthin_mpi.so ||
            return 1
    done
    thin_plug_ins 2 again libthin.so libthin_mpi.so && thin_plug_ins 2 again libthin_mpi.so libthin_now.so
}
plug_ins_reach_the_library_of_their_own_where_there_is_no_proc() {
    local order
    fresh && mkdir "$work/libraries" && cp "$bin/libthin.so" "$bin/libthin_mpi.so" "$work/libraries/" || return 1
    for order in used loaded lazy; do
        (cd "$work/plain" && LD_LIBRARY_PATH=$work/libraries "$bin/thin_loader" "$order" libthin.so libthin_mpi.so >stdout) &&
            (cd "$work/hooked" && unshare -m bash -c "mount -t tmpfs none /proc && PLATEAU_SESSION=$session LD_PRELOAD=$hook \
                LD_LIBRARY_PATH=$work/libraries $bin/thin_loader $order libthin.so libthin_mpi.so >stdout") &&
            diff -r "$work/plain" "$work/hooked" || return 1
    done
}
a_netcdf_that_becomes_global_later_changes_nothing_for_a_plug_in() { thin_plug_ins 1 global libthin_mpi.so libthin.so; }
a_plug_in_that_finds_its_own_library_first_reaches_it() {
    fresh && same "$bin/deep" "$bin/libdeep.so" && [ "$(grep -c ' of 2$' "$work/hooked/stdout")" = 4 ] && [ "$(grep -c ' of 1$' "$work/hooked/stdout")" = 3 ]
}
plug_ins_in_two_threads_reach_the_library_of_their_own() {
    for _ in 1 2 3; do
        fresh && same "$bin/thin_loader" threads libthin.so libthin_mpi.so && expect 200 '^(DATA|GAP).*var=T ' || return 1
    done
}
plug_ins_that_two_threads_load_over_and_over_are_captured() {
    fresh ring=30000000 && same "$bin/loads_two" reloads "$bin/libthin_now.so" "$bin/libthin_mpi.so" &&
        expect 150 '^DATA.*path=first.nc var=T ' && expect 150 '^DATA.*path=second.nc var=T '
}
netcdf_loaded_by_an_interpreter_is_captured() {
    if ! /usr/bin/python3 -c 'import netCDF4' 2>/dev/null; then
        echo "skip: no netCDF4 for Python" >&3
        return 0
    fi
    fresh && same /usr/bin/python3 -c '
import netCDF4
f = netCDF4.Dataset("a.nc", "w")
f.createDimension("x", 5)
v = f.createVariable("T", "f8", ("x",))
v.units = "K"
v[:] = [1, 2, 3, 4, 5]
f.close()' && expect 1 '^DATA.*path=a.nc var=T .*count=5'
}
libraries_are_initialised_in_their_order_though_one_of_them_loads_something() {
    fresh && same "$bin/early_linked" a.nc && grep -qx 'wrote 0' "$work/hooked/stdout" && expect 1 '^DATA.*path=a.nc var=T ' || return 1
    fresh && same "$bin/early" a.nc "$bin/libearly_4.so" && grep -qx 'wrote 0' "$work/hooked/stdout" && expect 1 '^DATA.*path=a.nc var=T '
}
a_program_of_two_hundred_libraries_runs_as_without() {
    if ! command -v cdo >/dev/null; then
        echo "skip: no cdo" >&3
        return 0
    fi
    fresh && same cdo -s --no_history -f nc4 -setname,T -const,4,r3x2 a.nc && expect 1 '^DATA.*path=a.nc var=T '
}
statically_wrapped_netcdf_is_captured() {
    local preload=
    fresh && same "$bin/wrapped" a.nc 3 && expect 10 '^DATA' && expect 1 '^END'
}
a_program_with_the_hook_linked_in_is_captured_once_under_preload_too() {
    fresh && same "$bin/wrapped" a.nc 3 && expect 10 '^DATA' && expect 1 '^account' || return 1
    fresh && same "$bin/both_wrapped" && told_errnos 6 && expect 1 'path=c.nc var=from_c ' && expect 1 'path=fortran.nc var=from_fortran '
}
netcdf_that_is_linked_in_is_captured() {
    local preload='' program
    for program in contend_wrapped contend_wholly; do
        fresh vars=T ring=300000000 shared=400000000 && same "$bin/$program" puts &&
            expect 1 "^account written=$(sed -n 's/^wrote //p' "$work/hooked.err") " && expect 0 'var=unwanted' || return 1
    done
}

run_all 'thin_plug_ins' "${2-}"
