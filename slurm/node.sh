#!/usr/bin/env bash
# What Plateau does on one node of a job of several nodes; slurm/agent.sh brings it there.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")

usage() {
    cat >&2 <<'TEXT'
usage: node.sh calm COMMAND...              a command that the job's SIGTERM does not end
       node.sh shield LINE                  the same for a line for bash, as the task of a job step
       node.sh rank SESSION COMMAND...      a rank of the coupler, and a watchdog for its session
       node.sh part SESSION NAME COMMAND...  a part that is told from others by its name
       node.sh sweep SESSION QUEUE          ends the node's parts; removes its session and its queue
TEXT
    exit 2
}

# scancel and the time limit send SIGTERM to every process of the job at once and SIGKILL 30 s later. The
# model's last records come in between, so what watches stays: it ends when plateau finish says so. Open
# MPI's own processes would end the coupler at SIGTERM, even if they find it ignored: it is kept from them.
# So are the signals by which a model is told to write a checkpoint: Slurm sends them to every job step.
calm() {
    local block=()
    if env --block-signal=TERM true 2>/dev/null; then block=(env "--block-signal=TERM,USR1,USR2"); fi
    trap '' TERM INT HUP USR1 USR2
    exec ${block[@]+"${block[@]}"} "$@"
}

# A job step's own task must outlive SIGTERM as well.
shield() {
    # Ignored, not caught: a signal in the moment of the end would pass for how the line ended.
    trap '' TERM INT HUP USR1 USR2
    setsid "$0" calm bash -c "$1" </dev/null &
    wait "$!"
}

# The session of another node is made by its coupler rank, which may die and come again: a watchdog
# removes it when nobody is left. On the node of plateau start there is one already.
rank() {
    local session=$1
    shift
    if [ ! -e "$session/watchdog.pid" ]; then
        setsid "$here/watchdog.sh" "$session" </dev/null >/dev/null 2>&1 &
    fi
    exec "$@"
}

# A part on another node than its launch; its number lets sweep and the watchdog find it. Once it has
# ended well the queue that it read holds nothing that anybody wants.
part() {
    local session=$1 name=$2
    shift 2
    trap '' TERM INT HUP USR1 USR2
    "$@" &
    local child=$!
    note "$session" "$name" "$child" >/dev/null 2>&1 </dev/null &
    wait "$child"
    rm -rf -- "${PLATEAU_QUEUE_DIRECTORY:?}"
}

# The session comes later than the part, from the coupler's rank, and takes the place of one that was left.
note() {
    local file=$1/$2.pid line noted
    line="$3 $(started "$3")"
    while kill -0 "$3"; do
        read -r noted <"$file" || noted=
        if [ -e "$1/control" ] && [ "$noted" != "$line" ]; then
            if echo "$line" >"$file.new"; then mv -f "$file.new" "$file" || true; fi
        fi
        sleep 1
    done
}

# When a process started: with that its number cannot be taken for another's. Field 22 of its stat, counted
# after the name, which may hold blanks.
started() { sed -n 's/.*) //p' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# What is left of a run whose end did not go as it should.
sweep() {
    local session=$1 queue=$2 signal file pid start
    for signal in TERM KILL; do
        for file in "$session"/{rank,classifier}.pid; do
            { read -r pid start <"$file"; } 2>/dev/null || continue
            [ -z "$start" ] || [ "$(started "$pid")" = "$start" ] || continue
            if kill "-$signal" "$pid" 2>/dev/null; then sleep 1; fi
        done
    done
    rm -rf -- "$session" "$queue"
}

[ $# -ge 2 ] || usage
command=$1
shift
case $command in
    calm | shield | rank | part | sweep) "$command" "$@" ;;
    *) usage ;;
esac
