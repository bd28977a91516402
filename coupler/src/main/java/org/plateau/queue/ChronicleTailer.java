package org.plateau.queue;

import java.nio.ByteBuffer;
import java.util.Optional;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/** A tailer over Chronicle's own, which passes over checkpoints. */
final class ChronicleTailer implements RecordTailer {
    private final RecordQueue queue;
    private final SingleChronicleQueue chronicle;
    private final Optional<String> name;
    private final ExcerptTailer tailer;
    private final MappedView view = new MappedView();
    private DocumentContext context;
    private long index = -1;
    private long origin;
    private long end;
    private long releasedSegment = -1;
    private long released = -1;

    ChronicleTailer(RecordQueue queue, SingleChronicleQueue chronicle, Optional<String> name) {
        this.queue = queue;
        this.chronicle = chronicle;
        this.name = name;
        tailer = chronicle.createTailer();
        tailer.singleThreadedCheckDisabled(true);
    }

    @Override
    public ByteBuffer poll() {
        ByteBuffer message = next();
        while (message != null && origin == Envelope.CHECKPOINT) {
            message = next();
        }
        return message;
    }

    private ByteBuffer next() {
        letGo();
        DocumentContext next = tailer.readingDocument();
        if (!next.isPresent()) {
            next.close();
            return null;
        }
        context = next;
        index = next.index();
        Bytes<?> bytes = next.wire().bytes();
        int length = (int) bytes.readRemaining();
        end = bytes.readPosition() + length;
        long start = bytes.readPosition();
        origin = bytes.readLong(start + Envelope.AT_ORIGIN);
        return view.of(bytes, start + Envelope.BYTES, length - Envelope.BYTES, false);
    }

    @Override
    public boolean hold(HeldRecord into) {
        Bytes<?> bytes = context.wire().bytes();
        long start = bytes.readPosition();
        return into.take(bytes, start, (int) (end - start), index, queue.holds());
    }

    private void letGo() {
        if (context != null) {
            context.close();
            context = null;
        }
    }

    @Override
    public long index() {
        return index;
    }

    @Override
    public long origin() {
        return origin;
    }

    @Override
    public void moveTo(long indexOfNext) {
        letGo();
        int segment = Segments.CYCLE.toCycle(indexOfNext);
        if (indexOfNext <= 0 || segment < chronicle.firstCycle()) {
            tailer.toStart();
        } else if (!tailer.moveToIndex(indexOfNext)) {
            moveBehind(indexOfNext - 1);
        }
    }

    private void moveBehind(long last) {
        if (!tailer.moveToIndex(last)) {
            throw new QueueException(
                    "queue %s has no record at index %x; it is not the queue that this position is of"
                            .formatted(queue.directory(), last));
        }
        try (DocumentContext skipped = tailer.readingDocument()) {
            index = skipped.isPresent() ? skipped.index() : index;
        }
    }

    @Override
    public void released(long upTo) {
        long segment = Segments.CYCLE.toCycle(upTo);
        released = upTo;
        if (name.isPresent() && segment != releasedSegment) {
            releasedSegment = segment;
            queue.release(name.get(), upTo);
        }
    }

    @Override
    public long released() {
        return released >= 0 ? released : name.map(queue.segments()::released).orElse(-1L);
    }

    @Override
    public boolean crowds() {
        return name.isPresent() && queue.crowdedBy(name.get(), end);
    }

    @Override
    public void close() {
        if (name.isPresent() && released >= 0) {
            queue.release(name.get(), released);
        }
        letGo();
        view.detach();
        tailer.close();
    }
}
