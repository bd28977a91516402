package org.plateau.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** {@code status.json}: replaced as a whole, so that a reader never sees half of one. */
public final class StatusFile {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path path;
    private final Path next;

    public StatusFile(Path path) {
        this.path = path;
        this.next = path.resolveSibling(path.getFileName() + ".new");
    }

    /** Replaces the status. */
    public void write(Map<String, ?> status) {
        try {
            Files.write(next, JSON.writeValueAsBytes(status));
            Files.move(
                    next,
                    path,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }
}
