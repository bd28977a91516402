package org.plateau.queue;

import java.nio.ByteBuffer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.core.io.ReferenceOwner;

/**
 * A record that stays where it is in the mapped file while its reader goes on: {@link
 * RecordTailer#hold}. Can be used again once it has been let go of. Belongs to the tailer's thread.
 */
public final class HeldRecord implements AutoCloseable {
    /** Bytes before the record: u64 identity of its origin, u64 its index where it came from. */
    public static final int ENVELOPE = Envelope.BYTES;

    private final MappedView view = new MappedView();
    private final ReferenceOwner owner = ReferenceOwner.temporary("held record");
    private BytesStore<?, ?> memory;
    private ByteBuffer bytes;
    private Holds holds;
    private int segment;

    /** Points at a message; false if its envelope does not say that index. */
    boolean take(Bytes<?> from, long start, int length, long index, Holds holds) {
        close();
        ByteBuffer message = view.of(from, start, length, false);
        if (message.getLong(Envelope.AT_INDEX) != index) {
            view.detach();
            return false;
        }
        memory = from.bytesStore();
        memory.reserve(owner);
        bytes = message;
        this.holds = holds;
        segment = Segments.CYCLE.toCycle(index);
        holds.hold(segment);
        return true;
    }

    /**
     * The envelope and the record behind it, as the file has them: a direct little-endian view that
     * must not be written to.
     */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** Lets go of the memory. */
    @Override
    public void close() {
        if (memory != null) {
            bytes = null;
            view.detach();
            memory.release(owner);
            memory = null;
            holds.letGo(segment);
        }
    }
}
