package org.plateau.assembly;

import java.nio.ByteBuffer;
import org.plateau.message.ElementType;

/**
 * Elements from the type that the model passed to the type on disk, as netCDF converts them: to
 * float by rounding to nearest, to integers by cutting off.
 */
final class Conversion {
    private Conversion() {}

    /** Copies {@code n} elements; indices count elements. Both buffers are little-endian. */
    static void copy(
            ByteBuffer from,
            ElementType fromType,
            int fromIndex,
            ByteBuffer to,
            ElementType toType,
            int toIndex,
            int n) {
        int size = toType.bytes();
        if (fromType == toType || size == 1 && fromType.bytes() == 1) {
            to.put(toIndex * size, from, fromIndex * size, n * size);
            return;
        }
        for (int i = 0; i < n; i++) {
            if (floating(fromType)) {
                putDouble(to, toType, toIndex + i, number(from, fromType, fromIndex + i));
            } else {
                putLong(to, toType, toIndex + i, integer(from, fromType, fromIndex + i), fromType);
            }
        }
    }

    static boolean floating(ElementType type) {
        return type == ElementType.FLOAT || type == ElementType.DOUBLE;
    }

    /** One element as a number. */
    static double number(ByteBuffer from, ElementType type, int index) {
        return switch (type) {
            case FLOAT -> from.getFloat(4 * index);
            case DOUBLE -> from.getDouble(8 * index);
            case UINT64 -> unsigned(from.getLong(8 * index));
            default -> integer(from, type, index);
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : (bits >>> 1 | bits & 1) * 2.0;
    }

    private static long integer(ByteBuffer from, ElementType type, int index) {
        return switch (type) {
            case BYTE -> from.get(index);
            case UBYTE, CHAR -> Byte.toUnsignedLong(from.get(index));
            case SHORT -> from.getShort(2 * index);
            case USHORT -> Short.toUnsignedLong(from.getShort(2 * index));
            case INT -> from.getInt(4 * index);
            case UINT -> Integer.toUnsignedLong(from.getInt(4 * index));
            case INT64, UINT64 -> from.getLong(8 * index);
            case FLOAT, DOUBLE, STRING ->
                    throw new IllegalArgumentException("expected integers, found " + type);
        };
    }

    private static void putDouble(ByteBuffer to, ElementType type, int index, double value) {
        switch (type) {
            case FLOAT -> to.putFloat(4 * index, (float) value);
            case DOUBLE -> to.putDouble(8 * index, value);
            default -> putInteger(to, type, index, (long) value);
        }
    }

    private static void putLong(
            ByteBuffer to, ElementType type, int index, long value, ElementType from) {
        double number = from == ElementType.UINT64 ? unsigned(value) : (double) value;
        switch (type) {
            case FLOAT ->
                    to.putFloat(
                            4 * index, from == ElementType.UINT64 ? (float) number : (float) value);
            case DOUBLE -> to.putDouble(8 * index, number);
            default -> putInteger(to, type, index, value);
        }
    }

    private static void putInteger(ByteBuffer to, ElementType type, int index, long value) {
        switch (type.bytes()) {
            case 1 -> to.put(index, (byte) value);
            case 2 -> to.putShort(2 * index, (short) value);
            case 4 -> to.putInt(4 * index, (int) value);
            default -> to.putLong(8 * index, value);
        }
    }
}
