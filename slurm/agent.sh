#!/usr/bin/env bash
# agent.sh HOST COMMAND...: runs a command line on another node of the job, as `ssh HOST COMMAND` does.
#
# The coupler's mpirun starts its daemons with it, and plateau the classifier where that is on a node of
# its own. In a Slurm job it is a job step that shares the job's cores (--overlap); elsewhere it is ssh.
# PLATEAU_AGENT (slurm/env.sh) names another command that takes HOST COMMAND.
set -euo pipefail

usage() {
    echo "usage: agent.sh HOST COMMAND..." >&2
    exit 2
}
[ $# -ge 2 ] || usage
host=$1
shift
home=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)

if [ -n "${PLATEAU_AGENT:-}" ]; then
    read -r -a agent <<<"$PLATEAU_AGENT"
    exec "${agent[@]}" "$host" "$@"
fi
[ -n "${SLURM_JOB_ID:-}" ] || exec ssh -o BatchMode=yes "$host" "$@"

# In a heterogeneous job a step belongs to one component: the one that the node is in.
component=()
for ((i = 0; i < ${SLURM_HET_SIZE:-0}; i++)); do
    list=SLURM_JOB_NODELIST_HET_GROUP_$i
    if scontrol show hostnames "${!list}" | grep -qxF "$host"; then component=("--het-group=$i"); fi
done
# What the job script asked for the model's steps, and which of its environment goes to them
# (sbatch --export=NONE), is not for this one: of Slurm's variables it keeps those that say which job it is.
while IFS='=' read -r name _; do
    case $name in
        SLURM_CONF | SLURM_JOB_* | SLURM_JOBID | SLURM_CLUSTER_NAME | SLURM_HET_*) ;;
        *) unset "$name" ;;
    esac
done < <(env | grep -aE '^SLURM_[A-Za-z0-9_]+=')
read -r -a options <<<"${PLATEAU_SRUN_OPTIONS:---overlap --mem=0 --cpu-bind=none}"
exec srun "${options[@]}" --mpi=none --nodes=1 --ntasks=1 --nodelist="$host" ${component[@]+"${component[@]}"} \
    "$home/slurm/node.sh" shield "$*"
