package org.plateau.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command to run in a directory, its output kept in a file there. */
final class Program {
    private static final Duration USUAL = Duration.ofMinutes(4);

    private final Path directory;
    private final List<String> command;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String name;

    /** How a command ended and what it said on both streams. */
    record Outcome(int code, String text) {
        /** The exit code is 0, or the test ends with everything that was said. */
        Outcome succeeded() {
            if (code != 0) {
                throw new AssertionError("exit code " + code + ", said:\n" + text);
            }
            return this;
        }
    }

    private Program(Path directory, List<String> command) {
        this.directory = directory;
        this.command = command;
        this.name = Path.of(command.get(0)).getFileName().toString();
        environment.put("PATH", path());
        environment.put("OMPI_ALLOW_RUN_AS_ROOT", "1");
        environment.put("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    }

    static Program in(Path directory, String... command) {
        return new Program(directory, List.of(command));
    }

    static Program in(Path directory, List<String> command) {
        return new Program(directory, command);
    }

    /** A line for bash, with the site file sourced. */
    static Program shell(Path directory, String line) {
        String site = Workplace.home().resolve("slurm/env.sh").toString();
        return in(directory, "bash", "-c", "source " + site + "; " + line);
    }

    private static String path() {
        Path home = Workplace.home();
        return home.resolve("slurm/bin")
                + ":"
                + home.resolve("native/build/bin")
                + ":"
                + System.getenv("PATH")
                + ":/usr/sbin:/sbin";
    }

    Program with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** The name of the file that takes the output, without its ending. */
    Program named(String text) {
        name = text;
        return this;
    }

    Process start() throws IOException {
        return start(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    }

    /** With a standard input that the caller writes and closes. */
    Process startWithInput() throws IOException {
        return start(ProcessBuilder.Redirect.PIPE);
    }

    private Process start(ProcessBuilder.Redirect input) throws IOException {
        // env looks the command up on the PATH given here; a ProcessBuilder would take its own.
        List<String> line = new ArrayList<>(List.of("env"));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.directory(directory.toFile());
        builder.environment().remove("PLATEAU_SESSION");
        builder.environment().remove("PLATEAU_RUN_DIRECTORY");
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectInput(input);
        builder.redirectOutput(log().toFile());
        return builder.start();
    }

    Path log() {
        return directory.resolve(name + ".out");
    }

    Outcome run() throws IOException, InterruptedException {
        return run(USUAL);
    }

    Outcome run(Duration limit) throws IOException, InterruptedException {
        return await(start(), limit);
    }

    /** Waits for the end of what {@link #start} began. */
    Outcome await(Process process, Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            throw new AssertionError(
                    "not done in "
                            + limit
                            + ": "
                            + command
                            + ", said:\n"
                            + Files.readString(log()));
        }
        return new Outcome(process.exitValue(), Files.readString(log()));
    }
}
