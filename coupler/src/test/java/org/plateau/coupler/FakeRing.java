package org.plateau.coupler;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import org.plateau.bridge.Ring;
import org.plateau.bridge.RingStatistics;
import org.plateau.message.GapReason;
import org.plateau.message.RecordWriter;

/** A ring in this process's own memory, with a writer that does what the test says. */
final class FakeRing implements Ring {
    private final long source;
    private final RecordWriter writer = new RecordWriter();
    private final Deque<ByteBuffer> records = new ArrayDeque<>();
    private long sequence;
    private boolean ended;
    boolean removed;

    FakeRing(long source) {
        this.source = source;
    }

    /** The writer writes one field of that many floats. */
    FakeRing write(int floats) {
        return keep(
                writer.data(source, ++sequence)
                        .slab(new long[] {0}, new long[] {floats})
                        .payload(new float[floats])
                        .build());
    }

    /** The writer loses that many writes. */
    FakeRing lose(long writes, GapReason why) {
        sequence += writes;
        return keep(writer.gap(source, sequence, writes, why).build());
    }

    /** The writer dies in the middle of a write. */
    FakeRing die() {
        keep(writer.torn(source, ++sequence, 1).build());
        ended = true;
        return this;
    }

    /** The writer ends in order. */
    FakeRing end() {
        keep(writer.writerEnd(source, sequence).build());
        ended = true;
        return this;
    }

    /** Something is in the ring that is no record. */
    FakeRing damage() {
        return keep(writer.data(source, ++sequence).payload(1f).build().putInt(0, 0));
    }

    private FakeRing keep(ByteBuffer record) {
        ByteBuffer copy =
                ByteBuffer.allocateDirect(record.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        records.add(copy.put(record).flip());
        return this;
    }

    int waiting() {
        return records.size();
    }

    @Override
    public long source() {
        return source;
    }

    @Override
    public ByteBuffer poll() {
        ByteBuffer next = records.peek();
        return next == null
                ? null
                : next.duplicate().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void release() {
        records.remove();
    }

    @Override
    public boolean finished() {
        return ended && records.isEmpty();
    }

    @Override
    public RingStatistics statistics() {
        return new RingStatistics(sequence, 0, 0, 1, 0, 1000, 2000, 3000);
    }

    @Override
    public void remove() {
        removed = true;
    }

    @Override
    public void close() {}
}
