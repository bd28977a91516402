package org.plateau.message;

import static org.plateau.message.RecordLayout.*;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Builds records, for replay, for tests and for the gaps that the coupler itself has to report.
 *
 * <p>Name the record first ({@link #data}, {@link #gap}, ...), add what it has, then {@link
 * #build}. The writer keeps one direct buffer and uses it again: what {@code build} returned is
 * valid until the next record is begun. Not thread-safe.
 */
public final class RecordWriter {
    private static final long[] NONE = {};
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private ByteBuffer out = ByteBuffer.allocateDirect(4096).order(ByteOrder.LITTLE_ENDIAN);
    private RecordKind kind = RecordKind.DATA;
    private long source;
    private long sequence;
    private long missing;
    private long written;
    private long file;
    private long cost;
    private int piece;
    private int flags;
    private int reason;
    private int type;
    private long hash;
    private long[] start = NONE;
    private long[] count = NONE;
    private long[] stride = NONE;
    private ByteBuffer descriptor = EMPTY;
    private ByteBuffer payload = EMPTY;

    /** Begins a record of a captured write. */
    public RecordWriter data(long ofSource, long itsSequence) {
        return begin(RecordKind.DATA, ofSource, itsSequence, 1);
    }

    /** Begins a record that stands for missing writes; the sequence is that of the last of them. */
    public RecordWriter gap(long ofSource, long lastSequence, long writes, GapReason why) {
        begin(RecordKind.GAP, ofSource, lastSequence, writes);
        reason = why.code();
        return this;
    }

    /** Begins a record that says a file was closed. */
    public RecordWriter fileClose(long ofSource, long lastSequence) {
        return begin(RecordKind.FILE_CLOSE, ofSource, lastSequence, 0);
    }

    /** Begins a record that says the writing process ended in order. */
    public RecordWriter writerEnd(long ofSource, long lastSequence) {
        return begin(RecordKind.WRITER_END, ofSource, lastSequence, 0);
    }

    /** Begins a record of writes that were reserved and never committed. */
    public RecordWriter torn(long ofSource, long lastSequence, long writes) {
        return begin(RecordKind.TORN, ofSource, lastSequence, writes);
    }

    private RecordWriter begin(RecordKind what, long ofSource, long itsSequence, long writes) {
        kind = what;
        source = ofSource;
        sequence = itsSequence;
        missing = writes;
        written = file = cost = hash = 0;
        piece = flags = reason = type = 0;
        start = count = stride = NONE;
        descriptor = payload = EMPTY;
        return this;
    }

    /** Time of capture, nanoseconds since 1970. */
    public RecordWriter written(long nanoseconds) {
        written = nanoseconds;
        return this;
    }

    /** Number of the open file within the source, from 1. */
    public RecordWriter file(long number) {
        file = number;
        return this;
    }

    /** What the hook spent on the previous captured write, nanoseconds. */
    public RecordWriter cost(long nanoseconds) {
        cost = nanoseconds;
        return this;
    }

    /** Which piece of its write it is, from 0, and whether more follow. */
    public RecordWriter piece(int number, boolean more) {
        piece = number;
        flags = more ? flags | FLAG_MORE : flags & ~FLAG_MORE;
        return this;
    }

    /** Marks it as handed over by the model itself. */
    public RecordWriter fromModel() {
        flags |= FLAG_API;
        return this;
    }

    /** Marks it as read from a file. */
    public RecordWriter fromReplay() {
        flags |= FLAG_REPLAY;
        return this;
    }

    /** The variable's description. */
    public RecordWriter descriptor(VariableDescriptor ofVariable) {
        return descriptor(ofVariable.encode());
    }

    /** The variable's description as bytes, from position to limit; empty for none. */
    public RecordWriter descriptor(ByteBuffer bytes) {
        descriptor = bytes.duplicate();
        hash = bytes.hasRemaining() ? Fnv.hash(bytes) : 0;
        return this;
    }

    /** The hyperslab with all strides 1: three arrays of one length, which are not copied. */
    public RecordWriter slab(long[] first, long[] number) {
        long[] ones = new long[first.length];
        java.util.Arrays.fill(ones, 1);
        return slab(first, number, ones);
    }

    /** The hyperslab: three arrays of one length, which are not copied. */
    public RecordWriter slab(long[] first, long[] number, long[] distance) {
        if (first.length != number.length || first.length != distance.length) {
            throw new IllegalArgumentException("start, count and stride differ in length");
        }
        start = first;
        count = number;
        stride = distance;
        return this;
    }

    /** Type of the elements, for a record without payload. */
    public RecordWriter type(ElementType ofElements) {
        type = ofElements.code();
        return this;
    }

    /** The elements in C order, little-endian, from position to limit. */
    public RecordWriter payload(ElementType ofElements, ByteBuffer bytes) {
        payload = bytes.duplicate();
        return type(ofElements);
    }

    /** The elements in C order. */
    public RecordWriter payload(float... values) {
        ByteBuffer b = bytes(4 * values.length);
        b.asFloatBuffer().put(values);
        return payload(ElementType.FLOAT, b);
    }

    /** The elements in C order. */
    public RecordWriter payload(double... values) {
        ByteBuffer b = bytes(8 * values.length);
        b.asDoubleBuffer().put(values);
        return payload(ElementType.DOUBLE, b);
    }

    private static ByteBuffer bytes(int n) {
        return ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Takes time, file, variable and hyperslab from another record, for a gap in its place. */
    public RecordWriter like(RecordView other) {
        written(other.written()).file(other.file()).descriptor(other.descriptorBytes());
        int rank = other.rank();
        slab(new long[rank], new long[rank], new long[rank]);
        for (int d = 0; d < rank; d++) {
            start[d] = other.start(d);
            count[d] = other.count(d);
            stride[d] = other.stride(d);
        }
        return this;
    }

    /**
     * The finished record: direct, little-endian, from position 0 to its length.
     *
     * @throws IllegalArgumentException if the whole is larger than {@link RecordLayout#MAX_RECORD}
     */
    public ByteBuffer build() {
        long length =
                HEADER
                        + 24L * start.length
                        + pad8(descriptor.remaining())
                        + pad8(payload.remaining());
        if (length > MAX_RECORD) {
            throw new IllegalArgumentException(
                    "a record of " + length + " bytes; at most " + MAX_RECORD + " are allowed");
        }
        reserve((int) length);
        header(length);
        out.position(HEADER);
        longs(start);
        longs(count);
        longs(stride);
        padded(descriptor);
        padded(payload);
        return out.flip();
    }

    private void reserve(int length) {
        if (out.capacity() < length) {
            out = ByteBuffer.allocateDirect(length).order(ByteOrder.LITTLE_ENDIAN);
        }
        out.clear().limit(length);
    }

    private void header(long length) {
        out.putInt(AT_MAGIC, MAGIC)
                .putShort(AT_VERSION, (short) VERSION)
                .putShort(AT_KIND, (short) kind.code())
                .putLong(AT_LENGTH, length)
                .putLong(AT_SOURCE, source)
                .putLong(AT_SEQUENCE, sequence)
                .putLong(AT_COUNT, missing)
                .putLong(AT_WRITTEN, written)
                .putLong(AT_FILE, file)
                .putLong(AT_HASH, hash)
                .putInt(AT_DESCRIPTOR_LENGTH, descriptor.remaining())
                .putShort(AT_RANK, (short) start.length)
                .put(AT_TYPE, (byte) type)
                .put(AT_FLAGS, (byte) flags)
                .putLong(AT_PAYLOAD_LENGTH, payload.remaining())
                .putLong(AT_COST, cost)
                .putInt(AT_PIECE, piece)
                .putInt(AT_REASON, reason)
                .putLong(AT_REASON + 4, 0);
    }

    private void longs(long[] values) {
        for (long v : values) {
            out.putLong(v);
        }
    }

    private void padded(ByteBuffer bytes) {
        int end = out.position() + (int) pad8(bytes.remaining());
        out.put(bytes.duplicate());
        while (out.position() < end) {
            out.put((byte) 0);
        }
    }
}
