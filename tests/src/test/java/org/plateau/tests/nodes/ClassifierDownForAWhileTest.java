package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Whoever reads the inbox goes away and comes back. */
@Tag("coupler")
@Timeout(180)
class ClassifierDownForAWhileTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void itGoesOnWhereItWas() throws Exception {
        try (Scenario scenario = Scenario.on(work, 2).start()) {
            scenario.step().awaitRank(1);
            scenario.write(1, 500, 1000, 1000);
            scenario.write(2, 500, 1000, 1000);
            Scenario.eventually("some records", () -> scenario.consume(100) > 0);
            scenario.awaitWriters();
            scenario.consume(333);
            scenario.finish(2000);
            assertEquals(2000, scenario.inbox().data(), "nothing was lost meanwhile");
        }
    }
}
