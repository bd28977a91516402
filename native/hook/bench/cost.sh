#!/usr/bin/env bash
# What a captured write costs: side by side with memcpy, and in instructions (callgrind), which
# other jobs on the machine do not change. Argument: the build folder. Prints figures and one line
# "ok" or "FAIL" per bound.
set -euo pipefail

build=$(cd "${1:?usage: cost.sh BUILD}" && pwd)
bin=$build/test
hook=$build/lib/libplateau_hook.so
session=/dev/shm/plateau-cost-$$
counts=$(mktemp)
costs=$(mktemp)
trap 'rm -rf "$session" "$counts" "$costs"' EXIT

fresh() {
    rm -rf "$session"
    "$bin/rings" create "$session" ring="$1" shared=3000000000 vars=T writers="${2:-0}"
}
hooked() { PLATEAU_SESSION=$session LD_PRELOAD=$hook "$@"; }

# One ring or buffer can be half as slow again as another, the hook's and memcpy's: so medians (and the range)
# over five processes, each with a ring and a buffer of its own.
sizes=(4 16 64 256 1024 4096 16384 65536 262144)
for _ in 1 2 3 4 5; do
    fresh 1200000000
    hooked "$bin/cost" "${sizes[@]}" # KIB KiB: memcpy NS ns (least NS), hook NS ...
done >"$costs"
# over_processes KIB copy|hook|beyond: ns, of five processes the middle one, the least and the most
over_processes() {
    awk -v size="$1" -v what="$2" '
        { ns["copy"] = $4; ns["hook"] = $9; ns["beyond"] = $9 - 1.3 * $4 }
        $1 == size { printf "%.0f\n", ns[what] }' "$costs" | sort -g |
        awk '{ v[NR] = $1 } END { print v[3], v[1], v[5] }'
}
for size in "${sizes[@]}"; do
    read -r copy _ < <(over_processes "$size" copy)
    read -r captured _ < <(over_processes "$size" hook)
    read -r beyond least most < <(over_processes "$size" beyond)
    printf '%7d KiB: memcpy %d ns, hook %d ns; beyond 1.3 memcpy %d ns (%d to %d)\n' \
        "$size" "$copy" "$captured" "$beyond" "$least" "$most"
done
# first WRITERS: us of the first captured write with a ring of 64 MiB, median and most of 9
first() {
    for _ in 1 2 3 4 5 6 7 8 9; do
        fresh 67108864 "$1"
        hooked "$bin/cost" --first
    done | sort -n -k 2 | awk '{ t[NR] = $2 } END { print t[5] " us (most " t[NR] ")" }'
}
echo "first captured write: with a prepared ring $(first 1), without $(first 0)"

fresh 4194304
plain=$("$bin/cost" --unselected 10000000 | awk '{ print $2 }')
with=$(hooked "$bin/cost" --unselected 10000000 | awk '{ print $2 }')
echo "a call that is not selected: $with ns, without the hook $plain ns"

command -v valgrind >/dev/null || { echo "skip instructions (no valgrind)"; exit 0; }
# instructions OPTION...: of a run of the benchmark under the hook
instructions() {
    fresh 67108864
    hooked valgrind --tool=callgrind --callgrind-out-file=/dev/null "$bin/cost" "$@" 2>"$counts" >/dev/null
    awk '/Collected/ { print $4 }' "$counts"
}
# bound NAME COUNT MOST
bound() {
    if [ "$2" -lt "$3" ]; then echo "ok $1"; else echo "FAIL $1: $2"; fi
}
captured=$((($(instructions --once 4 1100) - $(instructions --once 4 100)) / 1000))
large=$((($(instructions --once 64 110) - $(instructions --once 64 10)) / 100))
unselected=$((($(instructions --unselected 11000) - $(instructions --unselected 1000)) / 10000))
echo "instructions: of a captured write of 4 KiB $captured, of 64 KiB $large, of a call that is not selected $unselected"
bound a_captured_write_takes_less_than_6000_instructions "$captured" 6000
bound a_call_that_is_not_selected_takes_less_than_400_instructions "$unselected" 400
