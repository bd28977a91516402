package org.plateau.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses a descriptor; every length is checked against what is left. */
final class DescriptorReader {
    private final ByteBuffer in;

    DescriptorReader(ByteBuffer bytes) {
        in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    VariableDescriptor read() {
        long version = unsigned();
        if (version != RecordLayout.DESCRIPTOR_VERSION) {
            throw new OtherVersionException(
                    "the descriptor", version, RecordLayout.DESCRIPTOR_VERSION);
        }
        String path = string();
        String variable = string();
        int code = Byte.toUnsignedInt(take(4).get());
        Optional<ElementType> type =
                code == 0 ? Optional.empty() : Optional.of(ElementType.of(code));
        return new VariableDescriptor(
                path, variable, type, dimensions(), attributes(), attributes());
    }

    private List<Dimension> dimensions() {
        int n = number(20, "dimensions");
        List<Dimension> all = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            String name = string();
            ByteBuffer rest = take(16);
            all.add(new Dimension(name, rest.getLong(), rest.get() != 0));
        }
        return all;
    }

    private List<Attribute> attributes() {
        int n = number(12, "attributes");
        List<Attribute> all = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            all.add(attribute());
        }
        return all;
    }

    private Attribute attribute() {
        String name = string();
        ElementType type = ElementType.of(Byte.toUnsignedInt(take(4).get()));
        if (type == ElementType.STRING) {
            return Attribute.words(name, strings(number(4, "strings")));
        }
        int n = number(0, "elements");
        ByteBuffer elements = padded((long) n * type.bytes());
        return new Attribute(name, type, value(type, n, elements));
    }

    private static Object value(ElementType type, int n, ByteBuffer elements) {
        return switch (type) {
            case CHAR -> StandardCharsets.UTF_8.decode(elements).toString();
            case FLOAT, DOUBLE -> floating(type, n, elements);
            default -> integers(type, n, elements);
        };
    }

    private static double[] floating(ElementType type, int n, ByteBuffer from) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = type == ElementType.FLOAT ? from.getFloat() : from.getDouble();
        }
        return values;
    }

    private static long[] integers(ElementType type, int n, ByteBuffer from) {
        long[] values = new long[n];
        for (int i = 0; i < n; i++) {
            values[i] =
                    switch (type) {
                        case BYTE -> from.get();
                        case UBYTE -> Byte.toUnsignedLong(from.get());
                        case SHORT -> from.getShort();
                        case USHORT -> Short.toUnsignedLong(from.getShort());
                        case INT -> from.getInt();
                        case UINT -> Integer.toUnsignedLong(from.getInt());
                        default -> from.getLong();
                    };
        }
        return values;
    }

    private List<String> strings(int n) {
        List<String> all = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            all.add(string());
        }
        return all;
    }

    private String string() {
        return StandardCharsets.UTF_8.decode(padded(unsigned())).toString();
    }

    /** A count of things of which each takes at least that many bytes. */
    private int number(int atLeast, String what) {
        long n = unsigned();
        if (n * Math.max(atLeast, 1) > in.remaining() + 0L) {
            throw new MalformedRecordException(
                    "a descriptor of " + in.limit() + " bytes cannot hold " + n + " " + what);
        }
        return (int) n;
    }

    private long unsigned() {
        return Integer.toUnsignedLong(take(4).getInt());
    }

    private ByteBuffer padded(long bytes) {
        ByteBuffer all = take(RecordLayout.pad4(bytes));
        return all.limit((int) bytes);
    }

    private ByteBuffer take(long bytes) {
        if (bytes > in.remaining()) {
            throw new MalformedRecordException(
                    "a descriptor ends after "
                            + in.limit()
                            + " bytes where "
                            + (in.position() + bytes)
                            + " are needed");
        }
        ByteBuffer part = in.slice(in.position(), (int) bytes).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + (int) bytes);
        return part;
    }
}
