package org.plateau.queue;

import java.nio.ByteBuffer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.Wires;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what a queue was given last, by reading it from its last checkpoint on. */
final class TailFinder {
    private static final Logger LOG = LoggerFactory.getLogger(TailFinder.class);

    private final RecordQueue queue;
    private final SingleChronicleQueue chronicle;
    private final MappedView view = new MappedView();
    private final QueueTail tail = new QueueTail();
    private int first;
    private long index = -1;
    private long end;

    TailFinder(RecordQueue queue, SingleChronicleQueue chronicle) {
        this.queue = queue;
        this.chronicle = chronicle;
    }

    QueueTail find() {
        var segments = queue.segments().list();
        if (segments.isEmpty()) {
            return tail;
        }
        try (ExcerptTailer tailer = chronicle.createTailer()) {
            first = segments.lastKey();
            while (!startsWithCheckpoint(tailer, first) && segments.lowerKey(first) != null) {
                first = segments.lowerKey(first);
            }
            for (int segment : segments.tailMap(first).keySet()) {
                read(tailer, segment);
            }
        }
        reportTornAppend();
        view.detach();
        return tail;
    }

    /** Bytes of the last segment that are in use; 0 if it is empty. */
    long end() {
        return end;
    }

    private boolean startsWithCheckpoint(ExcerptTailer tailer, int segment) {
        if (!tailer.moveToCycle(segment)) {
            return false;
        }
        try (DocumentContext context = tailer.readingDocument()) {
            return context.isPresent()
                    && context.wire().bytes().readLong(context.wire().bytes().readPosition())
                            == Envelope.CHECKPOINT;
        }
    }

    private void read(ExcerptTailer tailer, int segment) {
        end = 0;
        if (!tailer.moveToCycle(segment)) {
            return;
        }
        while (true) {
            try (DocumentContext context = tailer.readingDocument()) {
                if (!context.isPresent() || Segments.CYCLE.toCycle(context.index()) != segment) {
                    return;
                }
                index = context.index();
                note(context.wire().bytes());
            }
        }
    }

    private void note(Bytes<?> bytes) {
        long at = bytes.readPosition();
        int length = (int) bytes.readRemaining();
        ByteBuffer message = view.of(bytes, at, length, false);
        long origin = message.getLong(Envelope.AT_ORIGIN);
        long place = message.getLong(Envelope.AT_INDEX);
        tail.note(origin, place, message.position(Envelope.BYTES));
        end = at + length;
    }

    /** A header that is not complete at the end of the queue is what a dead writer left. */
    private void reportTornAppend() {
        var segments = queue.segments().list();
        long used = Segments.used(segments.lastEntry().getValue());
        long behind = used - ((end + 3) & ~3L);
        if (end > 0 && behind > Integer.BYTES) {
            LOG.warn(
                    "queue {}: skipped an append of {} bytes or more that its process did not finish,"
                            + " after index {}; its records come again from their source",
                    queue.directory(),
                    behind - Wires.SPB_HEADER_SIZE,
                    Long.toHexString(index));
        }
    }
}
