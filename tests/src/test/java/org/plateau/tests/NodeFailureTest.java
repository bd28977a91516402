package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** A node of the tests' Slurm goes down under a job; no other job may be on it then. */
@Tag("slurm")
@Tag("long")
@Isolated
@ExtendWith({Workplace.class, SharedSlurm.class})
class NodeFailureTest {
    @Test
    void aJobWhoseNodeFailsGoesOnElsewhereWithItsHistory(Path work, Slurm slurm) throws Exception {
        ModelRun run = ModelRun.with(work, "").settings(JobDirectory.COMPUTED);
        JobDirectory job = new JobDirectory(slurm, run).script(JobsEndEarlyTest.RESTARTING);
        String number = job.submit("one-node.sbatch", "--requeue", "--partition=cpu");
        job.awaitOutputs(JobsEndEarlyTest.BEFORE + 3);
        String node = slurm.field(number, "BatchHost");

        slurm.command("scontrol", "update", "node=" + node, "state=down", "reason=test")
                .succeeded();
        try {
            assertEquals("COMPLETED", job.await(number), job::said);
        } finally {
            slurm.command("scontrol", "update", "node=" + node, "state=resume");
        }
        assertEquals(
                JobsEndEarlyTest.BEFORE + JobsEndEarlyTest.AFTER,
                job.results().results().time().values().length,
                job::said);
        job.results().closedAccount();
    }
}
