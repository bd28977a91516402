package org.plateau.queue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.internal.ByteBuffers;

/** One direct buffer that is pointed at mapped memory, so that no message costs an object. */
final class MappedView {
    private long address;
    private final ByteBuffer view = ByteBuffer.allocateDirect(0).order(ByteOrder.LITTLE_ENDIAN);

    /** The bytes of a mapped file from an offset on, which must be mapped in one piece. */
    ByteBuffer of(Bytes<?> bytes, long offset, int length, boolean forWriting) {
        address = forWriting ? bytes.addressForWrite(offset) : bytes.addressForRead(offset, length);
        BytesStore<?, ?> mapped = bytes.bytesStore();
        if (mapped == null || offset + length > mapped.start() + mapped.realCapacity()) {
            throw new QueueException(
                    "a message of "
                            + length
                            + " bytes at "
                            + offset
                            + " is not mapped in one piece");
        }
        ByteBuffers.setAddressCapacity(view, address, length);
        return view.clear();
    }

    /** Where the memory that it was pointed at last begins. */
    long address() {
        return address;
    }

    /** Bytes that are mapped from an offset on, in the same piece. */
    long mappedBehind(Bytes<?> bytes, long offset) {
        BytesStore<?, ?> mapped = bytes.bytesStore();
        return mapped == null ? 0 : mapped.start() + mapped.realCapacity() - offset;
    }

    /** Lets go of the memory it was pointed at. */
    void detach() {
        ByteBuffers.setAddressCapacity(view, 0, 0);
        view.clear();
    }
}
