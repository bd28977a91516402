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
trap 'rm -rf "$session" "$counts"' EXIT

fresh() {
    rm -rf "$session"
    "$bin/rings" create "$session" ring="$1" shared=3000000000 vars=T writers="${2:-0}"
}
hooked() { PLATEAU_SESSION=$session LD_PRELOAD=$hook "$@"; }

fresh 1200000000
hooked "$bin/cost" 4 16 64 256 1024 4096 16384 65536 262144
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
