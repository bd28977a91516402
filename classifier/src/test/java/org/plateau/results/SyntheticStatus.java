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
        status.putObject("run_verdict").put("verdict", "undecided");
        status.putObject("stop").put("decided", false);
        status.putObject("account").put("written", 900).put("used", 880).put("dropped", 20);
        status.putObject("hook").put("costP50us", 3.1).put("costP99us", 9.4).put("costMaxus", 81.0);
        status.putObject("engine").put("description", "an invented engine, 2 threads");
        JSON.writeValue(file.toFile(), status);
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
