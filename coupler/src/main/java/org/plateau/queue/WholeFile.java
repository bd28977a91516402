package org.plateau.queue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

/** Small files of text that others read at any moment: they are there whole, or not at all. */
public final class WholeFile {
    private WholeFile() {}

    /** Replaces a file, or makes it; mode 0600. */
    public static void replace(Path file, String text) throws IOException {
        Path fresh = written(file, text);
        try {
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /**
     * The text of a file that is written once, mode 0600. Of several who come at once all get the
     * same; an empty file, which a full disk or a kill left, counts as none.
     *
     * @param text what stands in it if it is not there yet
     */
    public static String once(Path file, Supplier<String> text) throws IOException {
        if (Files.exists(file) && Files.size(file) > 0) {
            return Files.readString(file);
        }
        Path fresh = written(file, text.get());
        try {
            Files.createLink(file, fresh); // unlike a move it never replaces what another has made
        } catch (FileAlreadyExistsException e) {
            if (Files.size(file) == 0) {
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (UnsupportedOperationException | IOException e) {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE); // a file system without links
        } finally {
            Files.deleteIfExists(fresh);
        }
        return Files.readString(file);
    }

    private static Path written(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(folder, "." + file.getFileName(), ".new");
        try {
            return Files.writeString(fresh, text);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
    }
}
