# What the hook's tests share; sourced with the build folder in $1. Each program runs once without
# and once with the hook, and output, exit status and files must be the same. One line per test.
# Tests are run by name, and hand functions of their own to others:
# shellcheck shell=bash disable=SC2317,SC2154,SC2034
set -uo pipefail

build=$(cd "${1:?usage: $0 BUILD}" && pwd)
bin=$build/test
hook=$build/lib/libplateau_hook.so
work=$(mktemp -d)
session=/dev/shm/plateau-hooktest-$$
log=$work/log
unset PLATEAU_SESSION # a shell that has sourced slurm/env.sh names one
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
trap 'rm -rf "$work" "$session"' EXIT

ring_test() { "$bin/rings" "$@"; }

# fresh [OPTION...]: a new session
fresh() {
    rm -rf "$session" "$work/plain" "$work/hooked" "$work/hooked.err" "$log"
    mkdir "$work/plain" "$work/hooked"
    ring_test create "$session" "$@"
}

hooked() { PLATEAU_SESSION=$session LD_PRELOAD=${preload-$hook} "$@"; }

# same COMMAND...: runs in plain/ and hooked/, compares status, stdout and files; drains to $log
same() {
    (cd "$work/plain" && "$@" >stdout 2>"$work/plain.err")
    local plain=$?
    (cd "$work/hooked" && hooked "$@" >stdout 2>"$work/hooked.err")
    local status=$?
    [ "$plain" = "$status" ] || { echo "exit $plain, hooked $status" && return 1; }
    diff -r "$work/plain" "$work/hooked" || return 1
    if compgen -G "$session/ring.*" >/dev/null; then
        ring_test drain "$session" 20 >"$log" || { echo "account does not balance" && return 1; }
    fi
}

# told_errnos LEAST: the program told errno after so many calls at least (errnos.h), in a file that was compared
told_errnos() {
    local told
    told=$(cat "$work"/hooked/errnos* | wc -l)
    [ "$told" -ge "$1" ] || { echo "errno told after $told calls" && return 1; }
}

lines() { grep -cE "$1" "$log"; }
# expect COUNT PATTERN: so many lines of the log match
expect() {
    local got
    got=$(lines "$2")
    [ "$got" = "$1" ] || { echo "expected $1 lines like '$2', got $got" && return 1; }
}
says() { grep -q "$1" "$work/hooked.err" || { echo "stderr lacks '$1'" && return 1; }; }

# What a program said of its process ("plain" or "hooked" one), from /proc/self/status.
kib() { awk '$1 == "'"$2"'" { print $2 }' "$work/$1.err"; }
threads() { awk '/Threads/ { print $2 }' "$work/$1.err"; }

built() { [ -x "$bin/$1" ] || { echo "skip: no clang" >&3 && return 1; }; }

run() {
    local why
    if ! why=$("$1" 2>&1 3>"$work/skip"); then
        echo "FAIL $1: $(echo "$why" | tail -n 3 | tr '\n' ' ')"
    elif [ -s "$work/skip" ]; then
        echo "skip $1 ($(sed 's/^skip: //' "$work/skip"))"
    else
        echo "ok $1"
    fi
}

# run_all HELPERS [TESTS]: every function of the script, except those that match HELPERS
run_all() {
    local each
    for each in ${2:-$(sed -n 's/^\([a-z_0-9]*_[a-z_0-9]*\)() {.*/\1/p' "$0" | grep -vxE "$1")}; do run "$each"; done
}
