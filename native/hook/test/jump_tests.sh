#!/usr/bin/env bash
# Tests of the hook with real programs (harness.sh): handlers of signals that interrupt the copy: of the hook, and of the model API (jumps.c).
# Arguments: the build folder, and names of tests.
# shellcheck disable=SC2317,SC2154,SC2034,SC2015,SC1091,SC2119
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

signals_during_the_copy_do_no_harm() { fresh && same "$bin/trouble" signals a.nc && expect 20 '^DATA'; }
# jumps KIND N: more than N jumps and torn writes, all accounted for; $jumped: how many jumps
jumps() {
    fresh vars=T ring=500000000 shared=600000000 && same "$bin/${jumper:-jumps}" "$1" || return 1
    jumped=$(sed -n 's/.* jumped \([0-9]*\) .*/\1/p' "$work/hooked.err")
    [ "$jumped" -gt "$2" ] && [ "$(lines '^TORN')" -gt "$2" ] && expect 1 '^account .*ended=1 .*balanced=yes' ||
        { echo "jumped $jumped, torn $(lines '^TORN')" && return 1; }
}
gaps() { sed -n 's/^account .* gap=\([0-9]*\) .*/\1/p' "$log"; } # so many writes, in fewer records
a_handler_that_jumps_out_of_the_copy_tears_that_write_alone() {
    local jumped
    jumps same 5 && expect 1 '^DATA.*start=400,0,0' && expect 0 '^GAP' && [ "$(lines '^DATA')" -ge $((401 - jumped)) ] || return 1
    # a call from further down may find the frame of the handler's signal still lying there: it counts as lost,
    # up to the next call from where it cannot lie
    jumps deeper 5 && expect 1 '^DATA.*start=400,0,0' && expect 150 '^DATA.*start=(2[5-9].|3..),0,0' &&
        [ "$(($(lines '^DATA') + $(gaps)))" -ge $((401 - jumped)) ]
}
signals_wait_while_the_ring_is_made() { # 700 us apart
    local jumped
    jumps first 1 && expect 1 '^DATA.*start=400,0,0' && [ "$(find "$session" -type f | wc -l)" = 2 ]
}
a_handler_that_ends_the_process_in_the_copy_leaves_a_ring_that_ended() {
    local jumped
    jumps ends 0
}
what_a_handler_writes_during_the_copy_is_counted() {
    fresh vars=T ring=500000000 shared=600000000 && same "$bin/${jumper:-jumps}" nested || return 1
    local nested
    nested=$(sed -n 's/.* nested \([0-9]*\)$/\1/p' "$work/hooked.err")
    # one that came before the copy began, or after it, is written as any other
    [ "$(gaps)" -gt 5 ] && expect 1 "^account written=$((401 + nested)) data=$((401 + nested - $(gaps))) gap=[0-9]* torn=0"
}
what_is_handed_over_outlives_handlers_too() {
    local jumper=jumps_api preload=''
    a_handler_that_jumps_out_of_the_copy_tears_that_write_alone && signals_wait_while_the_ring_is_made &&
        a_handler_that_ends_the_process_in_the_copy_leaves_a_ring_that_ended && what_a_handler_writes_during_the_copy_is_counted
}

run_all '' "${2-}"
