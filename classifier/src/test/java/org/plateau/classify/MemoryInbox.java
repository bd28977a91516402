package org.plateau.classify;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Records in memory, readable from any position again. */
public final class MemoryInbox implements Inbox {
    private final List<ByteBuffer> records;
    private int next;

    public MemoryInbox(List<ByteBuffer> records) {
        this.records = records;
    }

    @Override
    public ByteBuffer poll() {
        return next < records.size()
                ? records.get(next++).duplicate().order(ByteOrder.LITTLE_ENDIAN)
                : null;
    }

    @Override
    public long index() {
        return next - 1;
    }

    @Override
    public void moveTo(long index) {
        next = (int) index;
    }

    @Override
    public void released(long index) {}

    @Override
    public boolean crowded() {
        return false;
    }

    @Override
    public String identity() {
        return "memory";
    }

    @Override
    public void close() {}
}
