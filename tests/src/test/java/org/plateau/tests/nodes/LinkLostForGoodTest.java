package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The cable of a node is cut while it writes, and the run ends without it. */
@Tag("coupler")
@Timeout(180)
class LinkLostForGoodTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void whatTheLostNodeStillHasCountsAsDroppedAtTheLink() throws Exception {
        try (Scenario scenario = Scenario.on(work, 2).start()) {
            scenario.step().awaitRank(1);
            scenario.write(1, 50, 1000, 1000);
            scenario.write(2, 300, 100_000, 10_000);
            Scenario.eventually("records over the link", () -> overTheLink(scenario));
            scenario.nodes().cut(2);
            scenario.write(2, 10, 1000, 1000); // none of it can get over
            scenario.awaitWriters();
            Scenario.eventually("the last word of node 2", () -> lastWord() == 620);
            scenario.announceEnd();
            Path order = scenario.nodes().shm(1).resolve("session/coupler.terminate");
            Files.writeString(order, "");
            Scenario.eventually(
                    "that node 2 is given up",
                    () -> json("coupler-node2.json").path("lost").asBoolean());
            scenario.step().terminate();

            scenario.consume(Integer.MAX_VALUE);
            scenario.inbox().assertClosed();
            assertEquals(720, scenario.inbox().written());
            assertTrue(scenario.inbox().dropped() >= 20, "some of it was behind the cut");
            JsonNode node = json("coupler-node2.json");
            assertEquals(
                    scenario.inbox().dropped(), node.path("total").path("lostAtTheLink").asLong());
        }
    }

    private long lastWord() throws Exception {
        return json("account-node2.json").path("total").path("written").asLong();
    }

    private JsonNode json(String name) throws Exception {
        Path file = work.resolve("run").resolve(name);
        return Files.exists(file)
                ? new ObjectMapper().readTree(file.toFile())
                : new ObjectMapper().createObjectNode();
    }

    private static boolean overTheLink(Scenario scenario) {
        scenario.consume(1000);
        return scenario.inbox().fromOthers() > 10;
    }
}
