#!/usr/bin/env bash
# Tests of the hook with real programs (harness.sh): programs that fork, jump, abort, have threads or tools of their own: none is harmed.
# Arguments: the build folder, and names of tests.
# shellcheck disable=SC2317,SC2154,SC2034,SC2015,SC1091,SC2119
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

without_a_session_nothing_is_captured() {
    fresh || return 1
    (cd "$work/plain" && "$bin/trouble" process a.nc 2>"$work/plain.err")
    (cd "$work/hooked" && LD_PRELOAD=$hook "$bin/trouble" process a.nc 2>"$work/hooked.err") || return 1
    diff -r "$work/plain" "$work/hooked" && ! compgen -G "$session/ring.*" &&
        [ "$(awk '/RssShmem/ { print $2 }' "$work/hooked.err")" = 0 ] && [ "$(threads plain)" = "$(threads hooked)" ] || return 1
    local more=$(($(kib hooked RssAnon:) - $(kib plain RssAnon:)))
    [ "$more" -le 512 ] || { echo "$more KiB more without a session" && return 1; }
    (cd "$work/hooked" && LD_PRELOAD=$hook strace -f -e trace=openat,clone,clone3,socket,memfd_create "$bin/trouble" usual b.nc 2>&1 >/dev/null |
        grep -cE 'libplateau|plateau-|"/proc/|^(\[pid +[0-9]+\] )?(clone3?|socket|memfd_create)\(' || true) >"$log"
    expect 1 '^1$' # the loader opens the hook, and that is all
}
other_programs_run_under_preload() {
    fresh && hooked true && same ls -d /etc /usr && [ "$(cat "$work/hooked.err")" = '' ] && ! hooked false && hooked sh -c 'exit 7'
    [ $? = 7 ] && hooked mpirun --oversubscribe -np 2 true && ! compgen -G "$session/ring.*"
}
refused_and_empty_writes_keep_result_and_errno() {
    fresh && same "$bin/trouble" edges a.nc && expect 1 '^DATA'
}
forked_children_and_system_leave_the_ring_alone() {
    fresh && same "$bin/trouble" forks a.nc && expect 5 '^DATA.*path=a.nc ' && expect 5 '^DATA' &&
        [ "$(lines '^account')" = 1 ]
}
programs_that_a_model_starts_by_the_shell_write_rings_of_their_own() {
    fresh shared=500000000 && same "$bin/trouble" commands a.nc && expect 3 '^DATA.*path=a.nc ' &&
        expect 60 '^DATA.*path=a.nc.child ' && expect 4 '^account' && [ "$(cat "$work/hooked.err")" = '' ]
}
a_thread_writes_while_another_loads_what_waits_for_it() {
    local program # with one netCDF library, with two
    for program in loads loads_two; do
        fresh && same "$bin/$program" meanwhile "$bin/libslow.so" a.nc && grep -qx 'put 0' "$work/hooked/stdout" && expect 1 '^DATA' || return 1
    done
}
children_forked_while_another_thread_loads_write_on() {
    local program
    for program in loads loads_two; do
        fresh && same "$bin/$program" forks "$bin/libthin.so" a.nc && expect 2 '^DATA.*path=a.nc ' && expect 2 '^DATA' && expect 1 '^account' || return 1
    done
}
a_thread_with_a_small_stack_has_enough_of_it() { fresh && same "$bin/trouble" confined a.nc && expect 20 '^DATA'; }
a_log_that_got_the_descriptor_of_standard_error_is_not_written_to() {
    fresh && rm -rf "$session" || return 1
    (cd "$work/plain" && "$bin/trouble" unheard a.nc >stdout 2>&-) &&
        (cd "$work/hooked" && hooked "$bin/trouble" unheard a.nc >stdout 2>&-) && diff -r "$work/plain" "$work/hooked"
}
# without_ear OPENED: a line is said although standard error is a pipe that OPENED (a command) opens as 3
without_ear() {
    fresh && rm -rf "$session" && mkfifo "$work/pipe" || return 1
    (cd "$work/plain" && "$bin/trouble" usual a.nc >stdout)
    (cd "$work/hooked" && "$1" && hooked timeout -s KILL 20 "$bin/trouble" usual a.nc >stdout 2>&3)
    local status=$?
    rm "$work/pipe"
    [ $status = 0 ] && diff -r "$work/plain" "$work/hooked" || { echo "exit $status" && return 1; }
}
nobody_at_the_other_end_of_standard_error_ends_no_model() {
    no_reader() {
        exec 4<>"$work/pipe"
        exec 3>"$work/pipe"
        exec 4<&-
    }
    without_ear no_reader
}
a_full_standard_error_holds_no_model_up() {
    full() { exec 3<>"$work/pipe" && ! timeout 1 head -c 10000000 /dev/zero >&3; }
    without_ear full
}
a_program_that_executes_another_starts_a_ring_of_its_own() {
    fresh && same "$bin/trouble" executes a.nc && expect 1 'path=a.nc .*bytes=160000' && expect 20 '^DATA.*path=a.nc.next ' &&
        expect 2 '^account'
}
two_threads_that_take_turns_are_captured() { fresh && same "$bin/trouble" threads a.nc && expect 20 '^DATA|^GAP'; }
a_model_that_aborts_ends_as_without_the_hook() {
    fresh && same "$bin/trouble" aborts a.nc 2>/dev/null && expect 5 '^DATA' && expect 0 '^END' && expect 1 '^account written=5 '
}
a_model_that_closes_foreign_descriptors_is_not_harmed() {
    fresh && same "$bin/trouble" closes a.nc && says 'capture is off' && expect 5 '^DATA'
}
a_file_in_place_of_standard_error_is_not_written_to() {
    fresh && rm -rf "$session" && printf 'data of the model' >"$work/data" || return 1
    (cd "$work/plain" && "$bin/trouble" usual a.nc >stdout) &&
        (cd "$work/hooked" && hooked "$bin/trouble" usual a.nc >stdout 2<>"$work/data") &&
        diff -r "$work/plain" "$work/hooked" && [ "$(cat "$work/data")" = 'data of the model' ]
}
# contends KIND: two threads, and what was written of T is the account
contends() {
    fresh vars=T ring=300000000 shared=400000000 && same "$bin/contend" "$1" || return 1
    local wrote
    wrote=$(sed -n 's/^wrote //p' "$work/hooked.err")
    expect 1 "^account written=$wrote " && expect 0 'var=unwanted' && expect "$(lines '^GAP.*reason=3')" '^GAP.*var=T '
}
a_second_thread_s_write_is_a_gap_with_its_name() {
    for _ in 1 2 3 4 5 6 7 8; do
        contends puts || return 1
        [ "$(lines '^GAP.*reason=3 ')" = 0 ] || return 0
    done
    echo "the threads never met" && return 1
}
the_hook_itself_has_no_data_race() {
    built contend_tsan || return 0
    fresh vars=T ring=300000000 shared=400000000 && preload='' hooked "$bin/contend_tsan" puts 2>"$work/hooked.err" ||
        { grep -m1 -A3 WARNING "$work/hooked.err" && return 1; }
    ring_test drain "$session" 20 >"$log" && expect 1 "^account written=$(sed -n 's/^wrote //p' "$work/hooked.err") "
}
a_thread_is_not_cancelled_within_the_hook() {
    fresh vars=T && same "$bin/contend" cancelled && says 'wrote 4' && expect 4 '^DATA' && expect 1 '^END'
}
children_forked_while_another_thread_writes_leave_the_ring_alone() { contends forks; }
a_second_preloaded_library_sees_the_same() {
    local order
    for order in "$bin/libsecond.so:$hook" "$hook:$bin/libsecond.so"; do
        fresh || return 1
        (cd "$work/plain" && LD_PRELOAD=$bin/libsecond.so "$bin/serial" a.nc >stdout) &&
            (cd "$work/hooked" && PLATEAU_SESSION=$session LD_PRELOAD=$order "$bin/serial" a.nc >stdout) || return 1
        diff -r "$work/plain" "$work/hooked" && ring_test drain "$session" >"$log" && expect 10 '^DATA' || return 1
    done
}
address_sanitizer_programs_run() { built trouble_asan || return 0; fresh && same "$bin/trouble_asan" usual a.nc && expect 20 '^DATA'; }
thread_sanitizer_programs_run() { built trouble_tsan || return 0; fresh && same "$bin/trouble_tsan" threads a.nc && expect 20 '^DATA|^GAP'; }

run_all 'without_ear' "${2-}"
