package org.plateau.assembly;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Memory of fields that have been used, for the fields to come: fresh memory has to be cleared and
 * is in no cache. One thread.
 */
final class UsedRoom {
    /** Bytes that it holds at most, which {@code assembly.memory} does not count. */
    static final long MOST = 64L << 20;

    private final Deque<ByteBuffer> kept = new ArrayDeque<>();
    private long bytes;

    /** Room for so many bytes, little-endian, with anything in it. */
    ByteBuffer take(int size) {
        for (Iterator<ByteBuffer> all = kept.iterator(); all.hasNext(); ) {
            ByteBuffer one = all.next();
            if (one.capacity() == size) {
                all.remove();
                bytes -= size;
                return one.clear();
            }
        }
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Takes the memory of a field that nobody reads any more; the oldest goes if that is much. */
    void give(ByteBuffer room) {
        kept.addFirst(room);
        bytes += room.capacity();
        while (bytes > MOST) {
            bytes -= kept.removeLast().capacity();
        }
    }
}
