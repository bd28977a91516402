package org.plateau.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every record, and for every string of bytes that claims to be one. */
class RecordPropertiesTest {
    @Property(tries = 300)
    void whatIsWrittenIsRead(
            @ForAll long source,
            @ForAll long sequence,
            @ForAll("descriptors") VariableDescriptor d,
            @ForAll @Size(max = 4) List<@IntRange(min = 1, max = 5) Integer> extents,
            @ForAll boolean more) {
        long[] count = extents.stream().mapToLong(i -> i).toArray();
        long[] start = new long[count.length];
        int n = extents.stream().reduce(1, (a, b) -> a * b);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = i * 1.25f;
        }
        RecordView v =
                new RecordView()
                        .on(
                                new RecordWriter()
                                        .data(source, sequence)
                                        .piece(3, more)
                                        .descriptor(d)
                                        .slab(start, count)
                                        .payload(values)
                                        .build());
        assertEquals(source, v.source());
        assertEquals(sequence, v.sequence());
        assertEquals(!more, v.lastPiece());
        assertEquals(n, v.elements());
        assertEquals(0, v.length() % 8);
        float[] back = new float[n];
        v.payload().asFloatBuffer().get(back);
        assertArrayEquals(values, back);
        assertEquals(d, new DescriptorCache(1).of(v));
    }

    @Property(tries = 2000)
    void noBytesMakeTheReaderReadOutside(
            @ForAll @IntRange(max = 600) int at,
            @ForAll byte value,
            @ForAll @IntRange(max = 600) int end) {
        byte[] bytes = GoldenRecords.all().get("data.rec").clone();
        bytes[at % bytes.length] = value;
        readAll(bytes, Math.min(end, bytes.length));
        readAll(bytes, bytes.length);
    }

    @Example
    void damagedNamesAreToldInOneLine() {
        Exception e =
                assertThrows(RecordException.class, () -> new Dimension("la\nt\u0007", -1, false));
        assertEquals("dimension la?t? of length -1", e.getMessage());
    }

    @Property(tries = 1000)
    void noLengthsMakeTheReaderReadOutside(@ForAll("offsetsOfLengths") int at, @ForAll long value) {
        byte[] bytes = GoldenRecords.all().get("data.rec").clone();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
        readAll(bytes, bytes.length);
    }

    /** Reads everything a record offers; only the exceptions of this package may come. */
    private static void readAll(byte[] bytes, int end) {
        byte[] exactly = java.util.Arrays.copyOf(bytes, end);
        try {
            RecordView v = new RecordView().on(ByteBuffer.wrap(exactly));
            for (int d = 0; d < v.rank(); d++) {
                v.start(d);
                v.count(d);
                v.stride(d);
            }
            assertEquals(v.payloadLength(), v.payload().remaining());
            VariableDescriptor.parse(v.descriptorBytes());
            assertFalse(v.toString().isEmpty());
        } catch (RecordException e) {
            assertFalse(e.getMessage().contains("\n"), "one line");
        }
    }

    @Provide
    Arbitrary<Integer> offsetsOfLengths() {
        return Arbitraries.of(8, 64, 68, 72, 104, 112, 128, 136, 144, 176, 180, 184, 204);
    }

    @Provide
    Arbitrary<VariableDescriptor> descriptors() {
        Arbitrary<String> names =
                Arbitraries.strings().alpha().numeric().withChars("_é/").ofMaxLength(9);
        Arbitrary<Dimension> dimensions =
                Combinators.combine(
                                names,
                                Arbitraries.longs().between(0, 1L << 40),
                                Arbitraries.of(true, false))
                        .as(Dimension::new);
        Arbitrary<Attribute> attributes =
                Arbitraries.oneOf(
                        Combinators.combine(names, names).as(Attribute::text),
                        Combinators.combine(
                                        names,
                                        Arbitraries.doubles().array(double[].class).ofMaxSize(3))
                                .as((n, v) -> Attribute.numbers(n, ElementType.DOUBLE, v)),
                        Combinators.combine(
                                        names,
                                        Arbitraries.longs()
                                                .between(-9, 9)
                                                .array(long[].class)
                                                .ofMaxSize(3))
                                .as((n, v) -> Attribute.integers(n, ElementType.SHORT, v)),
                        Combinators.combine(names, names.list().ofMaxSize(3)).as(Attribute::words));
        return Combinators.combine(
                        names,
                        names,
                        Arbitraries.of(ElementType.values()).optional(),
                        dimensions.list().ofMaxSize(4),
                        attributes.list().ofMaxSize(4),
                        attributes.list().ofMaxSize(4))
                .as(VariableDescriptor::new);
    }

    @Property(tries = 200)
    void gapsKeepTheirCountAndReason(
            @ForAll GapReason reason, @ForAll @IntRange(min = 1) int writes) {
        ByteBuffer first = ByteBuffer.wrap(GoldenRecords.all().get("data.rec"));
        RecordView v =
                new RecordView()
                        .on(
                                new RecordWriter()
                                        .gap(5, 9, writes, reason)
                                        .like(new RecordView().on(first))
                                        .build());
        assertEquals(reason, v.reason());
        assertEquals(writes, v.accounted());
        assertEquals(Optional.of(ElementType.FLOAT), new DescriptorCache(1).of(v).type());
        assertEquals(3, v.rank());
    }
}
