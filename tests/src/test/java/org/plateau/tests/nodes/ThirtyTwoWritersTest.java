package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Thirty-two writers on two nodes at once. */
@Tag("coupler")
@Timeout(180)
class ThirtyTwoWritersTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void allOfThemAreDrained() throws Exception {
        try (Scenario scenario = Scenario.on(work, 2).rings(8).start()) {
            scenario.step().awaitRank(1);
            for (int i = 0; i < 32; i++) {
                scenario.write(1 + i % 2, 50, 10_000, 5000);
            }
            scenario.awaitWriters();
            scenario.finish(3200);
            assertEquals(32, scenario.inbox().sources());
        }
    }
}
