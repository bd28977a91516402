package org.plateau.queue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import org.plateau.message.RecordLayout;

/** The appending side of a queue; {@link RecordQueue} serialises the calls. */
final class QueueWriter implements AutoCloseable {
    /** Pages are made ready where that many times as much is free: others need disk, too. */
    private static final int PLENTY = 16;

    private final RecordQueue queue;
    private final AtomicLong segment;
    private final FileChannel lockFile;
    private final ExcerptAppender appender;
    private final QueueTail tail;
    private final MappedView view = new MappedView();
    private final ReadyPages ready = new ReadyPages();
    private final SegmentFile file;
    private final Spares spares;
    private final Room room;
    private long closedBytes;
    private long position;

    QueueWriter(RecordQueue queue, SingleChronicleQueue chronicle, AtomicLong segment) {
        this.queue = queue;
        this.segment = segment;
        file = new SegmentFile(queue.segments());
        room = new Room(queue.directory(), queue.settings().keepFree());
        lockFile = lock(queue.directory().resolve("writer.lock"));
        long most = queue.settings().largestSegment();
        spares = new Spares(queue.segments(), most, queue.spares() > 0, System::nanoTime);
        if (queue.segments().deleteUnbegun()) {
            chronicle.refreshDirectoryListing();
        }
        TailFinder finder = new TailFinder(queue, chronicle);
        tail = finder.find();
        segment.set(Math.max(0, chronicle.lastCycle()));
        position = finder.end();
        appender = chronicle.createAppender();
        appender.singleThreadedCheckDisabled(true);
        closedBytes = queue.segments().closedBytes((int) segment.get());
        if (position == 0) {
            checkpoint();
        }
    }

    private static FileChannel lock(Path file) {
        try {
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw taken(file);
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            throw taken(file);
        } catch (IOException e) {
            throw new QueueException(file + " cannot be locked: " + e.getMessage(), e);
        }
    }

    private static QueueException taken(Path file) {
        return new QueueException(
                "queue "
                        + file.getParent()
                        + ": expected to be the only one that appends, but another coupler holds "
                        + file.getFileName()
                        + "; end it, or choose another queue.directory");
    }

    QueueTail tail() {
        return tail;
    }

    long bytesUsed() {
        return closedBytes + Math.max(position, spares.there());
    }

    long append(ByteBuffer record, long origin, long index) {
        int length = record.remaining();
        if (length < RecordLayout.HEADER || length > RecordLayout.MAX_RECORD) {
            throw new IllegalArgumentException(
                    "a record of " + length + " bytes; at most " + RecordLayout.MAX_RECORD);
        }
        requireRoom(length);
        if (position > queue.settings().segmentBytes()) {
            startSegment();
        }
        long at = write(record, origin, index);
        tail.note(origin, index, record);
        return at;
    }

    private void requireRoom(long length) {
        QueueSettings settings = queue.settings();
        long needed = length + QueueSettings.SEGMENT_OVERHEAD;
        if (bytesWith(needed) > settings.maxBytes()) {
            spares.giveUp();
            closedBytes = queue.segments().closedBytes((int) segment.get());
            if (bytesWith(needed) > settings.maxBytes()) {
                throw new QueueFullException(
                        "queue %s takes %d MiB, its limit queue.maxBytes is %d MiB"
                                .formatted(
                                        queue.directory(),
                                        bytesUsed() >> 20,
                                        settings.maxBytes() >> 20));
            }
        }
        if (!room.has(needed)) {
            spares.giveUp();
        }
        room.require(needed);
    }

    private long bytesWith(long needed) {
        return closedBytes + Math.max(position + needed, spares.there());
    }

    /**
     * Makes pages ready behind the last record, at most so many bytes at once and no more than
     * {@code queue.ready} in all: a record that is copied into them later costs no page fault.
     *
     * @return bytes made ready; 0 if that many are, or if there is nowhere for them
     */
    long makeReady(long most) {
        QueueSettings settings = queue.settings();
        long wanted = Math.min(settings.ready(), settings.segmentBytes() - position);
        long there = Math.max(ready.bytes(), spares.there() - position);
        long missing = Math.min(most, wanted - there);
        boolean roomy =
                bytesUsed() + wanted + QueueSettings.SEGMENT_OVERHEAD <= settings.maxBytes()
                        && room.has(PLENTY * settings.ready());
        if (!roomy) {
            spares.giveUp();
        } else if (spares.rest()) {
            return most;
        }
        return missing >= ReadyPages.LEAST && roomy ? ready.more(missing) : 0;
    }

    private void startSegment() {
        closedBytes += position;
        position = 0;
        spares.begin((int) segment.incrementAndGet());
        checkpoint();
    }

    private void checkpoint() {
        write(tail.checkpoint(), Envelope.CHECKPOINT, tail.count());
    }

    private long write(ByteBuffer body, long origin, long index) {
        int length = Envelope.BYTES + body.remaining();
        DocumentContext context = appender.writingDocument();
        boolean whole = false;
        try {
            Bytes<?> bytes = context.wire().bytes();
            long at = bytes.writePosition();
            long here = context.index();
            long place = origin == Envelope.LOCAL ? here : index;
            ByteBuffer to = view.of(bytes, at, length, true).putLong(origin).putLong(place);
            if (at + length <= spares.there()) {
                spares.put(at + Envelope.BYTES, body);
            } else if (body.remaining() < SegmentFile.LARGE || ready.bytes() >= length) {
                to.put(Envelope.BYTES, body, body.position(), body.remaining());
            } else {
                file.write((int) segment.get(), body, at + Envelope.BYTES);
            }
            bytes.writeSkip(length);
            position = at + length;
            ready.written(view.address() + length, view.mappedBehind(bytes, position));
            whole = true;
            return here;
        } finally {
            if (!whole) {
                ready.forget();
                context.rollbackOnClose();
            }
            context.close();
            view.detach();
        }
    }

    @Override
    public void close() {
        appender.close();
        file.close();
        spares.close();
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new QueueException("the lock of " + queue.directory() + " cannot be freed", e);
        }
    }
}
