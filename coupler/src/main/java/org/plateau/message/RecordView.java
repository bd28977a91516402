package org.plateau.message;

import static org.plateau.message.RecordLayout.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads one record where it lies, without copying it.
 *
 * <p>A view is put {@link #on on} a buffer, checks the whole header against the buffer's limits
 * once, and is then a set of accessors; no header can make one read outside. The same view may be
 * put on one record after another. It is valid as long as the buffer is, and not thread-safe.
 */
public final class RecordView {
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int base;
    private int length;
    private int rank;
    private int descriptorLength;
    private int payloadLength;

    /**
     * Puts this view on the record that starts at the buffer's position.
     *
     * @param bytes the record and possibly more after it; its position and limit stay as they are
     * @return this
     * @throws OtherVersionException if another release of the format wrote it
     * @throws MalformedRecordException if it is no record, or reaches past the buffer's limit
     */
    public RecordView on(ByteBuffer bytes) {
        ByteBuffer b = littleEndian(bytes);
        int at = b.position();
        checkStart(b, at);
        long total = b.getLong(at + AT_LENGTH);
        long descriptor = Integer.toUnsignedLong(b.getInt(at + AT_DESCRIPTOR_LENGTH));
        long payload = b.getLong(at + AT_PAYLOAD_LENGTH);
        int dimensions = Short.toUnsignedInt(b.getShort(at + AT_RANK));
        checkLengths(total, descriptor, payload, dimensions, b.limit() - at);
        buffer = b;
        base = at;
        length = (int) total;
        rank = dimensions;
        descriptorLength = (int) descriptor;
        payloadLength = (int) payload;
        if (kind() == RecordKind.DATA) {
            checkPayload();
        }
        return this;
    }

    private static ByteBuffer littleEndian(ByteBuffer bytes) {
        return bytes.order() == ByteOrder.LITTLE_ENDIAN
                ? bytes
                : bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void checkStart(ByteBuffer b, int at) {
        int there = b.limit() - at;
        if (there < HEADER) {
            throw new MalformedRecordException(
                    "a record has at least " + HEADER + " bytes, here are " + there);
        }
        if (b.getInt(at + AT_MAGIC) != MAGIC) {
            throw new MalformedRecordException(
                    "expected a record to start with PLTR, found 0x"
                            + Integer.toHexString(b.getInt(at + AT_MAGIC)));
        }
        int version = Short.toUnsignedInt(b.getShort(at + AT_VERSION));
        if (version != VERSION) {
            throw new OtherVersionException("the record", version, VERSION);
        }
        RecordKind.of(Short.toUnsignedInt(b.getShort(at + AT_KIND)));
    }

    private static void checkLengths(
            long total, long descriptor, long payload, int rank, long there) {
        if (rank > MAX_RANK) {
            throw new MalformedRecordException("a record of " + rank + " dimensions");
        }
        if (total < HEADER || total > there) {
            throw new MalformedRecordException(
                    "a record of " + total + " bytes in a buffer of " + there);
        }
        boolean fits = descriptor <= total && payload >= 0 && payload <= total;
        if (!fits || HEADER + 24L * rank + pad8(descriptor) + pad8(payload) != total) {
            throw new MalformedRecordException(
                    "a record of "
                            + total
                            + " bytes cannot hold "
                            + rank
                            + " dimensions, a descriptor of "
                            + descriptor
                            + " and a payload of "
                            + payload);
        }
    }

    private void checkPayload() {
        ElementType type = type();
        if (type == ElementType.STRING) {
            return;
        }
        long bytes = type.bytes();
        for (int d = 0; d < rank; d++) {
            long n = count(d);
            if (n < 0 || (n > 0 && bytes > payloadLength / n)) {
                bytes = -1;
                break;
            }
            bytes *= n;
        }
        if (bytes != payloadLength) {
            throw new MalformedRecordException(
                    "the hyperslab does not have the size of its payload, "
                            + payloadLength
                            + " bytes of "
                            + type);
        }
    }

    /** What the record tells. */
    public RecordKind kind() {
        return RecordKind.of(Short.toUnsignedInt(buffer.getShort(base + AT_KIND)));
    }

    /** Bytes of the whole record. */
    public int length() {
        return length;
    }

    /** Identity of the ring it came from. */
    public long source() {
        return buffer.getLong(base + AT_SOURCE);
    }

    /** Number of the captured write within its source, from 1; see the format for other kinds. */
    public long sequence() {
        return buffer.getLong(base + AT_SEQUENCE);
    }

    /** Writes that are missing (GAP, TORN); 1 for DATA, else 0. */
    public long missing() {
        return buffer.getLong(base + AT_COUNT);
    }

    /** Writes that this record closes in the account of its source. */
    public long accounted() {
        return switch (kind()) {
            case DATA -> lastPiece() ? 1 : 0;
            case GAP, TORN -> missing();
            case FILE_CLOSE, WRITER_END -> 0;
        };
    }

    /** Time of capture, nanoseconds since 1970. */
    public long written() {
        return buffer.getLong(base + AT_WRITTEN);
    }

    /** Number of the open file within its source, from 1; 0 if the record is about none. */
    public long file() {
        return buffer.getLong(base + AT_FILE);
    }

    /** FNV-1a 64 of the descriptor; 0 if there is none. */
    public long descriptorHash() {
        return buffer.getLong(base + AT_HASH);
    }

    /** Whether the record carries a descriptor. */
    public boolean hasDescriptor() {
        return descriptorLength > 0;
    }

    /** The descriptor's bytes, read-only, little-endian; none left if there is no descriptor. */
    public ByteBuffer descriptorBytes() {
        return part(base + HEADER + 24 * rank, descriptorLength);
    }

    /** Number of dimensions of the hyperslab; 0 for a scalar. */
    public int rank() {
        return rank;
    }

    /** First index along a dimension, 0-based. */
    public long start(int dimension) {
        return slab(0, dimension);
    }

    /** Number of elements along a dimension. */
    public long count(int dimension) {
        return slab(1, dimension);
    }

    /** Distance between elements along a dimension. */
    public long stride(int dimension) {
        return slab(2, dimension);
    }

    private long slab(int row, int dimension) {
        if (dimension < 0 || dimension >= rank) {
            throw new IndexOutOfBoundsException("dimension " + dimension + " of " + rank);
        }
        return buffer.getLong(base + HEADER + 8 * (row * rank + dimension));
    }

    /**
     * Type of the payload's elements, as the caller passed them.
     *
     * @throws MalformedRecordException if the record names none, as some gaps do
     */
    public ElementType type() {
        return ElementType.of(Byte.toUnsignedInt(buffer.get(base + AT_TYPE)));
    }

    /** Elements of the hyperslab; 1 for a scalar. */
    public long elements() {
        long n = 1;
        for (int d = 0; d < rank; d++) {
            n = Math.multiplyExact(n, count(d));
        }
        return n;
    }

    /** Bytes of the payload, without padding. */
    public int payloadLength() {
        return payloadLength;
    }

    /** The payload's bytes, read-only, little-endian. */
    public ByteBuffer payload() {
        return part(base + length - (int) pad8(payloadLength), payloadLength);
    }

    /** The whole record, read-only, little-endian. */
    public ByteBuffer bytes() {
        return part(base, length);
    }

    private ByteBuffer part(int at, int bytes) {
        return buffer.slice(at, bytes).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Nanoseconds that the hook spent on the previous captured write of this source; 0: unknown.
     */
    public long cost() {
        return buffer.getLong(base + AT_COST);
    }

    /** Number of the piece within its write, from 0. */
    public int piece() {
        return buffer.getInt(base + AT_PIECE);
    }

    /** Whether no further piece of this write follows. */
    public boolean lastPiece() {
        return !flag(FLAG_MORE);
    }

    /** Whether the model itself handed the record over, through the model API. */
    public boolean fromModel() {
        return flag(FLAG_API);
    }

    /** Whether the record was read from a file on disk. */
    public boolean fromReplay() {
        return flag(FLAG_REPLAY);
    }

    private boolean flag(int bit) {
        return (buffer.get(base + AT_FLAGS) & bit) != 0;
    }

    /** Why writes are missing; of use for GAP only. */
    public GapReason reason() {
        return GapReason.of(buffer.getInt(base + AT_REASON));
    }

    /** One line for logs: kind, source and sequence. */
    @Override
    public String toString() {
        return length == 0
                ? "no record"
                : "%s %016x/%d.%d".formatted(kind(), source(), sequence(), piece());
    }
}
