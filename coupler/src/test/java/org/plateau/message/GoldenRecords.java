package org.plateau.message;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The golden records of {@code docs/MESSAGE_FORMAT.md}, built from the values it gives. */
final class GoldenRecords {
    private static final long SOURCE = 0x0123456789abcdefL;
    private static final long TIME = 1_700_000_000_123_456_789L;
    private static final long[] START = {2, 0, 1};
    private static final long[] COUNT = {1, 2, 3};

    private GoldenRecords() {}

    /** Every golden record by the name of its file. */
    static Map<String, byte[]> all() {
        RecordWriter w = new RecordWriter();
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("data.rec", bytes(data(w)));
        all.put("gap.rec", bytes(gap(w)));
        VariableDescriptor file =
                new VariableDescriptor(
                        "/runs/a/output.nc",
                        "",
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        variable().globals());
        all.put(
                "file_close.rec",
                bytes(w.fileClose(SOURCE, 11).written(TIME + 2).file(2).descriptor(file).build()));
        all.put("writer_end.rec", bytes(w.writerEnd(SOURCE, 12).written(TIME + 3).build()));
        all.put("torn.rec", bytes(w.torn(SOURCE, 12, 1).written(TIME + 4).build()));
        return all;
    }

    private static ByteBuffer data(RecordWriter w) {
        return w.data(SOURCE, 7)
                .written(TIME)
                .file(2)
                .cost(1234)
                .fromModel()
                .piece(1, true)
                .descriptor(variable())
                .slab(START, COUNT)
                .payload(0.5, 1.5, 2.5, 3.5, 4.5, 5.5)
                .build();
    }

    private static ByteBuffer gap(RecordWriter w) {
        return w.gap(SOURCE, 11, 4, GapReason.RING_FULL)
                .written(TIME + 1)
                .file(2)
                .descriptor(variable())
                .slab(START, COUNT)
                .type(ElementType.DOUBLE)
                .build();
    }

    static VariableDescriptor variable() {
        return new VariableDescriptor(
                "/runs/a/output.nc",
                "T",
                Optional.of(ElementType.FLOAT),
                List.of(
                        new Dimension("time", 3, true),
                        new Dimension("lat", 2, false),
                        new Dimension("lon", 4, false)),
                List.of(
                        Attribute.text("units", "K"),
                        Attribute.numbers("_FillValue", ElementType.FLOAT, 1e20f)),
                List.of(
                        Attribute.text("Conventions", "CF-1.10"),
                        Attribute.numbers("pair", ElementType.DOUBLE, 1.5, -2.5),
                        Attribute.words("words", List.of("a", "bcde"))));
    }

    private static byte[] bytes(ByteBuffer b) {
        byte[] all = new byte[b.remaining()];
        b.duplicate().get(all);
        return all;
    }
}
