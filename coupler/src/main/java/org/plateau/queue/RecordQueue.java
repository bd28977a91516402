package org.plateau.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.plateau.message.RecordName;

/**
 * A durable queue of records in a folder of its own.
 *
 * <p>One process at a time appends; the first append takes the queue's lock. A record that an
 * earlier process was in the middle of appending when it died is skipped, with a line in the log.
 * When the limit of the settings or the end of the disk is near, {@link #append} throws {@link
 * QueueFullException} and has changed nothing.
 */
public final class RecordQueue implements AutoCloseable {
    /** A record drained on this node: see {@link #append(ByteBuffer, long, long)}. */
    public static final long HERE = Envelope.LOCAL;

    /** Four times the largest message, as Chronicle wants it, and a margin; takes no disk. */
    static final long BLOCK = 128L << 20;

    private static final long READY_AT_ONCE = 1 << 20;

    /** The tailer of the inbox whose releases count: that of the classifier. */
    public static final String CLASSIFIER = "classifier";

    /** The tailer of a node's queue that sends it on. */
    public static final String RELAY = "relay";

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    static {
        // Chronicle reports its use to a server, greets on the console and watches all disks.
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
    }

    private final Path directory;
    private final QueueSettings settings;
    private final int spares;
    private final Holds holds = new Holds();
    private final Segments segments;
    private final AtomicLong segment = new AtomicLong();
    private final SingleChronicleQueue chronicle;
    private QueueWriter writer;
    private volatile long lastAppend = System.nanoTime();

    private RecordQueue(Path directory, QueueSettings settings, boolean inMemory) {
        this.directory = directory;
        spares = inMemory ? settings.spares() : 0;
        this.settings = settings;
        segments = new Segments(directory, spares, holds);
        chronicle =
                SingleChronicleQueueBuilder.binary(directory)
                        .blockSize(BLOCK)
                        .syncMode(
                                SyncMode.NONE) // the kernel writes back in its own time; a crash of
                        // processes loses nothing
                        .rollCycle(Segments.CYCLE)
                        .timeProvider(() -> Segments.clock(segment.get()))
                        .build();
        segment.set(Math.max(0, chronicle.lastCycle()));
    }

    /**
     * Opens the queue in that folder, and makes it if it is not there.
     *
     * @throws QueueException if the folder is on a network file system or cannot be used
     */
    public static RecordQueue open(Path directory, QueueSettings settings) {
        Path absolute = directory.toAbsolutePath();
        try {
            Files.createDirectories(absolute.getParent());
            if (!Files.isDirectory(absolute)) {
                Files.createDirectory(absolute, PRIVATE);
            }
        } catch (IOException e) {
            throw new QueueException("queue " + absolute + " cannot be made: " + e.getMessage(), e);
        }
        String type = FileSystems.accept(absolute);
        return new RecordQueue(absolute, settings, type.equals("tmpfs"));
    }

    public Path directory() {
        return directory;
    }

    /** A number that tells this queue from every other, kept with it; never 0 or -1. */
    public long identity() {
        Path file = directory.resolve("identity");
        try {
            long fresh = new SecureRandom().nextLong() >>> 1 | 1;
            String kept = WholeFile.once(file, () -> Long.toHexString(fresh));
            return Long.parseUnsignedLong(kept.strip(), 16);
        } catch (IOException | NumberFormatException e) {
            throw new QueueException("queue " + directory + " has no readable identity", e);
        }
    }

    /**
     * Appends a record that was drained on this node, with one copy; its position and limit stay.
     *
     * @return its index
     * @throws QueueFullException if there is no room for it
     */
    public long append(ByteBuffer record) {
        return append(record, HERE, 0);
    }

    /**
     * Appends a record that another node's queue held.
     *
     * @param origin identity of that queue, or {@link #HERE}
     * @param index index of the record there, higher than that of any record of this origin before
     * @throws QueueFullException if there is no room for it
     */
    public synchronized long append(ByteBuffer record, long origin, long index) {
        long at = writer().append(record, origin, index);
        lastAppend = System.nanoTime();
        return at;
    }

    /** Nanoseconds since this process appended a record last, or since it opened the queue. */
    public long sinceLastAppend() {
        return System.nanoTime() - lastAppend;
    }

    /**
     * Makes pages ready for records to come, in the time that nothing else has to be done in; see
     * {@code queue.ready}.
     *
     * @return bytes made ready, about 1 MiB at most; 0 if there is no more to be done
     */
    public synchronized long makeReady() {
        return writer().makeReady(READY_AT_ONCE);
    }

    /** Takes the lock and looks at what was appended last, as the first append would. */
    public synchronized void prepare() {
        writer();
    }

    /** Name of the record that was appended last among those drained on this node. */
    public synchronized Optional<RecordName> lastDrained() {
        return writer().tail().lastLocal();
    }

    /** Index, in its own queue, of the last record of that origin; -1 if there is none. */
    public synchronized long lastIndexOf(long origin) {
        return writer().tail().last(origin);
    }

    /** Index of the last message; -1 if the queue is empty. */
    public long lastIndex() {
        return chronicle.lastIndex();
    }

    /** Bytes of disk that the queue takes, as far as its process knows. */
    public synchronized long bytesUsed() {
        return writer().bytesUsed();
    }

    private QueueWriter writer() {
        if (writer == null) {
            writer = new QueueWriter(this, chronicle, segment);
        }
        return writer;
    }

    /**
     * A reader from the start of the queue whose released position is kept under that name: nothing
     * that it has not released is deleted.
     */
    public RecordTailer tailer(String name) {
        segments.register(name);
        return new ChronicleTailer(this, chronicle, Optional.of(name));
    }

    /**
     * From now on nothing is deleted that the tailer of that name has not released, even if it does
     * not come for a long time. Who fills a queue says so of those that it is filled for.
     */
    public void keepFor(String name) {
        segments.register(name);
    }

    /**
     * A reader from the start that keeps nothing from being deleted, or from being used again: not
     * for use while what it reads is released.
     */
    public RecordTailer reader() {
        return new ChronicleTailer(this, chronicle, Optional.empty());
    }

    /**
     * See {@link RecordTailer#crowds}.
     *
     * @param position bytes of the last segment that are in use
     */
    synchronized boolean crowdedBy(String tailer, long position) {
        if (!segments.heldBy(tailer)) {
            return false;
        }
        long used = segments.closedBytes(segments.list().lastKey()) + position;
        long given = segments.listSpares().size() * settings.segmentBytes();
        long free = directory.toFile().getUsableSpace() + given;
        return 2 * used > settings.maxBytes()
                || free < settings.keepFree() + settings.segmentBytes();
    }

    /**
     * How many consumed segments are kept to be used again: none on a disk, where what is written
     * into deleted files never need reach it.
     */
    int spares() {
        return spares;
    }

    /** Segments that have been begun; what is consumed is let go of by segments. */
    public long segmentsBegun() {
        return segment.get();
    }

    Holds holds() {
        return holds;
    }

    QueueSettings settings() {
        return settings;
    }

    Segments segments() {
        return segments;
    }

    void release(String tailer, long index) {
        segments.release(tailer, index);
        if (segments.deleteReleased()) {
            chronicle.refreshDirectoryListing();
        }
    }

    /** Closes the queue; close its tailers first. */
    @Override
    public synchronized void close() {
        if (writer != null) {
            writer.close();
            writer = null;
        }
        chronicle.close();
    }
}
