package org.plateau.runcontrol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end within a time limit. */
final class Program {

    private static final int SHOWN = 300;

    private Program() {}

    /**
     * Runs it with the given standard input.
     *
     * @throws IOException if it cannot be started, takes longer than the limit (it is then killed)
     *     or ends with another status than 0; the message ends with what it said
     */
    static void run(List<String> line, String input, Duration limit) throws IOException {
        Path in = Files.createTempFile("plateau", ".in");
        Path said = Files.createTempFile("plateau", ".out");
        try {
            Files.writeString(in, input);
            Process process =
                    new ProcessBuilder(line)
                            .redirectInput(in.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start();
            finish(process, line, limit, said);
        } finally {
            Files.deleteIfExists(in);
            Files.deleteIfExists(said);
        }
    }

    private static void finish(Process process, List<String> line, Duration limit, Path said)
            throws IOException {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                kill(process);
                throw new IOException(
                        "expected " + line.get(0) + " to end within " + limit.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            kill(process);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + line.get(0), e);
        }
        if (process.exitValue() != 0) {
            throw new IOException(
                    line.get(0) + " ended with " + process.exitValue() + ": " + start(said));
        }
    }

    /** Kills it with all that it has started, which would otherwise go on and act later. */
    private static void kill(Process process) {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    private static String start(Path said) throws IOException {
        try (InputStream in = Files.newInputStream(said)) {
            byte[] bytes = in.readNBytes(SHOWN);
            return new String(bytes, StandardCharsets.UTF_8).replaceAll("\\s+", " ").strip();
        }
    }
}
