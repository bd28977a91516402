package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.results.Results;
import org.plateau.tests.Program.Outcome;

/** The demonstration does what it says. */
@Tag("science")
@ExtendWith(Workplace.class)
class DemonstrationTest {
    private static final double TOP = 0.3e5;
    private static final double DEEP = 10e5;

    @Test
    void theModelIsStoppedWhenItsTopHasEquilibratedAndItsDeepAtmosphereHasNot(Path work)
            throws Exception {
        Path directory = work.resolve("demo");
        Outcome outcome =
                Program.in(
                                work,
                                Workplace.home().resolve("slurm/demo.sh").toString(),
                                "--no-setup",
                                "--directory",
                                directory.toString())
                        .run(Duration.ofMinutes(5))
                        .succeeded();

        RunDirectory run = new RunDirectory(directory.resolve("plateau"));
        assertTopSettledAndDeepNot(run.status());
        assertStoppedEarly(directory, run, outcome);
        assertTrue(run.closedAccount() > 0);
        assertPictures(directory);
    }

    private static void assertTopSettledAndDeepNot(JsonNode status) {
        boolean unsettled = false;
        for (JsonNode level : status.path("levels")) {
            double pressure = level.path("pressure").asDouble();
            boolean settled = level.path("verdict").asText().equals("equilibrated");
            if (pressure <= TOP) {
                assertTrue(settled, level.toString());
            }
            unsettled |= pressure >= DEEP && !settled;
        }
        assertTrue(unsettled, "expected a level below 10 bar that is not equilibrated");
    }

    private static void assertStoppedEarly(Path directory, RunDirectory run, Outcome outcome)
            throws Exception {
        assertTrue(outcome.text().contains("stopped on request"), outcome.text());
        assertTrue(Files.size(directory.resolve("minigcm_restart.nc")) > 0);
        assertEquals("good", run.status().at("/stop/restart/result").asText());
        Results results = run.results();
        double[] time = results.time().values();
        assertTrue(
                time[time.length - 1] < 99, "the last output is of day " + time[time.length - 1]);
        assertFalse(run.events("stop-decided").isEmpty(), "expected the audit line of the stop");
        assertEquals(12, results.pressure().length);
    }

    private static void assertPictures(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            assertTrue(files.filter(f -> f.toString().endsWith(".png")).count() >= 2);
        }
    }
}
