#!/usr/bin/env bash
# The one site file: where things are on this machine. Source it; every script of Plateau does.
#
#   source /path/to/plateau/slurm/env.sh
#
# What is already set in your environment wins over what stands here, so a job script may set a
# value before it sources this file. Nothing here touches the model but SLURM_PMIX_FENCE, which mends
# srun for it, too: what the coupler and the classifier need goes to them alone (PLATEAU_COUPLER_ENV,
# PLATEAU_CLASSIFIER_ENV).

# ---- Plateau itself ------------------------------------------------------------------------------
if [ -z "${PLATEAU_HOME:-}" ]; then
    PLATEAU_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
fi
export PLATEAU_HOME
case ":$PATH:" in
    *":$PLATEAU_HOME/slurm/bin:"*) ;;
    *) export PATH="$PLATEAU_HOME/slurm/bin:$PLATEAU_HOME/native/build/bin:$PATH" ;;
esac

# ---- JDK: 17, 21 or 25 ---------------------------------------------------------------------------
# Without JAVA_HOME the java on the PATH is taken.
#   module load java/21                                   # a generic cluster with modules
#   export JAVA_HOME=/opt/jdk-21                          # a JDK unpacked by hand

# ---- Open MPI for the coupler --------------------------------------------------------------------
# The coupler is a job step of its own and needs an Open MPI with Java bindings: Debian's, with the
# mpi.jar that slurm/setup.sh builds, or one configured with --enable-mpi-java. The model may use any
# MPI.
#
# A generic cluster, the model uses the same Open MPI:
#   module load openmpi/4.1
# The model uses Intel MPI: do not load Open MPI's module in the job script, its mpirun would hide the
# model's. On one node nothing is to be done: where mpirun is not Open MPI's, the coupler's single rank runs
# without MPI. Over several nodes name Open MPI's here, and keep Intel's own variables from it (I_MPI_* do not hurt, PMI_* would):
#   export PLATEAU_COUPLER_MPIRUN=/opt/openmpi-4.1/bin/mpirun
#   export PLATEAU_COUPLER_ENV="LD_LIBRARY_PATH=/opt/openmpi-4.1/lib PMI_RANK= PMI_SIZE= PMI_FD= UCX_ERROR_SIGNALS= ..."
# The model uses MPICH or Cray MPICH (its steps start by srun, cray-mpich and PrgEnv stay loaded): as above;
# the libraries of the two are not mixed, because only the coupler's own environment names Open MPI's. On
# Slingshot without an Open MPI that speaks it, TCP over the high-speed interface does:
#   export PLATEAU_COUPLER_MPI_OPTIONS="--bind-to none --oversubscribe -mca btl_tcp_if_include hsn0 -mca oob_tcp_if_include hsn0"
# Where Slurm speaks Open MPI's PMIx, PLATEAU_COUPLER_LAUNCHER=srun (below) needs no mpirun at all.
export PLATEAU_COUPLER_MPIRUN="${PLATEAU_COUPLER_MPIRUN:-mpirun}"

# Options of that mpirun. No binding: the coupler has a drain thread and a relay thread, and a rank
# bound to one core of the model's would fight it; PLATEAU_COUPLER_CORES below says where it may run.
export PLATEAU_COUPLER_MPI_OPTIONS="${PLATEAU_COUPLER_MPI_OPTIONS:---bind-to none --oversubscribe}"

# Environment of the coupler alone, NAME=VALUE separated by blanks.
#   UCX_ERROR_SIGNALS=            UCX catches SIGSEGV, which a JVM uses for its own null checks and
#                                 safepoints; the first one would be taken for a crash.
#   OMPI_ALLOW_RUN_AS_ROOT...     containers and test machines run as root; harmless elsewhere.
#   OMPI_MCA_mpi_yield_when_idle  an idle coupler must not burn a core that the model could use.
#   OMPI_MCA_btl=self,vader,tcp   one node, or a few over TCP; sites with InfiniBand drop this line
#                                 and let Open MPI choose UCX.
#   OMPI_MCA_rmaps_base_oversubscribe=1   the model has the slots of the job; the coupler shares.
#   OMPI_MCA_ras=^slurm...        the ranks are placed by plateau, one a node, not by the batch system:
#   OMPI_MCA_plm=isolated         a step of its making would hold slots for which the model's own step
#                                 then waits for ever.
export PLATEAU_COUPLER_ENV="${PLATEAU_COUPLER_ENV:-UCX_ERROR_SIGNALS= OMPI_ALLOW_RUN_AS_ROOT=1 \
OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_mpi_yield_when_idle=1 OMPI_MCA_btl=self,vader,tcp \
OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_ras=^slurm,tm,lsf,gridengine,alps \
OMPI_MCA_plm=isolated}"

# ---- Several nodes -------------------------------------------------------------------------------
# How the coupler's ranks come to their nodes.
#   mpirun   Open MPI's daemons are brought to each node by slurm/agent.sh: in a Slurm job a job step of
#            its own, elsewhere ssh. Works in heterogeneous jobs.
#   srun     one job step for all, by Slurm itself, which has to speak Open MPI's PMIx (srun --mpi=list);
#            for jobs of hundreds of nodes.
#   export PLATEAU_COUPLER_LAUNCHER=srun PLATEAU_COUPLER_PMI=pmix_v4
# How Slurm's own PMIx brings ranks together in MPI_Init (srun --mpi=pmix; nothing else reads it), of that
# step and of the model's. Left to itself it takes a tree for the last of these fences, and where a step has
# fewer nodes than TreeWidth (50 by default, 16 in newer Slurms) that tree has no branches: every node goes
# on alone (seen with 22.05; src/common/reverse_tree.c has it from 21.08 to August 2026's). A rank that has
# left MPI_Init then sends to one on another node that is still within it, and Open MPI 4.1 ends that one with
# SIGSEGV at address 0, here once in some hundred starts on busy cores. The ring holds all back.
# PMIxCollFence=ring in mpi.conf does the same for a whole site.
export SLURM_PMIX_FENCE="${SLURM_PMIX_FENCE:-ring}"
# Options of those job steps. --overlap: they share cores and memory with the model's step, which finds
# nothing taken; --mem=0: what the job has on that node; no binding, see PLATEAU_CORES. Under task/cgroup a
# step sees the cores that it asks for: add --cpus-per-task=2 if each node of the job has as many.
export PLATEAU_SRUN_OPTIONS="${PLATEAU_SRUN_OPTIONS:---overlap --mem=0 --cpu-bind=none}"
# Outside Slurm: the machine file of the batch system, and what reaches a node.
#   export PLATEAU_HOSTFILE=$PBS_NODEFILE                 # PBS
#   export PLATEAU_HOSTFILE=$LSB_DJOB_HOSTFILE            # LSF
#   export PLATEAU_AGENT="ssh -o BatchMode=yes"           # takes HOST COMMAND; the default there
# Only some nodes have programs that write, and the classifier runs on one that you choose:
#   export PLATEAU_NODES=node17,node18 PLATEAU_CLASSIFIER_NODE=gpu3

# ---- Classifier ----------------------------------------------------------------------------------
# OMP_WAIT_POLICY=passive         the network's threads sleep between two outputs instead of spinning
#                                 on cores that belong to the model.
# OMP_NUM_THREADS=2               the cap on those threads; network.threads in the settings goes with it.
# A site's own CUDA for the classifier alone:
#   export PLATEAU_CLASSIFIER_ENV="OMP_WAIT_POLICY=passive OMP_NUM_THREADS=2 LD_LIBRARY_PATH=/opt/cuda-12/lib64"
export PLATEAU_CLASSIFIER_ENV="${PLATEAU_CLASSIFIER_ENV:-OMP_WAIT_POLICY=passive OMP_NUM_THREADS=2}"

# ---- Caps: heap, threads and cores ---------------------------------------------------------------
# -Xmx                        heap of each part; what the classifier assembles stands in assembly.memory.
# -XX:+UseSerialGC            no collector threads beside the model's ranks.
# -XX:ActiveProcessorCount    as many cores the JVM believes to have, whatever the node has: it sizes the
#                             pools of its own threads by that.
# Huge pages: leave them to the model. A JVM takes them only when asked; where a site's default is
# transparent_hugepage=always, add -XX:-UseTransparentHugePages to both.
export PLATEAU_COUPLER_JVM="${PLATEAU_COUPLER_JVM:--Xmx512m -XX:+UseSerialGC -XX:ActiveProcessorCount=2}"
export PLATEAU_CLASSIFIER_JVM="${PLATEAU_CLASSIFIER_JVM:--Xmx2g -XX:+UseSerialGC -XX:ActiveProcessorCount=2}"
# Cores that the parts may use on each node, as taskset -c takes them; empty: the system decides. Give away
# the cores that the model leaves free; both take PLATEAU_CORES unless they have their own. Jobs that share a
# node, as tasks of an array do, share these cores, too:
#   export PLATEAU_CORES=62,63
#   export PLATEAU_COUPLER_CORES=62 PLATEAU_CLASSIFIER_CORES=63
export PLATEAU_CORES="${PLATEAU_CORES:-}"
# How much the parts step back when a core is wanted by the model (0: equal, 19: last).
export PLATEAU_NICE="${PLATEAU_NICE:-5}"
# Whom the kernel ends first where node or job run out of memory: 1000 the parts, which are started again; 0
# the largest process, which would be the model. Slurm calls such a job OUT_OF_MEMORY even if the model ends
# well. Where it enforces a job's memory (task/cgroup) ask for more than the model needs alone: what the two
# heaps take, the rings (hook.writers x hook.ring), and what of the queue is in memory.
export PLATEAU_OOM_SCORE="${PLATEAU_OOM_SCORE:-1000}"

# ---- Places --------------------------------------------------------------------------------------
# Base of the queues, node-local disk or tmpfs (never NFS, Lustre or GPFS: the queue refuses them).
# The setting queue.directory wins where it stands.
#   export PLATEAU_QUEUE=/local/$USER/plateau             # a node-local scratch disk
#   export PLATEAU_QUEUE=$SLURM_TMPDIR/plateau            # sites that make one per job
export PLATEAU_QUEUE="${PLATEAU_QUEUE:-}"
# Unpacked native libraries of the network (400 MB, once per user); home or scratch. A job submitted with
# --export=NONE has no HOME.
plateau_user=~
export PLATEAU_CACHE="${PLATEAU_CACHE:-${XDG_CACHE_HOME:-$plateau_user/.cache}/plateau}"
# The job's session: rings and flags in shared memory, made by plateau start and removed by plateau
# finish. It must be on tmpfs. The hook does nothing while it is not there. A name of your own stays; one
# that this file gave to the shell from which a job was submitted, or to another job, is not this job's.
plateau_ours=/dev/shm/plateau-$(id -u)
if [ -z "${PLATEAU_SESSION:-}" ] || { [ -n "${SLURM_JOB_ID:-}" ] \
    && [[ $PLATEAU_SESSION- == "$plateau_ours"-* && $PLATEAU_SESSION- != "$plateau_ours-$SLURM_JOB_ID"-* ]]; }; then
    PLATEAU_SESSION=$plateau_ours-${SLURM_JOB_ID:-$$}
fi
export PLATEAU_SESSION

# ---- The model's exit code is the job's ----------------------------------------------------------
# A script that ended with the model's line had its exit code, and jobs that depend on it (afterok) go by
# that. With plateau finish behind it that must stay so: here it ends as the line before it did, whatever
# happens to what watches the model. Its own exit code: command plateau finish.
plateau() {
    # shellcheck disable=SC2319 # of the line before the call, whatever that was
    local before=$? code=0
    if [ "${1:-}" != finish ]; then
        command plateau "$@"
        return
    fi
    [ $# -gt 1 ] || set -- finish ${plateau_within[@]+"${plateau_within[@]}"}
    command plateau "$@" || code=$?
    # 1: it said that not all is labelled; 3 and others: it could not do its work.
    [ "$code" -eq 0 ] || echo "plateau finish failed ($code); the exit code stays that of the line before it, $before" >&2
    return "$before"
}

# ---- A job script that ends before its plateau finish --------------------------------------------
# scancel and the time limit send SIGTERM to every process of the job, this shell among them, and a script
# with `set -e` ends where its model fails. Either way what the model wrote is to be labelled and the
# session's memory given back before Slurm ends whatever the script leaves running. The shell waits for the
# model's end first, then says plateau finish, and ends as it would have. Traps for TERM and EXIT that the
# script has set before keep their say: theirs for TERM instead of this end, theirs for EXIT behind it, so
# that no clean-up takes away what is still being read. One that it sets later replaces these, and has to
# say plateau finish itself. Only the job's script itself does this, no script that it runs.
if [ -n "${SLURM_JOB_ID:-}" ] && [[ ${PLATEAU_JOB_SHELL:-} != "$SLURM_JOB_ID":* && $- != *i* ]]; then
    export PLATEAU_JOB_SHELL="$SLURM_JOB_ID:$$"
    plateau_within=()
    # The command of a trap, of what trap -p says of it: trap -- COMMAND SIGNAL.
    plateau_trap() {
        local words=()
        eval "words=($1)"
        printf '%s' "${words[2]:-}"
    }
    plateau_their_exit=$(plateau_trap "$(trap -p EXIT)")
    plateau_at_exit() {
        if [ -e "$PLATEAU_SESSION/launch.json" ] && [ "$PLATEAU_JOB_SHELL" = "$SLURM_JOB_ID:$BASHPID" ]; then
            plateau finish || true
        fi
        set +e
        (exit "$1")
        eval "$plateau_their_exit"
        exit "$1"
    }
    if [ -z "$(trap -p TERM)" ]; then
        trap 'plateau_within=(--within 8); exit 143' TERM
    elif [ -n "$(plateau_trap "$(trap -p TERM)")" ]; then # not ignored
        # shellcheck disable=SC2064 # the command as it is now
        trap "plateau_within=(--within 8); $(plateau_trap "$(trap -p TERM)")" TERM
    fi
    trap 'plateau_at_exit $?' EXIT
fi
