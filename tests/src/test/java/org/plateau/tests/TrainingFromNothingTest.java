package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A network from nothing but this repository. */
@Tag("science")
@ExtendWith(Workplace.class)
class TrainingFromNothingTest {

    private static final String LOOK =
            "minigcm --planet net/runs/q-drag1.nml >look.yaml; plateau train --quick --seed 2"
                    + " --data net/runs --out other --look net/runs/q-drag1.nc"
                    + " --look-settings look.yaml";

    @Test
    void oneCommandMakesRunsWeightsMetricsAndCardAndAnotherLooksAtOtherOutput(Path work)
            throws Exception {
        Program.shell(work, "plateau train --quick --out net")
                .run(Duration.ofMinutes(5))
                .succeeded();

        try (Stream<Path> runs = Files.list(work.resolve("net/runs"))) {
            assertEquals(7, runs.filter(f -> f.toString().endsWith(".nc")).count());
        }
        JsonNode metrics = new ObjectMapper().readTree(work.resolve("net/metrics.json").toFile());
        double skill = metrics.path("held-out").path("macroF1").asDouble();
        assertTrue(skill > 0.4, "macro-F1 of a short training " + skill);
        assertTrue(Files.size(work.resolve("net/network.onnx")) > 0);
        assertTrue(Files.readString(work.resolve("net/MODEL_CARD.md")).contains("held-out runs"));

        Program.shell(work, LOOK).named("look").run(Duration.ofMinutes(5)).succeeded();

        String card = Files.readString(work.resolve("other/MODEL_CARD.md"));
        assertTrue(card.contains("## On another model's output: q-drag1.nc"), card);
        assertTrue(card.contains("| network alone | computed alone |"), card);
    }
}
