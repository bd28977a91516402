package org.plateau.doctor;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Programs found on the PATH and run as processes. */
public final class LocalPrograms implements Programs {
    private static final long PATIENCE_SECONDS = 20;

    private final List<String> folders;

    public LocalPrograms(Map<String, String> environment) {
        this.folders = List.of(environment.getOrDefault("PATH", "").split(":"));
    }

    @Override
    public Optional<Path> find(String name) {
        if (name.contains("/")) {
            return Optional.of(Path.of(name)).filter(LocalPrograms::isProgram);
        }
        return folders.stream()
                .map(folder -> Path.of(folder).resolve(name))
                .filter(LocalPrograms::isProgram)
                .findFirst();
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    @Override
    public Answer run(List<String> command) {
        try {
            Path output = Files.createTempFile("plateau-doctor", ".txt");
            try {
                return new Answer(ended(command, output), text(output));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            return new Answer(-1, e.getMessage());
        }
    }

    private static int ended(List<String> command, Path output) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return -1;
    }

    private static String text(Path output) throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    }
}
