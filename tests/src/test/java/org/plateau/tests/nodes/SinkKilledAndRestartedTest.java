package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The rank that fills the inbox is killed while two nodes write. */
@Tag("coupler")
@Timeout(180)
class SinkKilledAndRestartedTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void theRelaysGoOnBehindWhatTheInboxHas() throws Exception {
        try (Scenario scenario = Scenario.on(work, 2).start()) {
            scenario.step().awaitRank(1);
            scenario.write(1, 3000, 1000, 1000);
            scenario.write(2, 300, 500_000, 15_000);
            for (int kill = 0; kill < 2; kill++) {
                Thread.sleep(500 + 170L * kill);
                scenario.step().awaitRank(1);
                scenario.step().killRank(1);
            }
            scenario.awaitWriters();
            scenario.finish(6600);
            assertTrue(scenario.inbox().fromOthers() > 0, "records came from the other node");
        }
    }
}
