package org.plateau.classify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.plateau.assembly.Field;
import org.plateau.assembly.Step;

/**
 * Writes assembled fields as they stand on disk, little-endian in C order, to {@code
 * FILE.VARIABLE.RECORD.bin}: to be compared with the model's own file bit for bit.
 */
final class FieldDump {
    private final Path directory;

    FieldDump(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": " + e.getMessage(), e);
        }
    }

    void write(Step step) {
        step.fields().values().forEach(this::write);
    }

    private void write(Field field) {
        Path file = Path.of(field.variable().path()).getFileName();
        String name =
                String.format(
                        Locale.ROOT,
                        "%s.%s.%06d.bin",
                        file,
                        field.variable().variable().replace('/', '_'),
                        field.record());
        try (FileChannel out =
                FileChannel.open(
                        directory.resolve(name),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = field.bytes();
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(directory.resolve(name) + ": " + e.getMessage(), e);
        }
    }
}
