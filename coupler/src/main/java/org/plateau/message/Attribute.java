package org.plateau.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * An attribute of a variable or of a file.
 *
 * @param name its name
 * @param type type of its elements
 * @param value {@code String} for CHAR, {@code List<String>} for STRING, {@code double[]} for the
 *     floating types, {@code long[]} for the integer types (UINT64 as its bits)
 */
public record Attribute(String name, ElementType type, Object value) {
    public Attribute {
        Objects.requireNonNull(name);
        boolean fits =
                switch (type) {
                    case CHAR -> value instanceof String;
                    case STRING -> value instanceof List<?>;
                    case FLOAT, DOUBLE -> value instanceof double[];
                    default -> value instanceof long[];
                };
        if (!fits) {
            throw new IllegalArgumentException(
                    name + " of type " + type + " cannot hold a " + value.getClass());
        }
    }

    /** An attribute of text. */
    public static Attribute text(String name, String value) {
        return new Attribute(name, ElementType.CHAR, value);
    }

    /** An attribute of floating numbers. */
    public static Attribute numbers(String name, ElementType type, double... values) {
        return new Attribute(name, type, values);
    }

    /** An attribute of integers. */
    public static Attribute integers(String name, ElementType type, long... values) {
        return new Attribute(name, type, values);
    }

    /** An attribute of several strings. */
    public static Attribute words(String name, List<String> values) {
        return new Attribute(name, ElementType.STRING, List.copyOf(values));
    }

    /**
     * The value as text: the text itself, strings joined by a blank, numbers as Java writes them.
     */
    public String text() {
        if (value instanceof double[] d) {
            return join(java.util.Arrays.stream(d).boxed().toList());
        }
        if (value instanceof long[] l) {
            return join(java.util.Arrays.stream(l).boxed().toList());
        }
        return value instanceof List<?> words ? join(words) : (String) value;
    }

    private static String join(List<?> values) {
        return String.join(" ", values.stream().map(String::valueOf).toList());
    }

    /** The first element as a number; NaN for text and for an empty attribute. */
    public double number() {
        double[] all = numbers();
        return all.length == 0 ? Double.NaN : all[0];
    }

    /** The elements as numbers; empty for text. */
    public double[] numbers() {
        if (value instanceof double[] d) {
            return d.clone();
        }
        return value instanceof long[] l
                ? java.util.Arrays.stream(l).asDoubleStream().toArray()
                : new double[0];
    }

    /** The elements as they stand in a descriptor, without padding. */
    ByteBuffer elements() {
        return switch (type) {
            case CHAR -> ByteBuffer.wrap(((String) value).getBytes(StandardCharsets.UTF_8));
            case FLOAT, DOUBLE -> floating((double[]) value);
            case STRING -> throw new IllegalStateException("strings are written one by one");
            default -> integers((long[]) value);
        };
    }

    private ByteBuffer floating(double[] values) {
        ByteBuffer b = room(values.length);
        for (double v : values) {
            if (type == ElementType.FLOAT) {
                b.putFloat((float) v);
            } else {
                b.putDouble(v);
            }
        }
        return b.flip();
    }

    private ByteBuffer integers(long[] values) {
        ByteBuffer b = room(values.length);
        for (long v : values) {
            switch (type.bytes()) {
                case 1 -> b.put((byte) v);
                case 2 -> b.putShort((short) v);
                case 4 -> b.putInt((int) v);
                default -> b.putLong(v);
            }
        }
        return b.flip();
    }

    private ByteBuffer room(int n) {
        return ByteBuffer.allocate(n * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Attribute a
                && name.equals(a.name)
                && type == a.type
                && Objects.deepEquals(value, a.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, type);
    }

    @Override
    public String toString() {
        return name + " = " + text();
    }
}
