package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The rank of a node is killed again and again while it moves records. */
@Tag("coupler")
@Timeout(180)
class CollectorKilledMidRecordTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void nothingIsLostAndNothingComesTwice() throws Exception {
        try (Scenario scenario = Scenario.on(work, 2).start()) {
            scenario.step().awaitRank(2);
            scenario.write(2, 300, 500_000, 15_000);
            scenario.write(2, 5000, 100, 1000);
            for (int kill = 0; kill < 2; kill++) {
                Thread.sleep(400 + 130L * kill);
                scenario.step().awaitRank(2);
                scenario.step().killRank(2);
            }
            scenario.awaitWriters();
            scenario.finish(10_600);
            assertTrue(scenario.step().starts() >= 3, "the step was started again each time");
        }
    }
}
