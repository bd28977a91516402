package org.plateau.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plateau status}: where a run stands, and a gate for chains of jobs. */
@Command(
        name = "status",
        description =
                "Says where a run stands. With --require, the exit code answers: 0 yes, 1 not yet, 2"
                        + " and above an error, so that a chain of jobs can decide with it.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private static final String EQUILIBRATED = "equilibrated";

    @Mixin private RunDirectory run;

    @Option(names = "--json", description = "Print the run's status.json as it is.")
    private boolean json;

    @Option(
            names = "--require",
            paramLabel = EQUILIBRATED,
            description = "Exit with 1 unless the run's verdict is this.")
    private String required;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (required != null && !required.equals(EQUILIBRATED)) {
            throw new IllegalArgumentException(
                    "expected --require " + EQUILIBRATED + ", got " + required);
        }
        JsonNode status = status(run.existing().resolve("status.json"));
        String verdict = verdict(status);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(status);
        } else {
            print(status, verdict, out);
        }
        out.flush();
        return required == null || verdict.equals(required) ? 0 : Plateau.NO;
    }

    private static JsonNode status(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(
                    "expected " + file + ", which the classifier writes; there is none yet");
        }
        try {
            JsonNode status = new ObjectMapper().readTree(file.toFile());
            if (!status.isObject()) {
                throw new IOException("expected a JSON object in " + file);
            }
            return status;
        } catch (JsonProcessingException e) {
            throw new IOException("expected JSON in " + file + ": " + e.getOriginalMessage(), e);
        }
    }

    /**
     * The verdict on the run.
     *
     * @throws IOException if the status does not say: an answer must never be guessed
     */
    private static String verdict(JsonNode status) throws IOException {
        JsonNode verdict = status.path("run_verdict");
        String text = verdict.isTextual() ? verdict.asText() : verdict.path("verdict").asText("");
        if (text.isEmpty()) {
            throw new IOException("expected run_verdict.verdict in status.json, found none");
        }
        return text;
    }

    private static void print(JsonNode status, String verdict, PrintWriter out) {
        JsonNode time = status.path("modelTime");
        out.printf(
                Locale.ROOT,
                "%s: %s at model time %s %s, %d outputs: %s%n",
                status.path("run").asText("run"),
                status.path("state").asText("?"),
                time.path("value").asText("?"),
                time.path("units").asText(""),
                status.path("outputs").asLong(),
                verdict);
        for (JsonNode level : status.path("levels")) {
            out.printf(
                    Locale.ROOT,
                    "%12.4g bar  %-20s %4.2f  %-13s %s%n",
                    level.path("pressure").asDouble() / 1e5,
                    level.path("regime").asText("-"),
                    level.path("probability").asDouble(),
                    level.path("verdict").asText("-"),
                    String.join(", ", unsettled(level)));
        }
        if (status.path("stop").path("decided").asBoolean()) {
            out.println("a stop has been decided");
        }
    }

    private static List<String> unsettled(JsonNode level) {
        List<String> names = new java.util.ArrayList<>();
        for (JsonNode metric : level.path("metrics")) {
            String verdict = metric.path("verdict").asText();
            if (!verdict.equals(EQUILIBRATED)) {
                names.add(metric.path("name").asText() + " " + verdict);
            }
        }
        return names;
    }
}
