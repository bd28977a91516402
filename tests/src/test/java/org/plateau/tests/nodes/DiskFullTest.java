package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the classifier's node is full, of other people's files too. */
@Tag("coupler")
@Timeout(180)
class DiskFullTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void aFullDiskTurnsIntoCountedDropsAndThenGoesOn() throws Exception {
        try (Scenario scenario = Scenario.on(work, 2, "96m", "keepFree: 4 MiB").rings(16).start()) {
            Path other = scenario.nodes().disk(1).resolve("other");
            Files.write(other, new byte[70 << 20]);
            scenario.awaitDrain(1); // else all of it were written before any is taken
            scenario.write(1, 100, 250_000, 2000);
            scenario.awaitWriters();
            Files.delete(other);
            scenario.finish(200);
            assertTrue(scenario.inbox().dropped() > 0, "more was written than there was room for");
            assertTrue(scenario.inbox().data() > 40, "the rest came through");
        }
    }
}
