#!/usr/bin/env bash
# Runs the tests of all native parts and counts: test.sh BUILD short|long
set -euo pipefail

usage() { echo "usage: test.sh BUILD short|long" >&2; exit 2; }
[ $# = 2 ] || usage
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
lines=$(mktemp)
corpus=$(mktemp -d)
trap 'rm -rf "$lines" "$corpus"' EXIT

case $2 in
short) fuzz_seconds=10 ;;
long) fuzz_seconds=120 ;;
*) usage ;;
esac

fuzz() {
    local name=any_bytes_in_a_ring_are_read_within_bounds
    if [ ! -x "$build/test/fuzz" ]; then
        echo "skip $name (no clang)"
    elif "$build/test/fuzz" -max_total_time=$fuzz_seconds -max_len=1024 -verbosity=0 \
        -artifact_prefix="$build/test/" "$corpus" >"$corpus.log" 2>&1; then
        echo "ok $name"
    else
        echo "FAIL $name: see $build/test/crash-*; $(grep -m1 ERROR "$corpus.log" || true)"
    fi
    rm -f "$corpus.log"
}

parts() {
    "$build/test/golden" "$here/ring/golden" || true
    for each in record loss damage recover reader room spare make copy kill; do
        "$build/test/${each}_test" || true
    done
    fuzz
    for each in capture parallel library harm jump fault model group; do
        bash "$here/hook/test/${each}_tests.sh" "$build"
    done
    if [ -x "$here/minigcm/test/run.sh" ]; then
        make -s -C "$here/minigcm" test BUILD="$build" | sed '/ passed, /d' ||
            echo "FAIL minigcm_tests_end_well"
    fi
    [ "$2" = short ] || bash "$here/hook/bench/cost.sh" "$build"
}

parts "$@" | tee "$lines"
passed=$(grep -c '^ok ' "$lines" || true)
failed=$(grep -c '^FAIL ' "$lines" || true)
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
