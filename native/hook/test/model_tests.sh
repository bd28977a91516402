#!/usr/bin/env bash
# Tests of the hook with real programs (harness.sh): the model API, and what is said of an executable.
# Arguments: the build folder, and names of tests.
# shellcheck disable=SC2317,SC2154,SC2034,SC2015,SC1091,SC2119
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

stop_is_seen_from_fortran() {
    fresh && [ "$("$bin/stops")" = ' F 0.1.0' ] && [ "$(PLATEAU_SESSION=$session "$bin/stops")" = ' F 0.1.0' ] &&
        ring_test stop "$session" && [ "$(PLATEAU_SESSION=$session "$bin/stops")" = ' T 0.1.0' ] &&
        [ "$(PLATEAU_SESSION=$session "$bin/stops_stub")" = ' F stub' ]
}
fields_are_handed_over_from_fortran() {
    fresh || return 1
    (cd "$work/plain" && [ "$("$bin/puts")" = ' F F F' ] && mv errnos without &&
        [ "$(PLATEAU_SESSION=$session "$bin/puts_stub")" = ' F F F' ] && mv errnos stub) &&
        (cd "$work/hooked" && [ "$(PLATEAU_SESSION=$session "$bin/puts")" = ' T T T' ]) && told_errnos 7 &&
        cmp "$work/plain/without" "$work/hooked/errnos" && cmp "$work/plain/stub" "$work/hooked/errnos" && ring_test drain "$session" >"$log" &&
        expect 1 'var=T type=5 flags=2 .*start=0,0,0 count=1,3,4 stride=1,1,1 bytes=48' &&
        expect 1 'var=T type=5 flags=2 .*start=1,0,2 count=1,3,2 stride=1,1,1 bytes=24' &&
        expect 1 'var=time type=6 flags=2 ' && expect 1 '^CLOSE' && expect 1 '^END'
}
an_executable_is_inspected_in_plain_words() {
    local tool=$build/bin/plateau-inspect
    told() { { "$tool" "$1" || true; } | grep "$2" || { echo "$1: no '$2'" && return 1; }; }
    cp "$bin/serial" "$work/privileged" && chmod u+s "$work/privileged"
    told "$bin/serial" '^verdict seen' && told "$bin/traps" '^verdict seen' &&
        told /bin/true '^verdict unsure' && told "$0" '^kind script' &&
        told "$work/privileged" '^verdict unseen: .*privileged' &&
        told "$bin/contend_static" '^verdict unseen: netCDF is linked in' &&
        told "$bin/libfake_netcdf.so" '^verdict unseen: netCDF is linked in' || return 1
    local linked
    strip -o "$work/stripped" "$bin/contend_wholly"
    for linked in "$bin/wrapped" "$bin/contend_wrapped" "$work/stripped"; do
        told "$linked" '^verdict seen: the hook is linked in' || return 1
    done
    told "$bin/libpnetcdf_user.so" '^verdict unseen: .*PnetCDF' && told "$bin/libhdf5_user.so" '^verdict unseen: .*HDF5' &&
        told "$bin/alone" '^verdict unseen: a static program' || return 1
    local bytes
    for bytes in 1 40 64 200 5000; do # cut short: no crash
        head -c "$bytes" "$bin/serial" >"$work/cut"
        "$tool" "$work/cut" >/dev/null
        [ $? -le 2 ] || return 1
    done
}

run_all '' "${2-}"
