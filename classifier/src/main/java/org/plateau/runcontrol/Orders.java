package org.plateau.runcontrol;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a person orders of a run, as the files that run control reads: the same from the command
 * line and from the monitor's page. Each answers with what it means for the run, in a line.
 */
public final class Orders {
    private final Path directory;
    private final ControlFiles files;
    private final String by;
    private final Clock clock;

    /**
     * @param directory the run's
     * @param by who orders, for the audit
     */
    public Orders(Path directory, String by, Clock clock) {
        this.directory = directory;
        this.files = new ControlFiles(directory);
        this.by = by;
        this.clock = clock;
    }

    /** Forbids any stop until {@link #resume}. */
    public String veto(String reason) throws IOException {
        files.write(ControlFiles.VETO, order(reason));
        boolean late = files.has(ControlFiles.FLAG);
        files.remove(ControlFiles.FLAG);
        if (ended()) {
            return "the run in "
                    + directory
                    + " has ended; the veto waits for a run that goes on there, until plateau resume";
        }
        return "vetoed: nothing will stop the run in "
                + directory
                + (late
                        ? "; the stop that the model was asked for is taken back, unless it has"
                                + " followed it already"
                        : "")
                + elsewhere();
    }

    /**
     * Stops the run whatever its verdicts.
     *
     * @throws IllegalArgumentException if it is under a veto or has ended
     */
    public String stop(String reason) throws IOException {
        if (files.forbidden()) {
            throw new IllegalArgumentException(
                    "the run in " + directory + " is under a veto; plateau resume lifts it");
        }
        if (ended()) {
            throw new IllegalArgumentException(
                    "expected a run that goes on, found that the one in "
                            + directory
                            + " has ended; nothing is stopped");
        }
        Optional<ObjectNode> decision = files.read(ControlFiles.DECISION);
        files.write(ControlFiles.STOP, order(reason));
        return decision.isEmpty()
                ? "the run in " + directory + " will be stopped after its next output" + elsewhere()
                : "the stop of the run in "
                        + directory
                        + " was decided before, at "
                        + decision.get().path("decided").asText("an unknown time")
                        + "; what was done then is not done again (events.jsonl says what was);"
                        + " to have all of it done anew, plateau resume and then plateau stop";
    }

    /** Lifts a veto, and takes back a stop that the model has not followed yet. */
    public String resume(String reason) throws IOException {
        files.write(ControlFiles.RESUME, order(reason));
        for (String name : List.of(ControlFiles.FLAG, ControlFiles.STOP, ControlFiles.VETO)) {
            files.remove(name);
        }
        return ended()
                ? "the run in "
                        + directory
                        + " has ended; a run that goes on there finds neither veto nor stop"
                : "the run in " + directory + " goes on; the policy counts afresh" + elsewhere();
    }

    /** An order in the wrong directory is none: nobody looks for it there. */
    private String elsewhere() {
        return Stream.of("events.jsonl", "status.json", "journal").anyMatch(files::has)
                ? ""
                : "; but no run has written anything there yet: if one is running, it is in another"
                        + " directory and knows nothing of this";
    }

    /** Whether the classifier has written its last status; a run that has none has not begun. */
    private boolean ended() throws IOException {
        Path status = directory.resolve("status.json");
        return Files.exists(status)
                && new ObjectMapper()
                        .readTree(status.toFile())
                        .path("state")
                        .asText()
                        .equals("ended");
    }

    private ObjectNode order(String reason) {
        ObjectNode order = new ObjectMapper().createObjectNode();
        order.put("by", by);
        order.put("wall", clock.instant().toString());
        order.put("reason", reason);
        return order;
    }
}
