package org.plateau.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of a process that watches: without its exit code a failure would pass for success. */
class PartTest {
    private static final int TIMES = 200;

    @TempDir Path session;

    private Part failing() throws IOException {
        return Part.start(
                "coupler",
                List.of("sh", "-c", "exit 127"),
                Map.of(),
                session.resolve("coupler.log"),
                session);
    }

    @Test
    void asSoonAsAPartIsSeenToHaveEndedItsExitCodeIsThere() throws Exception {
        for (int time = 0; time < TIMES; time++) {
            Part part = failing();
            while (part.alive()) {
                Thread.onSpinWait();
            }
            assertEquals(OptionalInt.of(127), part.exitCode(), "ended part " + time);
        }
    }

    @Test
    void whoHasWaitedForAPartsEndHasItsExitCode() throws Exception {
        for (int time = 0; time < TIMES; time++) {
            Part part = failing();
            assertTrue(part.await(Duration.ofMinutes(1)));
            assertEquals(OptionalInt.of(127), part.exitCode(), "ended part " + time);
        }
    }
}
