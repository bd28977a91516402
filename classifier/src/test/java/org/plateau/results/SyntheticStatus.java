package org.plateau.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the status.json that goes with a results file, as the classifier would. */
public final class SyntheticStatus {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SyntheticStatus() {}

    /** Writes {@code status.json} for the last output of these results. */
    public static void write(Path file, Results results) throws IOException {
        int last = results.outputs() - 1;
        ObjectNode status = JSON.createObjectNode();
        status.put("run", "synthetic").put("state", "running").put("outputs", last + 1);
        status.putObject("modelTime")
                .put("value", results.time().values()[last])
                .put("units", results.time().units())
                .put("calendar", results.time().calendar());
        levels(status.putArray("levels"), results, last);
        if (!results.column().metrics().isEmpty()) {
            column(status.putObject("column"), results, last);
        }
        status.putObject("run_verdict").put("verdict", "undecided");
        status.putObject("stop").put("decided", false);
        ((ObjectNode) status.path("run_verdict"))
                .putObject("outlook")
                .put("text", "would stop in about 120 more outputs, 240 d, 4 h 0 min at this pace")
                .put("outputs", 120)
                .put("wallSeconds", 14400);
        ObjectNode account = status.putObject("account");
        account.put("written", 900).put("used", 880).put("dropped", 20);
        account.putObject("reasons").put("dropped: ring full: T", 20);
        health(status);
        status.putObject("hook").put("costP50us", 3.1).put("costP99us", 9.4).put("costMaxus", 81.0);
        status.putObject("engine").put("description", "an invented engine, 2 threads");
        JSON.writeValue(file.toFile(), status);
    }

    private static void health(ObjectNode status) {
        status.put("wall", "2026-01-01T00:00:05Z");
        status.putObject("health")
                .put("recordsPerSecond", 12.5)
                .put("bytesPerSecond", 4.2e6)
                .put("lagSeconds", 1.5)
                .put("longestLagSeconds", 3.25)
                .put("heapUsedBytes", 300 << 20)
                .put("heapMaxBytes", 2L << 30);
        ObjectNode node = status.putArray("nodes").addObject();
        node.put("host", "n1").put("wall", "2026-01-01T00:00:04Z");
        node.putObject("queue").put("usedBytes", 1L << 28).put("maxBytes", 4L << 30);
        node.putArray("rings")
                .addObject()
                .put("source", "07")
                .put("usedBytes", 1000)
                .put("peakBytes", 9000)
                .put("capacityBytes", 10000);
    }

    private static void column(ObjectNode said, Results results, int last) {
        Results.Column column = results.column();
        said.put("verdict", results.verdicts().get(column.columnVerdict()[last]));
        ArrayNode metrics = said.putArray("metrics");
        for (int m = 0; m < column.metrics().size(); m++) {
            metrics.addObject()
                    .put("name", column.metrics().get(m).name())
                    .put("unit", column.metrics().get(m).unit())
                    .put("value", 1.25)
                    .put("verdict", results.verdicts().get(column.verdict()[last][m]))
                    .put("detail", "invented");
        }
    }

    private static void levels(ArrayNode levels, Results results, int last) {
        for (int l = 0; l < results.levels(); l++) {
            ObjectNode level = levels.addObject();
            level.put("pressure", results.pressure()[l]);
            float[] probability = results.probability()[last][l];
            int best = 0;
            for (int r = 1; r < 4; r++) {
                best = probability[r] > probability[best] ? r : best;
            }
            level.put("regime", results.regimes().get(best));
            level.put("probability", probability[best]);
            level.put("verdict", results.verdicts().get(results.levelVerdict()[last][l]));
            ArrayNode metrics = level.putArray("metrics");
            for (int m = 0; m < results.metrics().size(); m++) {
                metrics.addObject()
                        .put("name", results.metrics().get(m).name())
                        .put("unit", results.metrics().get(m).unit())
                        .put("value", results.metricValue()[last][l][m])
                        .put("verdict", results.verdicts().get(results.verdict()[last][l][m]));
            }
        }
    }
}
