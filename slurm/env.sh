#!/usr/bin/env bash
# The one site file: where things are on this machine. Source it; every script of Plateau does.
#
#   source /path/to/plateau/slurm/env.sh
#
# What is already set in your environment wins over what stands here, so a job script may set a
# value before it sources this file. Nothing here touches the model: what the coupler and the
# classifier need goes to them alone (PLATEAU_COUPLER_ENV, PLATEAU_CLASSIFIER_ENV).

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
# MPI. Where the model's is Intel MPI or MPICH, do not load Open MPI's module in the job script, its
# mpirun would hide the model's; name its mpirun here instead:
#   export PLATEAU_COUPLER_MPIRUN=/opt/openmpi-4.1/bin/mpirun
#   export PLATEAU_COUPLER_ENV="LD_LIBRARY_PATH=/opt/openmpi-4.1/lib UCX_ERROR_SIGNALS= ..."
export PLATEAU_COUPLER_MPIRUN="${PLATEAU_COUPLER_MPIRUN:-mpirun}"

# Options of that mpirun. No binding: the coupler has a drain thread and a relay thread, and a rank
# bound to one core of the model's would fight it. Ranks on one node talk through shared memory.
export PLATEAU_COUPLER_MPI_OPTIONS="${PLATEAU_COUPLER_MPI_OPTIONS:---bind-to none --oversubscribe}"

# Environment of the coupler alone, NAME=VALUE separated by blanks.
#   UCX_ERROR_SIGNALS=            UCX catches SIGSEGV, which a JVM uses for its own null checks and
#                                 safepoints; the first one would be taken for a crash.
#   OMPI_ALLOW_RUN_AS_ROOT...     containers and test machines run as root; harmless elsewhere.
#   OMPI_MCA_mpi_yield_when_idle  an idle coupler must not burn a core that the model could use.
#   OMPI_MCA_btl=self,vader,tcp   one node, or a few over TCP; sites with InfiniBand drop this line
#                                 and let Open MPI choose UCX.
#   OMPI_MCA_rmaps_base_oversubscribe=1   the model has the slots of the job; the coupler shares.
#   OMPI_MCA_ras=^slurm...        on one node the rank is started here, not as a step of the batch
#   OMPI_MCA_plm=isolated         system: that step would hold slots for which the model's own step
#                                 then waits for ever.
export PLATEAU_COUPLER_ENV="${PLATEAU_COUPLER_ENV:-UCX_ERROR_SIGNALS= OMPI_ALLOW_RUN_AS_ROOT=1 \
OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_mpi_yield_when_idle=1 OMPI_MCA_btl=self,vader,tcp \
OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_ras=^slurm,tm,lsf,gridengine,alps \
OMPI_MCA_plm=isolated}"

# ---- Classifier ----------------------------------------------------------------------------------
# OMP_WAIT_POLICY=passive         the network's threads sleep between two outputs instead of spinning
#                                 on cores that belong to the model.
# OMP_NUM_THREADS=2               the cap on those threads.
export PLATEAU_CLASSIFIER_ENV="${PLATEAU_CLASSIFIER_ENV:-OMP_WAIT_POLICY=passive OMP_NUM_THREADS=2}"

# ---- Caps: heap and cores ------------------------------------------------------------------------
# Heap of each part. The serial collector: no collector threads beside the model's ranks.
export PLATEAU_COUPLER_JVM="${PLATEAU_COUPLER_JVM:--Xmx512m -XX:+UseSerialGC}"
export PLATEAU_CLASSIFIER_JVM="${PLATEAU_CLASSIFIER_JVM:--Xmx2g -XX:+UseSerialGC}"
# Cores that the parts may use, as taskset -c takes them; empty: the system decides. Give away the
# cores that the model leaves free:
#   export PLATEAU_CORES=62,63
export PLATEAU_CORES="${PLATEAU_CORES:-}"
# How much the parts step back when a core is wanted by the model (0: equal, 19: last).
export PLATEAU_NICE="${PLATEAU_NICE:-5}"

# ---- Places --------------------------------------------------------------------------------------
# Base of the queues, node-local disk or tmpfs (never NFS, Lustre or GPFS: the queue refuses them).
# The setting queue.directory wins where it stands.
#   export PLATEAU_QUEUE=/local/$USER/plateau             # a node-local scratch disk
#   export PLATEAU_QUEUE=$SLURM_TMPDIR/plateau            # sites that make one per job
export PLATEAU_QUEUE="${PLATEAU_QUEUE:-}"
# Unpacked native libraries of the network (400 MB, once per user); home or scratch.
export PLATEAU_CACHE="${PLATEAU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/plateau}"
# The job's session: rings and flags in shared memory, made by plateau start and removed by plateau
# finish. It must be on tmpfs. The hook does nothing while it is not there.
export PLATEAU_SESSION="${PLATEAU_SESSION:-/dev/shm/plateau-$(id -u)-${SLURM_JOB_ID:-$$}}"
