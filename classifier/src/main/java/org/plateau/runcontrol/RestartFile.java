package org.plateau.runcontrol;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The next restart file of a model, for adapters that kill. */
final class RestartFile {

    /** A file that has not changed for so long is taken to be complete. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Path directory;
    private final String pattern;

    /**
     * @param pattern file name pattern, relative to the run directory, as {@code ../restart_*.nc};
     *     empty: there is nothing to wait for
     */
    RestartFile(Path directory, String pattern) {
        this.directory = directory;
        this.pattern = pattern;
    }

    /**
     * True once matching files have been written after that instant and all of these have come to
     * rest: a model may write one per process.
     */
    boolean writtenSince(Instant decided) throws IOException {
        if (pattern.isEmpty()) {
            return true;
        }
        Path full = directory.resolve(pattern).toAbsolutePath().normalize();
        Path name = full.getFileName();
        boolean written = false;
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(full.getParent(), name.toString())) {
            for (Path file : files) {
                Instant changed = Files.getLastModifiedTime(file).toInstant();
                boolean rests = changed.plus(QUIET).isBefore(Instant.now());
                if (changed.isAfter(decided)) {
                    written = true;
                    if (!rests || Files.size(file) == 0) {
                        return false;
                    }
                }
            }
        }
        return written;
    }
}
