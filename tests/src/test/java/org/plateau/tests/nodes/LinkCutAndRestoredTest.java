package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The cable of a node is pulled out for some seconds while it writes. */
@Tag("coupler")
@Timeout(180)
class LinkCutAndRestoredTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void theNodeKeepsItsRecordsUntilTheLinkIsBack() throws Exception {
        try (Scenario scenario = Scenario.on(work, 2).start()) {
            scenario.step().awaitRank(1);
            scenario.write(2, 100, 250_000, 20_000);
            Scenario.eventually("records over the link", () -> overTheLink(scenario));
            scenario.nodes().cut(2);
            Thread.sleep(3000);
            scenario.nodes().mend(2);
            scenario.awaitWriters();
            scenario.finish(200);
            assertEquals(0, scenario.inbox().dropped());
        }
    }

    @Test
    void anotherNodeGoesOnWhileTheLinkIsCut() throws Exception {
        try (Scenario scenario = Scenario.on(work, 3).start()) {
            scenario.step().awaitRank(1);
            scenario.write(3, 100, 1_000_000, 10_000);
            Scenario.eventually("records over the link", () -> overTheLink(scenario));
            scenario.nodes().cut(3);
            scenario.write(2, 50, 250_000, 1000);
            Scenario.eventually("all of node 2", () -> ended(scenario));
            scenario.nodes().mend(3);
            scenario.awaitWriters();
            scenario.finish(300);
        }
    }

    private static boolean ended(Scenario scenario) {
        scenario.consume(1000);
        return scenario.inbox().ended() == 1;
    }

    private static boolean overTheLink(Scenario scenario) {
        scenario.consume(1000);
        return scenario.inbox().fromOthers() > 10;
    }
}
