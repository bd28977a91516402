package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

@Tag("coupler")
@Timeout(180)
class NodesTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void recordsOfTwoNodesReachTheInbox() throws Exception {
        try (Scenario scenario = Scenario.on(work, 2).start()) {
            scenario.write(1, 100, 10_000, 1000);
            scenario.write(2, 100, 100_000, 1000);
            scenario.awaitWriters();
            scenario.finish(400);
            assertEquals(400, scenario.inbox().data());
            assertEquals(2, scenario.inbox().sources());
            assertTrue(scenario.inbox().fromOthers() >= 200, "node 2's came over the link");
        }
    }
}
