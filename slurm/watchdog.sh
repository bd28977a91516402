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
# which may die and come again within that minute, or remove the session of an attempt before and make another.
set -euo pipefail

usage() {
    echo "usage: watchdog.sh SESSION [OWNER_PID]" >&2
    exit 2
}
[ $# -eq 1 ] || [ $# -eq 2 ] || usage
session=$1 owner=${2:-} arguments=("$@")
trap '' TERM INT HUP USR1 USR2 # it outlives what it watches
patience=${PLATEAU_WATCHDOG_PATIENCE:-60}

# One a session: the first that comes stays.
for ((i = 0; i < 600; i++)); do
    [ ! -e "$session/control" ] || break
    sleep 0.1
done
exec 9>>"$session/watchdog.lock" || exit 0
flock -n 9 || exit 0

# Field 22 of /proc/PID/stat, counted after the name, which may hold blanks.
started() {
    local line words
    { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 0
    read -r -a words <<<"${line##*) }"
    echo "${words[19]:-}"
}

# A number alone may be another process's by now; parts are noted with their start.
lives() { if [ -n "${2:-}" ]; then [ "$(started "$1")" = "$2" ]; else kill -0 "$1" 2>/dev/null; fi; }

# Whether the session is still the one that was there at the beginning, and not another of that name.
here() { [ "$session/watchdog.lock" -ef "/proc/$$/fd/9" ]; }
owner_start=
[ -z "$owner" ] || owner_start=$(started "$owner")

owner_lives() { [ -n "$owner_start" ] && [ "$(started "$owner")" = "$owner_start" ]; }

# The coupler's rank notes its number in the session; one that was killed may come again.
rank_lives() {
    local rank waited
    for ((waited = 0; waited <= patience; waited++)); do
        here || return 1
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

# Those that live, a line each: number and start.
parts() {
    local file pid start
    for file in "$session"/{supervisor,coupler,rank,classifier}.pid; do
        { read -r pid start <"$file"; } 2>/dev/null || continue
        if lives "$pid" "$start"; then echo "$pid $start"; fi
    done
}

# The same of lines given.
living() {
    local pid start
    while read -r pid start; do
        if [ -n "$pid" ] && lives "$pid" "$start"; then echo "$pid $start"; fi
    done <<<"$1"
}

send() { # SIGNAL LINES
    local pid
    while read -r pid _; do [ -z "$pid" ] || kill "-$1" "$pid" 2>/dev/null || true; done <<<"$2"
}

# Without a session, an Epilog's doing, nobody would tell the parts to end. But a rank removes its session
# itself, and has to take leave of the others then; or it makes another of that name, to be watched instead.
known=
end_known() {
    local waited
    for ((waited = 0; waited < patience; waited++)); do
        if [ -z "$owner" ] && [ -e "$session/control" ]; then exec "$0" "${arguments[@]}"; fi
        known=$(living "$known")
        [ -n "$known" ] || { [ -z "$owner" ] && [ "$waited" -lt 5 ]; } || break
        sleep 1
    done
    send KILL "$(living "$known")"
    exit 0
}

stay() { here || end_known; }

while somebody; do
    sleep 1
    stay
    known=$(parts)
done
stay
while writer_lives; do sleep 1; done
stay

: >"$session/finish"
waited=0
while [ "$waited" -lt "$patience" ] && { read -r coupler start <"$session/coupler.pid"; } 2>/dev/null; do
    lives "$coupler" "$start" || break
    sleep 1
    waited=$((waited + 1))
done
for signal in TERM KILL; do
    stay
    send "$signal" "$(parts)"
    for _ in 1 2 3 4 5; do
        [ -n "$(parts)" ] || break
        sleep 1
    done
done
stay
queue=
[ ! -r "$session/queue" ] || read -r queue <"$session/queue" || true
rm -rf "$session"
if [ -n "$queue" ] && [ "$(stat -f -c %T -- "$queue" 2>/dev/null)" = tmpfs ]; then
    rm -rf --one-file-system -- "$queue"
fi
