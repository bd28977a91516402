package org.plateau.message;

/** NetCDF's external types; the order is that of their codes, which start at 1. */
public enum ElementType {
    BYTE(1),
    CHAR(1),
    SHORT(2),
    INT(4),
    FLOAT(4),
    DOUBLE(8),
    UBYTE(1),
    USHORT(2),
    UINT(4),
    INT64(8),
    UINT64(8),
    /** Of no fixed size. */
    STRING(0);

    private static final ElementType[] ALL = values();
    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** NetCDF's code. */
    public int code() {
        return ordinal() + 1;
    }

    /** Bytes of one element; 0 for STRING. */
    public int bytes() {
        return bytes;
    }

    /** Whether that is the code of a type. */
    public static boolean known(int code) {
        return code >= 1 && code <= ALL.length;
    }

    /**
     * The type of that code.
     *
     * @throws MalformedRecordException if there is none
     */
    public static ElementType of(int code) {
        if (!known(code)) {
            throw new MalformedRecordException("no netCDF type has the code " + code);
        }
        return ALL[code - 1];
    }
}
