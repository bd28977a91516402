package org.plateau.message;

/** Offsets and constants of {@code docs/MESSAGE_FORMAT.md}. */
public final class RecordLayout {
    /** Bytes of the fixed header. */
    public static final int HEADER = 104;

    /** Version of the record format that this program reads and writes. */
    public static final int VERSION = 1;

    /** Most bytes of payload in one record: a larger write comes in pieces. */
    public static final int MAX_PAYLOAD = 16 << 20;

    /** Most bytes of a whole record that a queue takes: payload, slab and descriptor. */
    public static final int MAX_RECORD = 24 << 20;

    static final int MAGIC = 0x52544c50;
    static final int DESCRIPTOR_VERSION = 1;
    static final int MAX_RANK = 1024;

    static final int AT_MAGIC = 0;
    static final int AT_VERSION = 4;
    static final int AT_KIND = 6;
    static final int AT_LENGTH = 8;
    static final int AT_SOURCE = 16;
    static final int AT_SEQUENCE = 24;
    static final int AT_COUNT = 32;
    static final int AT_WRITTEN = 40;
    static final int AT_FILE = 48;
    static final int AT_HASH = 56;
    static final int AT_DESCRIPTOR_LENGTH = 64;
    static final int AT_RANK = 68;
    static final int AT_TYPE = 70;
    static final int AT_FLAGS = 71;
    static final int AT_PAYLOAD_LENGTH = 72;
    static final int AT_COST = 80;
    static final int AT_PIECE = 88;
    static final int AT_REASON = 92;

    static final int FLAG_MORE = 1;
    static final int FLAG_API = 2;
    static final int FLAG_REPLAY = 4;

    private RecordLayout() {}

    /** The next multiple of 8. */
    static long pad8(long bytes) {
        return (bytes + 7) & ~7L;
    }

    /** The next multiple of 4. */
    static long pad4(long bytes) {
        return (bytes + 3) & ~3L;
    }
}
