package org.plateau.assembly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Room on disk for what fields hold while they wait, a file each. Files that an earlier process
 * left are removed: what they held is read again from the inbox. One thread.
 */
public final class Spill {
    /** No room at all. */
    public static final Spill NONE = new Spill(null, 0, 0);

    private static final String PREFIX = "field-";

    private final Path directory;
    private final long most;
    private final long keepFree;
    private long used;
    private long next;

    private Spill(Path directory, long most, long keepFree) {
        this.directory = directory;
        this.most = most;
        this.keepFree = keepFree;
    }

    /**
     * @param directory made when it is first needed
     * @param most bytes that all files together may take
     * @param keepFree bytes of the file system that are left to others
     * @throws IOException if what an earlier process left cannot be removed
     */
    public static Spill in(Path directory, long most, long keepFree) throws IOException {
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, PREFIX + "*")) {
                for (Path file : left) {
                    Files.delete(file);
                }
            }
        }
        return new Spill(directory, most, keepFree);
    }

    /** What a field holds, on disk. */
    final class Kept {
        private final Path file;
        private final int bytes;

        private Kept(Path file, int bytes) {
            this.file = file;
            this.bytes = bytes;
        }

        /** Reads it and gives its room back. */
        ByteBuffer take() {
            ByteBuffer into = ByteBuffer.allocate(bytes);
            try (FileChannel channel = FileChannel.open(file)) {
                while (into.hasRemaining() && channel.read(into) >= 0) {
                    // until it is all there
                }
            } catch (IOException e) {
                throw new UncheckedIOException(file + ": " + e.getMessage(), e);
            }
            if (into.hasRemaining()) {
                throw new IllegalStateException(
                        file + ": expected " + bytes + " bytes, found " + into.position());
            }
            discard();
            return into.flip();
        }

        /** Gives its room back. */
        void discard() {
            used -= bytes;
            remove(file);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Bytes on disk. */
    public long used() {
        return used;
    }

    /** Writes bytes to disk; null if there is no room for them, or the disk does not take them. */
    Kept keep(ByteBuffer bytes) {
        int size = bytes.remaining();
        if (used + size > most) {
            return null;
        }
        Path file = directory.resolve(PREFIX + next++);
        try {
            Files.createDirectories(directory);
            if (Files.getFileStore(directory).getUsableSpace() - size < keepFree) {
                return null;
            }
            write(file, bytes);
        } catch (IOException e) {
            file.toFile().delete(); // a disk that is full is no reason to end
            return null;
        }
        used += size;
        return new Kept(file, size);
    }

    private static void write(Path file, ByteBuffer bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
