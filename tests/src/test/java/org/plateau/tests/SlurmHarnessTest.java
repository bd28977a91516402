package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("slurm")
@ExtendWith({Workplace.class, SharedSlurm.class})
class SlurmHarnessTest {
    @Test
    void aJobRunsOnTheTestsOwnSlurmAndItsExitCodeIsSeen(Path work, Slurm slurm) throws Exception {
        Path script = work.resolve("job.sh");
        Files.writeString(script, "#!/bin/bash\necho on $(hostname)\nexit 7\n");

        String job =
                slurm.submit(
                        work, Map.of(), "--output=job.txt", "--partition=gpu", script.toString());

        assertEquals("FAILED", slurm.await(job, Duration.ofMinutes(1)));
        assertEquals("7:0", slurm.field(job, "ExitCode"));
        assertTrue(Files.readString(work.resolve("job.txt")).contains("on node3"));
    }
}
