package org.plateau.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A session's directory as it lies there, whoever made it.
 *
 * @param directory of the session
 */
public record SessionFolder(Path directory) {
    private static final String ENDING = ".pid";

    /** Whether coupler, classifier or watchdog of the session still run. */
    public boolean partsLive() {
        return partNames().stream()
                .anyMatch(name -> Part.find(name, directory, directory).isPresent());
    }

    /** The parts that left a pid file, running or not. */
    public List<String> partNames() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": cannot be read", e);
        }
    }

    /** Removes the directory and what is in it; links are removed, never followed. */
    public void remove() {
        RunFiles.removeTree(directory);
    }
}
