#!/usr/bin/env bash
# Tests of the hook in real memory cgroups, of version 1 or 2, whichever can be made here.
# Arguments: the build folder, and names of tests.
# shellcheck disable=SC2317,SC2154,SC1091
source "$(dirname "${BASH_SOURCE[0]}")/harness.sh"

mib=1048576

# make_group LIMIT: a memory cgroup in $group with that limit; false (and a skip) if there is none
make_group() {
    local base
    for base in /sys/fs/cgroup/memory /sys/fs/cgroup; do
        group=$base/plateau-test-$$
        mkdir "$group" 2>/dev/null || continue
        if [ -e "$group/memory.limit_in_bytes" ]; then
            limit=memory.limit_in_bytes most=memory.max_usage_in_bytes
        elif [ -e "$group/memory.max" ]; then
            limit=memory.max most=memory.peak
        else
            rmdir "$group"
            continue
        fi
        echo "$1" >"$group/$limit" && return 0
        rmdir "$group"
    done
    echo "skip: no memory cgroup can be made here" >&3
    return 1
}
# in_group COMMAND...: runs in $group
in_group() { (echo "$BASHPID" >"$group/cgroup.procs" && exec "$@"); }
kills() { awk '/^oom_kill / { print $2 }' "$group/memory.oom_control" "$group/memory.events" 2>/dev/null; }
# end_group: what the cgroup saw stays in $usage and $killed
end_group() {
    usage=$(cat "$group/$most" 2>/dev/null || echo 0) killed=$(kills)
    ring_test drain "$session" 5 >"$log"
    rm -rf "$session" # its pages are charged to the cgroup, which otherwise stays
    rmdir "$group"
}
# writer NAME: the usual model, hooked, in $group; what it says (errno too) goes to NAME.out
writer() {
    PLATEAU_SESSION=$session LD_PRELOAD=$hook in_group "$bin/trouble" usual "$work/hooked/$1" \
        >"$work/hooked/$1.out" 2>>"$work/hooked.err"
}
# writers N: so many at once; status 1 if one did not end well
writers() {
    local pids=() pid status=0 i
    for ((i = 1; i <= $1; i++)); do
        writer "$i.nc" &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid" || status=1; done
    return "$status"
}
plain() { "$bin/trouble" usual "$work/plain/a.nc" >"$work/plain/a.nc.out"; }
same_as_plain() {
    local f
    for f in "$work"/hooked/*.nc; do
        cmp "$work/plain/a.nc" "$f" && cmp "$work/plain/a.nc.out" "$f.out" || return 1
    done
}

a_memory_cgroup_without_room_is_not_overrun() {
    fresh || return 1
    make_group $((95 * mib)) || return 0
    plain && writer a.nc
    local status=$?
    end_group
    [ $status = 0 ] && [ "$killed" = 0 ] && same_as_plain && says 'instead of 64 MiB\|no room for a ring'
}
a_prepared_ring_is_charged_to_who_prepared_it() {
    fresh writers=1 || return 1 # a ring has 64 MiB
    make_group $((24 * mib)) || return 0
    plain && writer a.nc
    local status=$?
    end_group
    [ $status = 0 ] && [ "$killed" = 0 ] && same_as_plain && expect 20 '^DATA' && expect 0 '^GAP' &&
        expect 1 '^account written=20 .*capacity=67[0-9]*$' && [ ! -s "$work/hooked.err" ] || return 1
    [ "$usage" -lt $((24 * mib)) ] || { echo "the writer was charged $usage bytes" && return 1; }
}
more_writers_than_prepared_rings_stay_within_their_cgroup() {
    fresh writers=2 || return 1
    make_group $((120 * mib)) || return 0
    plain && writers 4
    local status=$?
    end_group
    [ $status = 0 ] && [ "$killed" = 0 ] && same_as_plain || return 1
    # two found a whole ring; the others took what the cgroup leaves, or nothing, and said so
    [ "$(grep -c 'capacity=67' "$log")" -ge 2 ] && says 'instead of 64 MiB\|no room for a ring' &&
        expect "$(lines '^account')" '^account written=20 '
}
writers_that_make_their_rings_at_once_do_not_count_on_the_same_room() {
    fresh shared=$((2000 * mib)) || return 1
    make_group $((300 * mib)) || return 0
    plain && writers 12 # each wishes 64 MiB
    local status=$?
    end_group
    [ $status = 0 ] && [ "$killed" = 0 ] && same_as_plain && says 'instead of 64 MiB\|no room for a ring' || return 1
    [ "$(lines '^account')" -ge 2 ] && expect "$(lines '^account')" '^account written=20 '
}
preparing_stops_where_the_cgroup_of_the_preparer_ends() {
    fresh || return 1
    make_group $((300 * mib)) || return 0
    rm -rf "$session"
    in_group "$bin/rings" create "$session" writers=8 shared=$((2000 * mib)) 2>"$work/hooked.err"
    local made
    made=$(find "$session" -name 'spare.*' | wc -l)
    plain && writer a.nc
    local status=$?
    end_group
    [ $status = 0 ] && [ "$killed" = 0 ] && same_as_plain && expect 20 '^DATA' && [ "$made" -ge 2 ] && [ "$made" -lt 5 ] &&
        says "$made of 8 rings are prepared"
}

run_all 'make_group|in_group|end_group|same_as_plain' "${2-}"
