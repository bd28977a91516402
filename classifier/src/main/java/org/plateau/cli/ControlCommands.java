package org.plateau.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.plateau.runcontrol.ControlFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plateau veto}, {@code stop} and {@code resume}: what a person orders, as files. */
final class ControlCommands {

    private ControlCommands() {}

    /** What the three have in common. */
    abstract static class Order implements Callable<Integer> {
        @Mixin private RunDirectory run;

        @Option(names = "--reason", paramLabel = "TEXT", description = "Goes into the audit.")
        private String reason = "";

        @Spec private CommandSpec spec;

        abstract String carryOut(ControlFiles files, ObjectNode order, Path directory)
                throws IOException;

        @Override
        public Integer call() throws IOException {
            Path directory = run.existing();
            ObjectNode order = new ObjectMapper().createObjectNode();
            order.put("by", System.getProperty("user.name"));
            order.put("wall", Instant.now().toString());
            order.put("reason", reason);
            String done = carryOut(new ControlFiles(directory), order, directory);
            spec.commandLine().getOut().println(done);
            return 0;
        }
    }

    /** Forbids every stop until {@code resume}. */
    @Command(
            name = "veto",
            description = "Forbids any stop of a run until plateau resume.",
            mixinStandardHelpOptions = true)
    static final class Veto extends Order {
        @Override
        String carryOut(ControlFiles files, ObjectNode order, Path directory) throws IOException {
            files.write(ControlFiles.VETO, order);
            boolean late = files.has(ControlFiles.FLAG);
            files.remove(ControlFiles.FLAG);
            return "vetoed: nothing will stop the run in "
                    + directory
                    + (late
                            ? "; the stop that the model was asked for is taken back, unless it has"
                                    + " followed it already"
                            : "");
        }
    }

    /** Orders the stop, whatever the verdicts. */
    @Command(
            name = "stop",
            description = "Stops a run through its adapters, whatever the verdicts say.",
            mixinStandardHelpOptions = true)
    static final class Stop extends Order {
        @Override
        String carryOut(ControlFiles files, ObjectNode order, Path directory) throws IOException {
            if (files.has(ControlFiles.VETO)) {
                throw new IllegalArgumentException(
                        "the run in " + directory + " is under a veto; plateau resume lifts it");
            }
            if (ended(directory)) {
                throw new IllegalArgumentException(
                        "expected a run that goes on, found that the one in "
                                + directory
                                + " has ended; nothing is stopped");
            }
            files.write(ControlFiles.STOP, order);
            return "the run in " + directory + " will be stopped after its next output";
        }
    }

    /** Whether the classifier has written its last status; a run that has none has not begun. */
    private static boolean ended(Path directory) throws IOException {
        Path status = directory.resolve("status.json");
        return Files.exists(status)
                && new ObjectMapper()
                        .readTree(status.toFile())
                        .path("state")
                        .asText()
                        .equals("ended");
    }

    /** Lifts a veto and takes back a stop that the model has not followed yet. */
    @Command(
            name = "resume",
            description =
                    "Lifts a veto, and takes back a stop that the model has not yet followed.",
            mixinStandardHelpOptions = true)
    static final class Resume extends Order {
        @Override
        String carryOut(ControlFiles files, ObjectNode order, Path directory) throws IOException {
            files.write(ControlFiles.RESUME, order);
            for (String name : List.of(ControlFiles.FLAG, ControlFiles.STOP, ControlFiles.VETO)) {
                files.remove(name);
            }
            return "the run in " + directory + " goes on; the policy counts afresh";
        }
    }
}
