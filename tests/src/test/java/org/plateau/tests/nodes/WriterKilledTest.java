package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A model is killed in the middle of its writes. */
@Tag("coupler")
@Timeout(180)
class WriterKilledTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void whatItWroteIsThereAndWhatItBeganIsTorn() throws Exception {
        try (Scenario scenario = Scenario.on(work, 2).start()) {
            scenario.step().awaitRank(2);
            Process killed = scenario.write(2, 1_000_000, 250_000, 0);
            scenario.write(2, 100, 1000, 1000);
            Scenario.eventually("some records", () -> some(scenario));
            killed.destroyForcibly().waitFor();
            scenario.awaitWriters();
            scenario.finishWhateverWasWritten();
            assertEquals(2, scenario.inbox().sources());
            assertTrue(scenario.inbox().torn() <= 1, "at most the write it was in");
        }
    }

    private static boolean some(Scenario scenario) {
        scenario.consume(1000);
        return scenario.inbox().data() > 230;
    }
}
