package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A node's model, and with it its session, starts when the others are long at work. */
@Tag("coupler")
@Timeout(180)
class LateNodeTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void itIsTakenUpWhenItComes() throws Exception {
        try (Scenario scenario = Scenario.on(work, 3)) {
            scenario.makeSession(1);
            scenario.makeSession(2);
            scenario.startCoupler();
            scenario.step().awaitRank(2);
            scenario.write(2, 100, 1000, 1000);
            scenario.awaitWriters();
            scenario.makeSession(3);
            scenario.write(3, 100, 1000, 1000);
            scenario.awaitWriters();
            scenario.finish(400);
            assertEquals(2, scenario.inbox().sources());
        }
    }
}
