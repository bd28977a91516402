package org.plateau.queue;

import java.nio.file.Path;

/**
 * What is free on the file system of a queue. It is asked again after every MiB, every 10 ms, and
 * at each call when little is left: a full disk is a signal that ends the process. Not thread-safe.
 */
final class Room {
    private static final long STEP = 1 << 20;
    private static final long LITTLE = 64 << 20;
    private static final long VALID = 10_000_000;

    private final java.io.File directory;
    private final long keepFree;
    private long free;
    private long given;
    private long asked;

    Room(Path directory, long keepFree) {
        this.directory = directory.toFile();
        this.keepFree = keepFree;
        ask();
    }

    private void ask() {
        free = directory.getUsableSpace();
        given = 0;
        asked = System.nanoTime();
    }

    /** Whether that many bytes can be taken. */
    boolean has(long bytes) {
        boolean old = given > STEP || System.nanoTime() - asked > VALID;
        if (old || free - given < bytes + keepFree + LITTLE) {
            ask();
        }
        return free - given >= bytes + keepFree;
    }

    /**
     * Takes that many bytes.
     *
     * @throws QueueFullException if they are not there
     */
    void require(long bytes) {
        if (!has(bytes)) {
            throw new QueueFullException(
                    "%s has %d MiB free, queue.keepFree leaves %d MiB to others"
                            .formatted(directory, free >> 20, keepFree >> 20));
        }
        given += bytes;
    }
}
