package org.plateau.message;

/** What a record tells. */
public enum RecordKind {
    /** A hyperslab that was written, or a piece of one. */
    DATA(1),
    /** Writes that were captured but not kept, with the reason. */
    GAP(2),
    /** The writing process closed a file. */
    FILE_CLOSE(3),
    /** The writing process ended in order. */
    WRITER_END(4),
    /** A write that was being copied when its process died. */
    TORN(5);

    private final int code;

    RecordKind(int code) {
        this.code = code;
    }

    /** The number that stands for it in a header. */
    public int code() {
        return code;
    }

    /**
     * The kind of that number.
     *
     * @throws MalformedRecordException if there is none
     */
    public static RecordKind of(int code) {
        return switch (code) {
            case 1 -> DATA;
            case 2 -> GAP;
            case 3 -> FILE_CLOSE;
            case 4 -> WRITER_END;
            case 5 -> TORN;
            default -> throw new MalformedRecordException("no record has the kind " + code);
        };
    }
}
