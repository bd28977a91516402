package org.plateau.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.plateau.results.LevelTable;
import org.plateau.results.StatusText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plateau status}: where a run stands, and a gate for chains of jobs. */
@Command(
        name = "status",
        description =
                "Says where a run stands: model time and how long ago the last output came, the"
                        + " verdict on the levels that stop.levels asks for (all without it), a"
                        + " line per level and the account. With --require, the exit code answers:"
                        + " 0 yes, 1 not yet, 2 and above an error, so that a chain of jobs can"
                        + " decide with it.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private static final String EQUILIBRATED = "equilibrated";

    /** The classifier writes the status at least every 15 s. */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    /** With the lines around it that is 24. */
    private static final int MOST_LINES = 13;

    @Mixin private RunDirectory run;

    @Option(names = "--json", description = "Print the run's status.json as it is.")
    private boolean json;

    @Option(names = "--levels", description = "A line for each level, however many there are.")
    private boolean levels;

    @Option(
            names = "--require",
            paramLabel = EQUILIBRATED,
            description =
                    "Exit with 1 unless all that stop.levels, stop.metrics and"
                            + " stop.minimumModelTime ask for is so; with 3 if the status is old,"
                            + " or if the run was stopped without it.")
    private String required;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (required != null && !required.equals(EQUILIBRATED)) {
            throw new IllegalArgumentException(
                    "expected --require " + EQUILIBRATED + ", got " + required);
        }
        Path directory = run.existing();
        JsonNode status = status(directory.resolve("status.json"));
        String verdict = verdict(status);
        if (required != null) {
            answerable(status, verdict, directory);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(status);
        } else {
            print(status, verdict, directory, out);
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

    /**
     * Whether the status can answer for the run as it is now.
     *
     * @throws IOException if it is old, or if the run has been stopped without being what is asked
     *     for: the next job of a chain would be stopped again
     */
    private void answerable(JsonNode status, String verdict, Path directory) throws IOException {
        Optional<String> silence = silence(status, directory);
        if (silence.isPresent()) {
            throw new IOException("expected a status that is kept up to date; " + silence.get());
        }
        String wall = status.path("wall").asText("");
        if (!wall.isEmpty() && StatusText.since(status, "wall", Instant.now()).isEmpty()) {
            throw new IOException("expected a time as wall in status.json, found " + wall);
        }
        // A stop that a veto holds back ends nothing.
        boolean stopped =
                status.at("/stop/decided").asBoolean() && !status.at("/stop/vetoed").asBoolean();
        if (stopped && !verdict.equals(required)) {
            throw new IOException(
                    "expected a run that goes on, found "
                            + verdict
                            + " and a stop decided by "
                            + status.at("/stop/by").asText("policy")
                            + "; plateau resume forgets the stop");
        }
    }

    /** Every level, or what fits on one screen. */
    private List<String> table(JsonNode status) {
        return levels || status.path("levels").size() <= MOST_LINES
                ? LevelTable.lines(status)
                : LevelGroups.lines(status, MOST_LINES).orElseGet(() -> LevelTable.lines(status));
    }

    private void print(JsonNode status, String verdict, Path directory, PrintWriter out) {
        say(out, where(status));
        say(out, asked(status, verdict));
        stop(status).ifPresent(line -> say(out, line));
        String outlook = status.path("run_verdict").path("outlook").path("text").asText("");
        if (!outlook.isEmpty() && status.path("state").asText().equals("running")) {
            say(out, outlook);
        }
        if (!status.path("levels").isEmpty()) {
            table(status).forEach(out::println);
        }
        StatusText.account(status).forEach(out::println);
        silence(status, directory).ifPresent(line -> say(out, line));
    }

    private static void say(PrintWriter out, String text) {
        StatusText.wrapped(text).forEach(out::println);
    }

    private static String where(JsonNode status) {
        String head = status.path("run").asText("run") + ": " + status.path("state").asText("?");
        if (status.path("modelTime").isMissingNode()) {
            return head + ", no output seen yet";
        }
        return head
                + " at "
                + StatusText.time(status)
                + ", "
                + status.path("outputs").asLong()
                + " outputs"
                + StatusText.since(status, "lastOutput", Instant.now())
                        .map(age -> "; last output " + StatusText.span(age) + " ago")
                        .orElse("");
    }

    /** What the headline's verdict is about, and what is missing. */
    private static String asked(JsonNode status, String verdict) {
        int all = status.path("levels").size();
        int required = LevelTable.required(status);
        boolean column = status.path("column").path("required").asBoolean();
        String levels =
                required == all
                        ? "all " + all + " levels"
                        : "the " + required + " of " + all + " levels in stop.levels";
        String who =
                all == 0
                        ? "the run"
                        : required == 0 ? "the column" : levels + (column ? " and the column" : "");
        JsonNode missing = status.path("run_verdict").path("missing");
        return who
                + ": "
                + verdict
                + (missing.isEmpty() ? "" : "; waiting for " + missing.get(0).asText())
                + (missing.size() > 1 ? " and " + (missing.size() - 1) + " more" : "");
    }

    private static Optional<String> stop(JsonNode status) {
        JsonNode stop = status.path("stop");
        boolean person = stop.path("by").asText().equals("person");
        String decided =
                stop.path("decided").asBoolean()
                        ? "a stop has been decided " + (person ? "by a person" : "at equilibrium")
                        : "";
        if (!stop.path("vetoed").asBoolean()) {
            return decided.isEmpty() ? Optional.empty() : Optional.of(decided);
        }
        return Optional.of(
                decided.isEmpty()
                        ? "under a veto: nothing stops this run until plateau resume"
                        : decided + ", and a veto holds it back until plateau resume");
    }

    /** A status that nobody refreshes is not the run's state any more. */
    private static Optional<String> silence(JsonNode status, Path directory) {
        if (status.path("state").asText().equals("ended")) {
            return Optional.empty();
        }
        return StatusText.since(status, "wall", Instant.now())
                .filter(age -> age.compareTo(SILENCE) > 0)
                .map(
                        age ->
                                "this is "
                                        + StatusText.span(age)
                                        + " old: the classifier has ended or hangs; see "
                                        + directory.resolve("classifier.log"));
    }
}
