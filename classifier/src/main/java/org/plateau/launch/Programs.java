package org.plateau.launch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.plateau.settings.SettingsException;

/** Short programs that the launch asks. */
final class Programs {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Programs() {}

    /**
     * What a program says.
     *
     * @throws SettingsException if it cannot be run or fails
     */
    static String output(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectInput(new File("/dev/null"))
                            .redirectErrorStream(true)
                            .start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) {
                return said;
            }
            throw new SettingsException(String.join(" ", command) + ": " + said.strip());
        } catch (IOException e) {
            throw new SettingsException(command[0] + ": cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SettingsException(command[0] + ": interrupted");
        }
    }

    /** What a program says, or nothing if it cannot be run or fails. */
    static String said(String... command) {
        try {
            return output(command);
        } catch (SettingsException e) {
            return "";
        }
    }

    /** Runs commands side by side; what fails or takes too long is left. */
    static void all(List<List<String>> commands) {
        List<Process> running =
                commands.stream().map(Programs::silently).flatMap(Optional::stream).toList();
        long until = System.nanoTime() + LIMIT.toNanos();
        for (Process process : running) {
            try {
                long left = until - System.nanoTime();
                if (!process.waitFor(left, TimeUnit.NANOSECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Optional<Process> silently(List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.redirectInput(new File("/dev/null"));
            builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
            return Optional.of(builder.start());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
