#!/usr/bin/env bash
# Tests of the hook with real programs (harness.sh): what fails beside the model: a full ring, its reader, the session, the room.
# Arguments: the build folder, and names of tests.
# shellcheck disable=SC2317,SC2154,SC2034,SC2015,SC1091,SC2119
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

a_full_ring_drops_and_says_so() {
    fresh ring=1048576 && same "$bin/trouble" usual a.nc && expect 1 '^account written=20 ' &&
        [ "$(lines '^GAP.*reason=1')" -gt 0 ]
}
a_configured_wait_is_counted() {
    fresh ring=1048576 wait=2000000 && same "$bin/trouble" usual a.nc && ! grep -q 'waits=0 ' "$log"
}
what_cannot_be_described_is_counted() {
    fresh && same "$bin/mute" && expect 7 '^DATA.*var=T ' && expect 7 '^GAP.* n=1 .*var= .*reason=10 ' &&
        expect 1 '^account written=14 data=7 gap=7 torn=0 ended=1 .*balanced=yes'
}
a_write_larger_than_the_ring_is_a_gap() {
    fresh ring=1048576 && same "$bin/huge" && told_errnos 3 && expect 1 '^GAP.*reason=4.*count=1,1048576,1024'
}
a_killed_or_stopped_reader_is_not_noticed() {
    local signal reader
    for signal in KILL STOP; do
        fresh ring=4194304 || return 1
        ring_test drain "$session" 60 >/dev/null 2>&1 &
        reader=$!
        (cd "$work/plain" && "$bin/trouble" usual a.nc >stdout)
        (cd "$work/hooked" && hooked "$bin/trouble" usual first.nc >stdout) || return 1
        kill -$signal $reader
        (cd "$work/hooked" && rm first.nc && hooked "$bin/trouble" usual a.nc >stdout) || return 1
        kill -KILL $reader 2>/dev/null
        wait $reader 2>/dev/null
        diff -r "$work/plain" "$work/hooked" || return 1
    done
}
a_slow_reader_is_not_noticed() {
    fresh ring=1048576 || return 1
    ring_test drain "$session" 60 >"$log" 2>/dev/null &
    local reader=$!
    (while kill -STOP $reader && sleep 0.05 && kill -CONT $reader; do sleep 0.02; done) 2>/dev/null &
    local brake=$!
    (cd "$work/plain" && "$bin/trouble" usual a.nc >stdout)
    (cd "$work/hooked" && hooked "$bin/trouble" usual a.nc >stdout) || return 1
    kill $brake 2>/dev/null
    wait $brake 2>/dev/null
    kill -CONT $reader 2>/dev/null
    wait $reader
    diff -r "$work/plain" "$work/hooked" && expect 1 '^account written=20 .*balanced=yes'
}
a_session_that_is_gone_costs_one_line() {
    fresh && rm -rf "$session" && same "$bin/serial" a.nc && says 'plateau: capture is off' &&
        [ "$(wc -l <"$work/hooked.err")" = 1 ]
}
a_session_open_to_others_is_not_trusted() {
    fresh && chmod 755 "$session" && same "$bin/serial" a.nc && says 'open to others'
}
a_session_without_permission_costs_one_line() {
    fresh || return 1
    if [ "$(id -u)" != 0 ]; then
        chmod 500 "$session" && same "$bin/serial" a.nc
        return
    fi
    chmod 777 "$work" "$work/plain" "$work/hooked"
    as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
    (cd "$work/plain" && as_nobody "$bin/serial" a.nc >stdout) || return 1
    (cd "$work/hooked" && PLATEAU_SESSION=$session as_nobody env LD_PRELOAD="$hook" "$bin/serial" a.nc >stdout 2>"$work/hooked.err") &&
        says 'capture is off' && diff -r "$work/plain" "$work/hooked"
}
a_damaged_control_page_is_refused() {
    fresh && printf 'garbage' | dd of="$session/control" bs=1 seek=300 conv=notrunc status=none &&
        same "$bin/serial" a.nc && says 'damaged' || return 1
    fresh && : >"$session/control" && same "$bin/serial" a.nc && says 'damaged'
}
# paced DAMAGE: runs "paces" hooked, and does DAMAGE after its third record
paced() {
    (cd "$work/plain" && yes | "$bin/trouble" paces a.nc >stdout)
    coproc MODEL { cd "$work/hooked" && hooked "$bin/trouble" paces a.nc 2>"$work/hooked.err" | tee stdout; }
    local pid=$MODEL_PID in=${MODEL[1]} out=${MODEL[0]} i
    for i in $(seq 0 19); do
        read -r <&"$out" || break
        [ "$i" = 2 ] && "$@"
        [ "$i" -lt 19 ] && echo >&"$in"
    done
    wait "$pid" || { echo "exit $?" && return 1; } # of the whole pipe
    diff -r "$work/plain" "$work/hooked"
}
a_ring_truncated_under_the_writer_does_not_kill_it() {
    cut_ring() { local r; for r in "$session"/ring.*; do : >"$r"; done; }
    fresh && paced cut_ring && says 'capture is off'
}
a_ring_overwritten_under_the_writer_does_not_kill_it() {
    spoil() { local r; for r in "$session"/ring.*; do
        head -c 400000 /dev/urandom | dd of="$r" conv=notrunc status=none; done; }
    fresh && paced spoil && says 'capture is off'
}
a_control_page_truncated_under_the_writer_does_not_kill_it() {
    cut_control() { : >"$session/control"; }
    fresh && paced cut_control
}
a_control_page_overwritten_under_the_writer_does_not_kill_it() {
    spoil_control() { head -c 16704 /dev/urandom | dd of="$session/control" conv=notrunc status=none; }
    fresh && paced spoil_control
}
a_session_removed_under_the_writer_does_not_kill_it() { fresh && paced rm -rf "$session"; }
a_writer_killed_between_records_loses_nothing_before() {
    fresh || return 1
    coproc MODEL { cd "$work/hooked" && exec env PLATEAU_SESSION="$session" LD_PRELOAD="$hook" "$bin/trouble" paces a.nc; }
    local pid=$MODEL_PID
    read -r <&"${MODEL[0]}" && kill -KILL "$pid"
    wait "$pid" 2>/dev/null
    ring_test drain "$session" 20 >"$log" && expect 1 '^DATA' && expect 0 '^END' && expect 1 '^account'
}
# in_small_shm SIZE RING: the usual model, hooked, where /dev/shm has that size
in_small_shm() {
    fresh && rm -rf "$session" || return 1
    (cd "$work/plain" && "$bin/trouble" usual a.nc >stdout)
    unshare -m bash -c "
        mount -t tmpfs -o size=$1 none /dev/shm && $bin/rings create $session ring=$2 &&
        cd $work/hooked && PLATEAU_SESSION=$session LD_PRELOAD=$hook $bin/trouble usual a.nc >stdout &&
        $bin/rings drain $session 1" >"$log" 2>"$work/hooked.err" && diff -r "$work/plain" "$work/hooked"
}
a_small_dev_shm_makes_a_smaller_ring_or_none() {
    in_small_shm 60m 67108864 && says 'instead of 64 MiB' && expect 20 '^DATA' &&
        in_small_shm 1m 67108864 && says 'no room for a ring'
}
dev_shm_that_fills_up_later_does_not_matter() {
    fresh && rm -rf "$session" || return 1
    (cd "$work/plain" && yes | "$bin/trouble" paces a.nc >stdout)
    unshare -m bash -c "
        mount -t tmpfs -o size=100m none /dev/shm && $bin/rings create $session ring=16777216 &&
        cd $work/hooked && { sleep 0.2; head -c 200000000 /dev/zero >/dev/shm/filler; yes; } 2>/dev/null |
            PLATEAU_SESSION=$session LD_PRELOAD=$hook $bin/trouble paces a.nc >stdout &&
        $bin/rings drain $session 5" >"$log" 2>"$work/hooked.err" &&
        diff -r "$work/plain" "$work/hooked" && expect 20 '^DATA'
}
a_limit_on_address_space_is_left_to_the_model() { # also of a ring that is prepared
    local writers
    for writers in 0 1; do
        fresh writers=$writers ring=67108864 shared=200000000 && (ulimit -v 150000 && same "$bin/trouble" usual a.nc) && says 'instead of 64 MiB' && expect 20 '^DATA' &&
            (ulimit -v 80000 && cd "$work/hooked" && hooked "$bin/trouble" usual b.nc 2>"$work/hooked.err" >/dev/null) && says 'no room for a ring' || return 1
    done
}
a_limit_on_file_size_is_respected() {
    fresh && (ulimit -f 20000 && same "$bin/trouble" usual a.nc) && expect 20 '^DATA'
}
no_threads_and_little_memory_are_added() {
    fresh ring=8388608 && same "$bin/trouble" process a.nc || return 1
    [ "$(threads plain)" = "$(threads hooked)" ] || return 1
    local anon=$(($(kib hooked RssAnon:) - $(kib plain RssAnon:))) shared=$(($(kib hooked RssShmem:) - $(kib plain RssShmem:)))
    [ $((anon + shared)) -le $((8192 + 1024)) ] || { echo "added $anon KiB and $shared KiB" && return 1; }
}
an_unselected_call_costs_little() {
    fresh vars=T || return 1
    local plain with
    plain=$("$bin/cost" --unselected 3000000 | awk '{ print $2 * 10 }')
    with=$(hooked "$bin/cost" --unselected 3000000 | awk '{ print $2 * 10 }')
    awk -v a="$plain" -v b="$with" 'BEGIN { exit !(b - a < 10000) }' # generous: other jobs run here
}

run_all 'in_small_shm' "${2-}"
