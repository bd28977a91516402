package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Models write on several nodes and no coupler ever comes. */
@Tag("coupler")
@Timeout(120)
class RingsNobodyEmptiedTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void everyNodeSaysHowManyWritesItsRingsStillHold() throws Exception {
        try (Scenario scenario = Scenario.on(work, 2)) {
            scenario.makeSession(1);
            scenario.makeSession(2);
            scenario.write(1, 10, 100, 0);
            scenario.write(2, 20, 100, 0);
            scenario.write(2, 30, 100, 0);
            scenario.awaitWriters();
            Path run = Files.createDirectories(work.resolve("run"));

            int code =
                    scenario.step()
                            .run(
                                    "left",
                                    "0-1",
                                    List.of(
                                            "org.plateau.coupler.Coupler",
                                            "--settings",
                                            work + "/plateau.yaml",
                                            "--session",
                                            Scenario.SESSION,
                                            "--left-to",
                                            run.toString()));

            assertEquals(0, code, Files.readString(work.resolve("left.log")));
            // A field and its time each.
            assertEquals(List.of(20L), left(run, 1));
            assertEquals(List.of(40L, 60L), left(run, 2));
        }
    }

    private static List<Long> left(Path run, int node) throws Exception {
        JsonNode said =
                new ObjectMapper().readTree(run.resolve("left-node" + node + ".json").toFile());
        return said.path("sources").findValues("written").stream()
                .map(JsonNode::asLong)
                .sorted()
                .toList();
    }
}
