package org.plateau.coupler;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.plateau.bridge.Ring;
import org.plateau.bridge.RingStatistics;
import org.plateau.message.RecordWriter;

/** A ring that gives the same record again and again, under a new number, from warm memory. */
final class EndlessRing implements Ring {
    private final ByteBuffer record;
    private final ByteBuffer view;
    private final long end;
    private long sequence = 1;

    EndlessRing(int floats, long records) {
        ByteBuffer built =
                new RecordWriter()
                        .data(3, 1)
                        .slab(new long[] {0}, new long[] {floats})
                        .payload(new float[floats])
                        .build();
        record = built;
        view = built.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        end = records;
    }

    @Override
    public long source() {
        return 3;
    }

    @Override
    public ByteBuffer poll() {
        record.putLong(24, sequence);
        return sequence > end ? null : view;
    }

    @Override
    public void release() {
        sequence++;
    }

    @Override
    public boolean finished() {
        return sequence > end;
    }

    @Override
    public RingStatistics statistics() {
        return new RingStatistics(sequence - 1, 0, 0, 1, 0, 0, 0, 0);
    }

    @Override
    public void remove() {}

    @Override
    public void close() {}
}
