package org.plateau.queue;

import java.nio.file.Path;
import org.plateau.message.RecordLayout;
import org.plateau.settings.SettingsNode;

/**
 * Where queues lie and how large they may become.
 *
 * @param directory node-local folder that holds the queues {@code node} and {@code inbox}
 * @param maxBytes most bytes of disk that one queue takes; a hard limit
 * @param segmentBytes bytes after which a segment is closed; what is consumed is deleted by
 *     segments
 * @param keepFree bytes of the file system that are left to others
 * @param ready bytes that are made ready ahead for the next burst when there is nothing else to do
 */
public record QueueSettings(
        Path directory, long maxBytes, long segmentBytes, long keepFree, long ready) {
    /**
     * Environment variable that wins over {@code queue.directory}: {@code plateau run} and {@code
     * plateau start} give every run a folder of its own.
     */
    public static final String DIRECTORY = "PLATEAU_QUEUE_DIRECTORY";

    private static final long MIB = 1L << 20;
    private static final int MOST_SPARES = 4;
    private static final long SPARE_BYTES = 256 * MIB;

    /** What a segment needs beside its records. */
    static final long SEGMENT_OVERHEAD = MIB;

    public QueueSettings {
        require(segmentBytes >= MIB, "queue.segmentBytes: expected at least 1 MiB", segmentBytes);
        long least = 2 * (segmentBytes + RecordLayout.MAX_RECORD + SEGMENT_OVERHEAD);
        require(
                maxBytes >= least,
                "queue.maxBytes: expected at least "
                        + (least + MIB - 1) / MIB
                        + " MiB, two segments with the largest record each",
                maxBytes);
        require(keepFree >= 0, "queue.keepFree: expected no negative size", keepFree);
        require(ready >= 0, "queue.ready: expected no negative size", ready);
    }

    /** The same with the default of {@code ready}, 64 MiB. */
    public QueueSettings(Path directory, long maxBytes, long segmentBytes, long keepFree) {
        this(directory, maxBytes, segmentBytes, keepFree, 64 * MIB);
    }

    /** The same in another folder. */
    public QueueSettings at(Path folder) {
        return new QueueSettings(folder, maxBytes, segmentBytes, keepFree, ready);
    }

    /** Consumed segments that are kept in memory to be used again at most: four, of 256 MiB. */
    int spares() {
        return ready == 0 ? 0 : (int) Math.min(MOST_SPARES, SPARE_BYTES / segmentBytes);
    }

    /** Bytes that a segment has at most. */
    long largestSegment() {
        return segmentBytes + RecordLayout.MAX_RECORD + SEGMENT_OVERHEAD;
    }

    private static void require(boolean holds, String expected, long found) {
        if (!holds) {
            throw new IllegalArgumentException(expected + ", found " + found + " bytes");
        }
    }

    /** Defaults in that folder: 4 GiB a queue in segments of 64 MiB, 256 MiB left to others. */
    public static QueueSettings in(Path directory) {
        return new QueueSettings(directory, 4096 * MIB, 64 * MIB, 256 * MIB);
    }

    /** Reads the section {@code queue}. */
    public static QueueSettings read(SettingsNode queue) {
        String directory = queue.text("directory", defaultDirectory());
        QueueSettings standard = in(Path.of(System.getenv().getOrDefault(DIRECTORY, directory)));
        try {
            return new QueueSettings(
                    standard.directory,
                    queue.bytes("maxBytes", standard.maxBytes),
                    queue.bytes("segmentBytes", standard.segmentBytes),
                    queue.bytes("keepFree", standard.keepFree),
                    queue.bytes("ready", standard.ready));
        } catch (IllegalArgumentException e) {
            throw queue.wrong("maxBytes", "sizes that fit together", e.getMessage());
        }
    }

    private static String defaultDirectory() {
        String tmp = System.getenv().getOrDefault("TMPDIR", "/tmp");
        return tmp + "/plateau-queue-" + System.getProperty("user.name", "user");
    }

    /** The folder of the queue that a node's rings are drained into when records go on by MPI. */
    public Path node() {
        return directory.resolve("node");
    }

    /** The folder of the queue that the classifier reads. */
    public Path inbox() {
        return directory.resolve("inbox");
    }
}
