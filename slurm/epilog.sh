#!/usr/bin/env bash
# For the site's Slurm Epilog: gives back the memory of sessions whose job is over. Call it from
# the Epilog script that slurm.conf names, or name it there:
#
#     Epilog=/path/to/plateau/slurm/epilog.sh
#
# It runs as root on every node of a job after its last process is gone, with SLURM_JOB_ID and
# SLURM_JOB_UID set, and removes nothing but that user's session of that job and, with that user's rights, the
# queue that the session names, if that is in memory (tmpfs); one on a disk waits for the run's next attempt.
# plateau finish and the watchdog have done so already, unless the job was killed with SIGKILL before they could.
set -euo pipefail

# The components of a heterogeneous job share the session of the first, which has the job's own number.
job=${SLURM_HET_JOB_ID:-${SLURM_JOB_ID:-}} user=${SLURM_JOB_UID:-}
if ! [[ $job =~ ^[0-9]+$ && $user =~ ^[0-9]+$ ]]; then
    echo "epilog.sh: expected SLURM_JOB_ID and SLURM_JOB_UID in the environment, found '$job' and '$user'" >&2
    exit 0 # an Epilog that fails would drain the node
fi
as_user() {
    if [ "$(id -u)" -eq "$user" ]; then "$@"; else setpriv --reuid "$user" --regid 65534 --clear-groups "$@"; fi
}

for session in "/dev/shm/plateau-$user-$job" "/dev/shm/plateau-$user-$job"-*; do
    # Never follow a link, never touch what is someone else's.
    if [ ! -d "$session" ] || [ -L "$session" ]; then continue; fi
    [ "$(stat -c %u "$session")" = "$user" ] || continue
    # A part that outlived its job, where Slurm does not find every process of one.
    for file in "$session"/*.pid; do
        [ -f "$file" ] || continue
        if read -r pid _ 2>/dev/null <"$file" && grep -qsxzF "PLATEAU_SESSION=$session" "/proc/$pid/environ"; then
            kill -KILL "$pid" 2>/dev/null || true
        fi
    done
    queue=
    [ ! -f "$session/queue" ] || read -r queue 2>/dev/null <"$session/queue" || true
    rm -rf --one-file-system -- "$session" || true
    if [ -n "$queue" ] && [ "$(as_user stat -f -c %T -- "$queue" 2>/dev/null)" = tmpfs ]; then
        as_user rm -rf --one-file-system -- "$queue" || true
    fi
done
exit 0
