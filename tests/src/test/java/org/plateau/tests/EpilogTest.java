package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.tests.Program.Outcome;

@Tag("slurm")
@ExtendWith(Workplace.class)
class EpilogTest {
    private static final String SCRIPT = Workplace.home().resolve("slurm/epilog.sh").toString();

    @Test
    void onlyTheSessionsOfTheJobThatEndedGo(Path work) throws Exception {
        Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        String job = Long.toString(900_000_000L + ProcessHandle.current().pid());
        Path ofJob = session("plateau-" + user + "-" + job);
        Path ofCommandInJob = session("plateau-" + user + "-" + job + "-17");
        Path ofAnotherJob = session("plateau-" + user + "-" + job + "1");
        try {
            Program.in(work, SCRIPT)
                    .with("SLURM_JOB_ID", job)
                    .with("SLURM_JOB_UID", user.toString())
                    .run()
                    .succeeded();

            assertFalse(Files.exists(ofJob));
            assertFalse(Files.exists(ofCommandInJob));
            assertTrue(Files.exists(ofAnotherJob));
        } finally {
            Workplace.remove(ofAnotherJob);
        }
    }

    @Test
    void aQueueInMemoryGoesWithItsSessionAndOneOnADiskStays(Path work) throws Exception {
        Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        String job = Long.toString(800_000_000L + ProcessHandle.current().pid());
        Path inMemory = Files.createTempDirectory(Path.of("/dev/shm"), "plateau-test-queue-");
        Path onDisk = Files.createDirectory(work.resolve("queue"));
        Files.writeString(session("plateau-" + user + "-" + job).resolve("queue"), inMemory + "\n");
        Files.writeString(
                session("plateau-" + user + "-" + job + "-17").resolve("queue"), onDisk + "\n");

        Program.in(work, SCRIPT)
                .with("SLURM_JOB_ID", job)
                .with("SLURM_JOB_UID", user.toString())
                .run()
                .succeeded();

        assertFalse(Files.exists(inMemory));
        assertTrue(Files.exists(onDisk));
    }

    @Test
    void outsideAJobItDoesNothingAndDoesNotFail(Path work) throws Exception {
        Outcome outcome =
                Program.in(work, SCRIPT)
                        .with("SLURM_JOB_ID", "../x")
                        .with("SLURM_JOB_UID", "")
                        .run();

        assertEquals(0, outcome.code());
        assertTrue(outcome.text().contains("expected SLURM_JOB_ID"), outcome.text());
    }

    private static Path session(String name) throws IOException {
        Path session = Files.createDirectory(Path.of("/dev/shm").resolve(name));
        Files.writeString(session.resolve("control"), "");
        return session;
    }
}
