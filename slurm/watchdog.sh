#!/usr/bin/env bash
# watchdog.sh SESSION OWNER: removes a session whose owner is gone.
#
# plateau start and plateau run leave it running. While OWNER (the job script's shell, or plateau
# run) lives it does nothing. When OWNER is gone and the session still stands, nobody will call
# plateau finish: the parts get a minute to end by themselves, then they are ended, and the session's
# memory in /dev/shm is given back. A model that still writes keeps its session for as long as it
# lives.
set -euo pipefail

usage() {
    echo "usage: watchdog.sh SESSION OWNER_PID" >&2
    exit 2
}
[ $# -eq 2 ] || usage
session=$1 owner=$2
patience=${PLATEAU_WATCHDOG_PATIENCE:-60}

# Field 22 of /proc/PID/stat, counted after the name, which may hold blanks.
started() { sed -n 's/.*) //p' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
owner_start=$(started "$owner")

owner_lives() { [ -n "$owner_start" ] && [ "$(started "$owner")" = "$owner_start" ]; }

# The writer of a ring holds a record lock on it; the kernel frees it when the writer dies.
writer_lives() {
    local ring
    for ring in "$session"/ring.*; do
        [ -e "$ring" ] || continue
        grep -q ":$(stat -c %i "$ring") " /proc/locks && return 0
    done
    return 1
}

parts() {
    local file pid
    for file in "$session"/coupler.pid "$session"/classifier.pid; do
        [ -r "$file" ] || continue
        read -r pid _ <"$file"
        if kill -0 "$pid" 2>/dev/null; then echo "$pid"; fi
    done
}

while owner_lives; do
    sleep 1
    [ -d "$session" ] || exit 0
done
while writer_lives; do sleep 1; done
[ -d "$session" ] || exit 0

: >"$session/finish"
waited=0
while [ "$waited" -lt "$patience" ] && [ -r "$session/coupler.pid" ]; do
    read -r coupler _ <"$session/coupler.pid"
    kill -0 "$coupler" 2>/dev/null || break
    sleep 1
    waited=$((waited + 1))
done
for signal in TERM KILL; do
    for pid in $(parts); do kill "-$signal" "$pid" 2>/dev/null || true; done
    for _ in 1 2 3 4 5; do
        [ -n "$(parts)" ] || break
        sleep 1
    done
done
rm -rf "$session"
