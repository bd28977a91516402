package org.plateau.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.results.ResultsReader;
import org.plateau.results.SyntheticResults;
import org.plateau.results.SyntheticStatus;

class DashboardTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("plateau_[a-z_]+");

    @TempDir private Path folder;

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher found = NAME.matcher(text);
        while (found.find()) {
            names.add(found.group());
        }
        return names;
    }

    @Test
    void everyMetricThatGrafanasDashboardAsksForIsTold() throws Exception {
        SyntheticResults.write(folder.resolve("results.nc"), 40, 4);
        Path file = folder.resolve("status.json");
        SyntheticStatus.write(file, ResultsReader.read(folder.resolve("results.nc")));
        ObjectNode status = (ObjectNode) JSON.readTree(file.toFile());
        ((ObjectNode) status.path("health"))
                .put("gpuBusy", 0.5)
                .put("gpuUsedBytes", 1)
                .put("gpuTotalBytes", 2);
        Set<String> told = new TreeSet<>();
        MetricsText.of(status, 1)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> told.addAll(names(line.replaceFirst("[{ ].*", ""))));
        Path dashboard =
                Path.of(System.getenv("PLATEAU_HOME")).resolve("config/grafana/plateau.json");
        int asked = 0;
        for (JsonNode panel : JSON.readTree(dashboard.toFile()).path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                Set<String> names = names(target.path("expr").asText());
                asked += names.size();
                names.removeAll(told);
                assertEquals(Set.of(), names, panel.path("title").asText());
            }
        }
        assertTrue(asked > 15, "asks for " + asked);
    }
}
