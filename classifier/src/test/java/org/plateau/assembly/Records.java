package org.plateau.assembly;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.plateau.message.Attribute;
import org.plateau.message.Dimension;
import org.plateau.message.ElementType;
import org.plateau.message.RecordView;
import org.plateau.message.RecordWriter;
import org.plateau.message.VariableDescriptor;

/** A small model's writes: T, u, v on 3 levels of 4 x 8 points, with coordinates and time. */
public final class Records {
    public static final int LEVELS = 3;
    public static final int ROWS = 4;
    public static final int COLUMNS = 8;
    private static final String PATH = "/runs/a/out.nc";

    private final long source;
    private final String path;
    private final RecordWriter writer = new RecordWriter();
    private long sequence;
    private long file = 1;

    public Records(long source) {
        this(source, PATH);
    }

    public Records(long source, String path) {
        this.source = source;
        this.path = path;
    }

    public long sequence() {
        return sequence;
    }

    /** What the next writes go to is the file opened again. */
    public Records reopened() {
        file++;
        return this;
    }

    private static Dimension time() {
        return new Dimension("time", 0, true);
    }

    private VariableDescriptor describe(
            String name, ElementType type, List<Dimension> dimensions, List<Attribute> attributes) {
        return new VariableDescriptor(
                path, name, Optional.of(type), dimensions, attributes, List.of());
    }

    private static ByteBuffer copy(ByteBuffer record) {
        ByteBuffer copy =
                ByteBuffer.allocateDirect(record.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        copy.put(record.duplicate()).flip();
        return copy;
    }

    public ByteBuffer axis(String name, String units, double... values) {
        VariableDescriptor d =
                describe(
                        name,
                        ElementType.DOUBLE,
                        List.of(new Dimension(name, values.length, false)),
                        List.of(Attribute.text("units", units)));
        return copy(
                writer.data(source, ++sequence)
                        .file(file)
                        .descriptor(d)
                        .slab(new long[1], new long[] {values.length})
                        .payload(values)
                        .build());
    }

    /** Latitudes, longitudes and levels. */
    public List<ByteBuffer> coordinates() {
        double[] lat = new double[ROWS];
        double[] lon = new double[COLUMNS];
        java.util.Arrays.setAll(lat, i -> -67.5 + 45 * i);
        java.util.Arrays.setAll(lon, j -> 45 * j);
        return List.of(
                axis("lat", "degrees_north", lat),
                axis("lon", "degrees_east", lon),
                axis("lev", "Pa", 1e2, 1e4, 1e6));
    }

    public ByteBuffer time(long record, double days) {
        return time(record, days, "days since 2000-01-01", "360_day");
    }

    /**
     * @param calendar empty: the attribute is not there
     */
    public ByteBuffer time(long record, double value, String units, String calendar) {
        List<Attribute> attributes = new ArrayList<>(List.of(Attribute.text("units", units)));
        if (!calendar.isEmpty()) {
            attributes.add(Attribute.text("calendar", calendar));
        }
        VariableDescriptor d = describe("time", ElementType.DOUBLE, List.of(time()), attributes);
        return copy(
                writer.data(source, ++sequence)
                        .file(file)
                        .descriptor(d)
                        .slab(new long[] {record}, new long[] {1})
                        .payload(value)
                        .build());
    }

    /** What {@link #slab} writes at an element. */
    public static double value(String name, long record, int level, int row, int column) {
        double base = name.equals("T") ? 1000 + 10 * level : 50;
        double wave = Math.cos(Math.toRadians(45 * column)) * (row + 1);
        return base + wave + 0.1 * record;
    }

    public ByteBuffer whole(String name, long record) {
        return slab(name, record, 0, LEVELS, 0, ROWS, 0, COLUMNS);
    }

    public ByteBuffer slab(String name, long record, int l, int nl, int r, int nr, int c, int nc) {
        double[] values = new double[nl * nr * nc];
        for (int k = 0; k < values.length; k++) {
            int level = l + k / (nr * nc);
            values[k] = value(name, record, level, r + k / nc % nr, c + k % nc);
        }
        return slab(name, new long[] {record, l, r, c}, new long[] {1, nl, nr, nc}, values);
    }

    /** A flux of that value in one half of the sphere and 10 more in the other. */
    public ByteBuffer flux(String name, String standardName, long record, double value) {
        double[] values = new double[ROWS * COLUMNS];
        java.util.Arrays.setAll(values, k -> k % COLUMNS < COLUMNS / 2 ? value : value + 10);
        VariableDescriptor d =
                describe(
                        name,
                        ElementType.FLOAT,
                        List.of(
                                time(),
                                new Dimension("lat", ROWS, false),
                                new Dimension("lon", COLUMNS, false)),
                        List.of(
                                Attribute.text("units", "W m-2"),
                                Attribute.text("standard_name", standardName)));
        return copy(
                writer.data(source, ++sequence)
                        .file(file)
                        .descriptor(d)
                        .slab(new long[] {record, 0, 0}, new long[] {1, ROWS, COLUMNS})
                        .payload(values)
                        .build());
    }

    /** A number per record. */
    public ByteBuffer scalar(String name, long record, double value) {
        VariableDescriptor d =
                describe(
                        name,
                        ElementType.DOUBLE,
                        List.of(time()),
                        List.of(Attribute.text("units", "hPa")));
        return copy(
                writer.data(source, ++sequence)
                        .file(file)
                        .descriptor(d)
                        .slab(new long[] {record}, new long[] {1})
                        .payload(value)
                        .build());
    }

    public ByteBuffer slab(String name, long[] start, long[] count, double... values) {
        return copy(
                writer.data(source, ++sequence)
                        .file(file)
                        .written(1_000_000_000L * sequence)
                        .descriptor(input(name))
                        .slab(start, count)
                        .payload(values)
                        .build());
    }

    private VariableDescriptor input(String name) {
        return describe(
                name,
                ElementType.FLOAT,
                List.of(
                        time(),
                        new Dimension("lev", LEVELS, false),
                        new Dimension("lat", ROWS, false),
                        new Dimension("lon", COLUMNS, false)),
                List.of(Attribute.text("units", name.equals("T") ? "K" : "m s-1")));
    }

    /** Writes of a variable that the ring had no room for. */
    public ByteBuffer gap(String name, long record, int writes) {
        sequence += writes;
        return copy(
                writer.gap(source, sequence, writes, org.plateau.message.GapReason.RING_FULL)
                        .file(file)
                        .descriptor(input(name))
                        .slab(new long[] {record, 0, 0, 0}, new long[] {1, 3, 4, 8})
                        .build());
    }

    public ByteBuffer torn() {
        return copy(writer.torn(source, ++sequence, 1).build());
    }

    public ByteBuffer close() {
        VariableDescriptor d =
                new VariableDescriptor(path, "", Optional.empty(), List.of(), List.of(), List.of());
        return copy(writer.fileClose(source, sequence).file(file).descriptor(d).build());
    }

    public ByteBuffer end() {
        return copy(writer.writerEnd(source, sequence).build());
    }

    public static RecordView view(ByteBuffer record) {
        return new RecordView().on(record.duplicate().order(ByteOrder.LITTLE_ENDIAN));
    }
}
