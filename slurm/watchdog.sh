#!/usr/bin/env bash
# watchdog.sh SESSION [OWNER]: removes a session when nobody is left.
#
# plateau start and plateau run leave it running. While OWNER (the job script's shell, or plateau
# run) lives it does nothing. When OWNER is gone and the session still stands, nobody will call
# plateau finish: the parts get a minute to end by themselves, then they are ended, and the session's
# memory in /dev/shm is given back, and the queue's, if that is in memory (tmpfs), too; one on a disk waits for
# the run's next attempt. A model that still writes keeps its session for as long as it lives.
#
# On the other nodes of a job the coupler's rank starts it, without OWNER: there the rank itself counts,
# which may die and come again within that minute.
set -euo pipefail

usage() {
    echo "usage: watchdog.sh SESSION [OWNER_PID]" >&2
    exit 2
}
[ $# -eq 1 ] || [ $# -eq 2 ] || usage
session=$1 owner=${2:-}
trap '' TERM INT HUP # it outlives what it watches
patience=${PLATEAU_WATCHDOG_PATIENCE:-60}

# One a session: the first that comes stays.
for ((i = 0; i < 600; i++)); do
    [ ! -e "$session/control" ] || break
    sleep 0.1
done
exec 9>>"$session/watchdog.lock" || exit 0
flock -n 9 || exit 0

# Field 22 of /proc/PID/stat, counted after the name, which may hold blanks.
started() { sed -n 's/.*) //p' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
owner_start=
[ -z "$owner" ] || owner_start=$(started "$owner")

owner_lives() { [ -n "$owner_start" ] && [ "$(started "$owner")" = "$owner_start" ]; }

# The coupler's rank notes its number in the session; one that was killed may come again.
rank_lives() {
    local rank waited
    for ((waited = 0; waited <= patience; waited++)); do
        [ -d "$session" ] || return 1
        if read -r rank <"$session/rank.pid" && kill -0 "$rank"; then return 0; fi 2>/dev/null
        sleep 1
    done
    return 1
}

somebody() { if [ -n "$owner" ]; then owner_lives; else rank_lives; fi; }

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
    for file in "$session"/{supervisor,coupler,rank,classifier}.pid; do
        [ -r "$file" ] || continue
        read -r pid _ <"$file"
        if kill -0 "$pid" 2>/dev/null; then echo "$pid"; fi
    done
}

# Without a session, an Epilog's doing, nobody would tell the parts to end.
known=
end_known() {
    local pid
    for pid in $known; do kill -KILL "$pid" 2>/dev/null || true; done
    exit 0
}

while somebody; do
    sleep 1
    [ -d "$session" ] || end_known
    known=$(parts)
done
while writer_lives; do sleep 1; done
[ -d "$session" ] || end_known

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
queue=
[ ! -r "$session/queue" ] || read -r queue <"$session/queue" || true
rm -rf "$session"
if [ -n "$queue" ] && [ "$(stat -f -c %T -- "$queue" 2>/dev/null)" = tmpfs ]; then
    rm -rf --one-file-system -- "$queue"
fi
