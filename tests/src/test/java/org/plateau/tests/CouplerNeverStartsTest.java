package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.tests.Program.Outcome;

/**
 * The coupler's program is not there, as on a node that lacks a part of Plateau: the model runs on,
 * and what it wrote is told to be lost.
 */
@Tag("coupler")
@ExtendWith(Workplace.class)
class CouplerNeverStartsTest {
    private static Path homeWithoutACoupler(Path work) throws IOException {
        return AlteredHome.in(work, "slurm/node.sh", "exit 127\n");
    }

    private static void assertAllCountsAsDropped(ModelRun run, Outcome outcome) throws IOException {
        assertTrue(outcome.text().contains("ended with exit 127"), outcome.text());
        assertTrue(outcome.text().contains("it is not started again"), outcome.text());
        long written = new RunDirectory(run.results()).closedAccount();
        JsonNode account = new RunDirectory(run.results()).status().path("account");
        assertTrue(written >= 30, outcome.text());
        assertEquals(written, account.path("dropped").asLong(), account.toString());
        assertEquals(written, account.path("reasons").path("dropped: coupler gone").asLong());
        String line = "plateau: " + written + " captured writes never left the rings";
        assertEquals(
                1, outcome.text().lines().filter(l -> l.startsWith(line)).count(), outcome.text());
        assertFalse(outcome.text().contains("put plateau-hook before"), outcome.text());
    }

    @Test
    void underPlateauRunEveryWriteOfTheModelCountsAsDropped(Path work) throws Exception {
        ModelRun run = ModelRun.small(work).settings(JobDirectory.COMPUTED);

        Outcome outcome =
                run.watched()
                        .with("PLATEAU_HOME", homeWithoutACoupler(work).toString())
                        .run()
                        .succeeded();

        assertAllCountsAsDropped(run, outcome);
        assertTrue(Files.exists(run.output()));
    }

    @Test
    void betweenStartAndFinishEveryWriteOfTheModelCountsAsDropped(Path work) throws Exception {
        ModelRun run = ModelRun.small(work).settings(JobDirectory.COMPUTED);
        Path session = Path.of("/dev/shm/plateau-test-gone-" + ProcessHandle.current().pid());

        Outcome outcome =
                Program.in(
                                work,
                                "bash",
                                "-c",
                                "plateau start -s plateau.yaml || exit\n"
                                        + "mpirun -np 1 plateau-hook minigcm minigcm.nml\n"
                                        + "plateau finish")
                        .with("PLATEAU_HOME", homeWithoutACoupler(work).toString())
                        .with("PLATEAU_SESSION", session.toString())
                        .run()
                        .succeeded();

        assertAllCountsAsDropped(run, outcome);
        assertFalse(Files.exists(session));
    }
}
