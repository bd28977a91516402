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

    /** Output of a planet to look at, two days long and coarse. */
    private static final String OTHER =
            "sed -e 's/days = 60, output_hours = 6/days = 2, output_hours = 12/'"
                    + " -e 's/truncation = 31, levels = 20/truncation = 10, levels = 5/'"
                    + " \"$PLATEAU_HOME/native/minigcm/presets/slow.nml\" >other.nml"
                    + " && minigcm other.nml && minigcm --planet other.nml >other.yaml";

    private static final String TRAIN =
            "plateau train --quick --out net --look minigcm.nc --look-settings other.yaml";

    @Test
    void oneCommandMakesRunsWeightsMetricsAndACardThatLooksAtOtherOutput(Path work)
            throws Exception {
        Program.shell(work, OTHER).named("other").run().succeeded();
        Program.shell(work, TRAIN).named("train").run(Duration.ofMinutes(5)).succeeded();

        try (Stream<Path> runs = Files.list(work.resolve("net/runs"))) {
            assertEquals(7, runs.filter(f -> f.toString().endsWith(".nc")).count());
        }
        JsonNode metrics = new ObjectMapper().readTree(work.resolve("net/metrics.json").toFile());
        double skill = metrics.path("held-out").path("macroF1").asDouble();
        assertTrue(skill > 0.4, "macro-F1 of a short training " + skill);
        assertTrue(Files.size(work.resolve("net/network.onnx")) > 0);
        String card = Files.readString(work.resolve("net/MODEL_CARD.md"));
        assertTrue(card.contains("held-out runs"), card);
        assertTrue(card.contains("## On another model's output: minigcm.nc"), card);
        assertTrue(card.contains("| network alone | computed alone |"), card);
    }
}
