package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** Jobs that the kernel keeps to what they asked for, as task/cgroup does on most clusters. */
@Tag("slurm")
@Tag("long")
@Isolated
@ExtendWith(Workplace.class)
class EnforcedCapsTest {
    private static final long MEMORY = 1200L << 20;

    @Test
    void theCouplersStepAndTheClassifierStayWithinTheCoresAndTheMemoryOfTheirJob(Path work)
            throws Exception {
        Assumptions.assumeTrue(
                Cgroups.usable(),
                "SKIPPED: expected cgroups of version 1 that can be written in " + Cgroups.ROOT);
        ModelRun run = ModelRun.small(work, "float', output_mode = 'multiple_file");
        Path namelist = run.directory().resolve("minigcm.nml");
        Files.writeString(
                namelist,
                Files.readString(namelist)
                        .replaceFirst("days = [0-9.]+", "days = 60, pace_seconds = 0.1"));
        try (Slurm slurm = Slurm.startEnforcing()) {
            JobDirectory job = new JobDirectory(slurm, run);
            job.model("srun --mpi=pmix -n 2 plateau-hook minigcm minigcm.nml");
            String number =
                    job.submit("many-nodes.sbatch", "--ntasks=2", "--mem=" + (MEMORY >> 20) + "M");
            job.awaitOutputs(2);

            assertKept(slurm, number, 1, "rank");
            assertKept(slurm, number, 1, "classifier");
            assertKept(slurm, number, 2, "rank");

            assertEquals("COMPLETED", job.await(number), job::said);
            assertEquals(120, job.results().results().outputs(), job::said);
            assertTrue(job.results().closedAccount() >= 720, job::said);
            assertEquals(0, job.results().status().path("account").path("dropped").asLong());
            job.assertNothingIsLeft(number);
        }
    }

    private static void assertKept(Slurm slurm, String number, int node, String part)
            throws Exception {
        String pid = Files.readString(slurm.session(node, number).resolve(part + ".pid"));
        long process = Long.parseLong(pid.strip().split(" ")[0]);
        String jobs = "/slurm_node" + node + "/uid_0/job_" + number + "/";
        Path cores = Cgroups.of(process, "cpuset");
        assertTrue(cores.toString().contains(jobs), cores.toString());
        assertEquals(1, Cgroups.value(cores, "cpuset.cpus").split("[,-]").length, "cores");
        Path memory = Cgroups.of(process, "memory");
        assertTrue(memory.toString().contains(jobs), memory.toString());
        Path whole = Cgroups.ROOT.resolve("memory" + jobs);
        assertEquals(MEMORY, Long.parseLong(Cgroups.value(whole, "memory.limit_in_bytes")));
        assertEquals("0", Cgroups.value(whole, "memory.failcnt"), "times at the limit");
    }
}
