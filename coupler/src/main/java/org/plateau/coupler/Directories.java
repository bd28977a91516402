package org.plateau.coupler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories that come and go with a run. */
public final class Directories {
    private Directories() {}

    /** Removes one and what is in it, if it is there; links are removed, never followed. */
    public static void remove(Path root) {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            remove(root); // someone else removes it, too
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof NoSuchFileException)) {
                throw e;
            }
            remove(root);
        } catch (IOException e) {
            throw new UncheckedIOException(root + ": cannot be removed", e);
        }
    }
}
