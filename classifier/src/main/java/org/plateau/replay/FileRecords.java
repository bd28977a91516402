package org.plateau.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.plateau.field.ModelCalendar;
import org.plateau.field.TimeUnits;
import org.plateau.message.ElementType;
import org.plateau.message.RecordWriter;
import org.plateau.message.VariableDescriptor;
import org.plateau.netcdf.NetcdfInput;
import ucar.ma2.Array;
import ucar.ma2.IndexIterator;
import ucar.ma2.InvalidRangeException;
import ucar.nc2.NetcdfFile;
import ucar.nc2.Variable;

/**
 * One file as the records that a hook would have made of it: coordinates first, then record by
 * record. The same file always gives the same source and the same numbers, so that a replay can be
 * begun again after a crash.
 */
final class FileRecords implements AutoCloseable {
    private static final long PIECE_BYTES = 8L << 20;

    private final String path;
    private final NetcdfFile file;
    private final long source;
    private final long written;
    private final List<Variable> fixed = new ArrayList<>();
    private final List<Variable> recorded = new ArrayList<>();
    private final RecordWriter writer = new RecordWriter();
    private final double[] seconds;
    private boolean counting;
    private long sequence;

    FileRecords(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        this.path = absolute.toString();
        try {
            this.file = NetcdfInput.open(path);
            this.written = Files.getLastModifiedTime(absolute).toMillis() * 1_000_000;
            this.source = identity(Files.size(absolute));
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        for (Variable variable : file.getVariables()) {
            if (Descriptions.type(variable).isPresent()) {
                (Descriptions.grows(variable) ? recorded : fixed).add(variable);
            }
        }
        seconds = times();
    }

    private static String why(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** What is said of a file that opens, but breaks within its data. */
    private ReplayException unreadable(String variable, Exception e) {
        return new ReplayException(
                path
                        + ": expected "
                        + variable
                        + " to be readable, found a damaged file ("
                        + why(e)
                        + ")",
                e);
    }

    /** The variables that have a record per time. */
    List<VariableDescriptor> variables() {
        return recorded.stream().map(v -> Descriptions.of(path, file, v)).toList();
    }

    private long identity(long size) {
        CRC32C crc = new CRC32C();
        crc.update(path.getBytes(StandardCharsets.UTF_8));
        return 1L + crc.getValue() + (size ^ written / 1_000_000) * 0x9e3779b97f4a7c15L | 1L;
    }

    private double[] times() {
        int count = recorded.stream().mapToInt(v -> v.getShape(0)).max().orElse(0);
        double[] times = new double[count];
        for (Variable v : recorded) {
            String units = v.getUnitsString() == null ? "" : v.getUnitsString();
            boolean dimension =
                    v.getRank() == 1 && v.getShortName().equals(v.getDimension(0).getShortName());
            if (dimension) {
                try {
                    Optional<TimeUnits> known = TimeUnits.ofModel(units, calendar(v));
                    counting |= known.isEmpty();
                    Array values = v.read();
                    for (int r = 0; r < values.getSize(); r++) {
                        double value = values.getDouble(r);
                        times[r] = known.map(since -> since.seconds(value)).orElse(value);
                    }
                } catch (IllegalArgumentException e) {
                    Arrays.fill(times, 0); // the order of the files decides
                } catch (IOException | RuntimeException e) {
                    throw unreadable(v.getShortName(), e);
                }
            }
        }
        return times;
    }

    private static ModelCalendar calendar(Variable time) {
        ucar.nc2.Attribute name = time.findAttribute("calendar");
        return ModelCalendar.named(name == null ? "" : name.getStringValue());
    }

    int records() {
        return seconds.length;
    }

    /**
     * Whether its times are in no unit of time, but count steps or what it may be; then {@link
     * #seconds} are those counts.
     */
    boolean counting() {
        return counting;
    }

    /** Names of its fields: what has more dimensions than the one of time. */
    Set<String> fields() {
        return recorded.stream()
                .filter(v -> v.getRank() > 1)
                .map(Descriptions::name)
                .collect(Collectors.toSet());
    }

    String path() {
        return path;
    }

    /** Model time of a record in s, for putting several files in order; 0 if unknown. */
    double seconds(int record) {
        return seconds[record];
    }

    /** Everything that does not change with time. */
    void coordinates(Consumer<ByteBuffer> to) {
        for (Variable variable : fixed) {
            write(variable, 0, to);
        }
    }

    /** One record of every variable that has it. */
    void record(int record, Consumer<ByteBuffer> to) {
        for (Variable variable : recorded) {
            if (record < variable.getShape(0)) {
                write(variable, record, to);
            }
        }
    }

    /** That the file is closed and its writer gone. */
    void end(Consumer<ByteBuffer> to) {
        to.accept(
                writer.fileClose(source, sequence)
                        .written(written)
                        .file(1)
                        .fromReplay()
                        .descriptor(Descriptions.ofFile(path, file))
                        .build());
        to.accept(writer.writerEnd(source, sequence).written(written).fromReplay().build());
    }

    private void write(Variable variable, int record, Consumer<ByteBuffer> to) {
        VariableDescriptor descriptor = Descriptions.of(path, file, variable);
        ElementType type = descriptor.type().orElseThrow();
        int[] shape = variable.getShape();
        int[] origin = new int[shape.length];
        boolean recordVariable = Descriptions.grows(variable);
        if (recordVariable) {
            origin[0] = record;
            shape[0] = 1;
        }
        sequence++;
        int split = recordVariable ? 1 : 0;
        List<int[][]> pieces = pieces(origin, shape, split, type.bytes());
        ByteBuffer encoded = descriptor.encode();
        for (int p = 0; p < pieces.size(); p++) {
            int[][] piece = pieces.get(p);
            to.accept(
                    writer.data(source, sequence)
                            .written(written)
                            .file(1)
                            .fromReplay()
                            .piece(p, p < pieces.size() - 1)
                            .slab(longs(piece[0]), longs(piece[1]))
                            .descriptor(encoded)
                            .payload(type, read(variable, piece[0], piece[1], type))
                            .build());
        }
    }

    private static List<int[][]> pieces(int[] origin, int[] shape, int split, int size) {
        long bytes = Arrays.stream(shape).asLongStream().reduce(size, (a, b) -> a * b);
        if (bytes <= PIECE_BYTES || split >= shape.length) {
            return List.<int[][]>of(new int[][] {origin, shape});
        }
        int rows = (int) Math.max(1, PIECE_BYTES * shape[split] / bytes);
        List<int[][]> pieces = new ArrayList<>();
        for (int from = 0; from < shape[split]; from += rows) {
            int[] first = origin.clone();
            int[] count = shape.clone();
            first[split] = from;
            count[split] = Math.min(rows, shape[split] - from);
            pieces.addAll(pieces(first, count, split + 1, size));
        }
        return pieces;
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    private ByteBuffer read(Variable variable, int[] origin, int[] shape, ElementType type) {
        Array values;
        try {
            values = variable.read(origin, shape);
        } catch (IOException | InvalidRangeException | RuntimeException e) {
            throw unreadable(variable.getShortName(), e);
        }
        int n = (int) values.getSize();
        ByteBuffer bytes = ByteBuffer.allocate(n * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        IndexIterator next = values.getIndexIterator();
        for (int i = 0; i < n; i++) {
            switch (type) {
                case FLOAT -> bytes.putFloat(next.getFloatNext());
                case DOUBLE -> bytes.putDouble(next.getDoubleNext());
                case CHAR -> bytes.put((byte) next.getCharNext());
                case BYTE, UBYTE -> bytes.put(next.getByteNext());
                case SHORT, USHORT -> bytes.putShort(next.getShortNext());
                case INT, UINT -> bytes.putInt(next.getIntNext());
                default -> bytes.putLong(next.getLongNext());
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new ReplayException(path + ": " + e.getMessage(), e);
        }
    }
}
