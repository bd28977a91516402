package org.plateau.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The configuration of a {@link Slurm}: slurm.conf, gres.conf, cgroup.conf and the Epilog. */
final class SlurmFiles {
    /** As many jobs at a time as the tests like, whatever this machine has. */
    private static final String ON_TRUST =
            """
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SelectTypeParameters=CR_Core
            NodeName=node[1-2] CPUs=32 State=UNKNOWN
            NodeName=node3 CPUs=32 Gres=gpu:1 State=UNKNOWN
            """;

    /** Every job is kept to its cores and its memory by the kernel. */
    private static final String ENFORCED =
            """
            ProctrackType=proctrack/cgroup
            TaskPlugin=task/cgroup
            SelectTypeParameters=CR_Core_Memory
            NodeName=node[1-2] CPUs=%1$d RealMemory=8000 State=UNKNOWN
            NodeName=node3 CPUs=%1$d RealMemory=8000 Gres=gpu:1 State=UNKNOWN
            """
                    .formatted(Runtime.getRuntime().availableProcessors());

    private static final String CGROUPS =
            """
            CgroupPlugin=cgroup/v1
            CgroupMountpoint=%s
            ConstrainCores=yes
            ConstrainRAMSpace=yes
            ConstrainSwapSpace=no
            ConstrainDevices=no
            """;

    private SlurmFiles() {}

    static void write(Path directory, boolean enforced) throws IOException {
        Files.createDirectories(directory.resolve("state"));
        writeEpilog(directory);
        Files.writeString(
                directory.resolve("gres.conf"), "NodeName=node3 Name=gpu File=/dev/null\n");
        Files.writeString(directory.resolve("cgroup.conf"), CGROUPS.formatted(Cgroups.ROOT));
        Files.writeString(
                directory.resolve("slurm.conf"),
                """
                ClusterName=plateau
                SlurmctldHost=node4
                SlurmUser=root
                SlurmdUser=root
                AuthType=auth/munge
                AuthInfo=socket=%1$s/munge.socket
                CredType=cred/munge
                StateSaveLocation=%1$s/state
                SlurmdSpoolDir=%1$s/spool-%%n
                SlurmctldPidFile=%1$s/slurmctld.pid
                SlurmdPidFile=%1$s/slurmd-%%n.pid
                TmpFS=%1$s/tmp-%%n
                Epilog=%1$s/epilog
                MpiDefault=none
                SwitchType=switch/none
                JobAcctGatherType=jobacct_gather/none
                AccountingStorageType=accounting_storage/none
                SchedulerType=sched/backfill
                SchedulerParameters=bf_interval=1,sched_min_interval=100000,batch_sched_delay=0
                SelectType=select/cons_tres
                SlurmdParameters=config_overrides
                GresTypes=gpu
                ReturnToService=2
                KillWait=30
                MinJobAge=3600
                OverTimeLimit=0
                MailProg=/bin/true
                PreemptType=preempt/partition_prio
                PreemptMode=REQUEUE
                %2$s
                PartitionName=DEFAULT MaxTime=INFINITE State=UP PriorityTier=10 PreemptMode=OFF
                PartitionName=cpu Nodes=node[1-2] Default=YES
                PartitionName=gpu Nodes=node3
                PartitionName=urgent Nodes=node2
                PartitionName=spare Nodes=node2 PriorityTier=1 PreemptMode=REQUEUE
                PartitionName=notice Nodes=node2 PriorityTier=1 PreemptMode=REQUEUE GraceTime=10
                PartitionName=lost Nodes=node2 PriorityTier=1 PreemptMode=CANCEL GraceTime=10
                """
                        .formatted(directory, enforced ? ENFORCED : ON_TRUST));
    }

    /** It notes what it found to remove. */
    private static void writeEpilog(Path directory) throws IOException {
        Path epilog = directory.resolve("epilog");
        Files.writeString(
                epilog,
                """
                #!/bin/bash
                PATH=/usr/sbin:/usr/bin:/sbin:/bin
                ls -d /dev/shm/plateau-*-"${SLURM_HET_JOB_ID:-$SLURM_JOB_ID}" >>%1$s/found 2>/dev/null
                exec %2$s/slurm/epilog.sh
                """
                        .formatted(directory, Workplace.home()));
        Files.setPosixFilePermissions(epilog, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
