package org.plateau.assembly;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plateau.message.Attribute;
import org.plateau.message.Dimension;
import org.plateau.message.ElementType;
import org.plateau.message.RecordWriter;
import org.plateau.message.VariableDescriptor;

/** A file of any shape as one writer's records: variables are written whole. */
public final class ModelFile {
    private final long source;
    private final String path;
    private final RecordWriter writer = new RecordWriter();
    private final Map<String, Integer> dimensions = new LinkedHashMap<>();
    private final Map<String, VariableDescriptor> variables = new LinkedHashMap<>();
    private final List<ByteBuffer> records = new ArrayList<>();
    private long sequence;

    public ModelFile(long source, String path) {
        this.source = source;
        this.path = path;
    }

    public ModelFile dimension(String name, int length) {
        dimensions.put(name, length);
        return this;
    }

    /**
     * @param over names of its dimensions, separated by blanks; {@code time} is the record
     *     dimension
     * @param attributes names and values in turn; numbers become numbers
     */
    public ModelFile variable(String name, ElementType type, String over, Object... attributes) {
        List<Dimension> dims = new ArrayList<>();
        for (String dimension : over.isEmpty() ? new String[0] : over.split(" ")) {
            boolean time = dimension.equals("time");
            dims.add(new Dimension(dimension, time ? 0 : dimensions.get(dimension), time));
        }
        List<Attribute> all = new ArrayList<>();
        for (int i = 0; i < attributes.length; i += 2) {
            String key = (String) attributes[i];
            all.add(
                    attributes[i + 1] instanceof Number number
                            ? Attribute.numbers(key, ElementType.DOUBLE, number.doubleValue())
                            : Attribute.text(key, (String) attributes[i + 1]));
        }
        variables.put(
                name, new VariableDescriptor(path, name, Optional.of(type), dims, all, List.of()));
        return this;
    }

    /** A coordinate of one dimension of the same name, with its values. */
    public ModelFile axis(String name, double[] values, Object... attributes) {
        dimension(name, values.length);
        variable(name, ElementType.DOUBLE, name, attributes);
        return put(name, values);
    }

    /** Writes a variable without record dimension. */
    public ModelFile put(String name, double... values) {
        return write(name, -1, values);
    }

    /** Writes one record of a variable. */
    public ModelFile put(String name, long record, double... values) {
        return write(name, record, values);
    }

    /** Writes one record of a variable in single precision. */
    public ModelFile put(String name, long record, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return write(name, record, ElementType.FLOAT, bytes);
    }

    private ModelFile write(String name, long record, double[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return write(name, record, ElementType.DOUBLE, bytes);
    }

    private ModelFile write(String name, long record, ElementType memory, ByteBuffer payload) {
        VariableDescriptor variable = variables.get(name);
        int rank = variable.dimensions().size();
        long[] start = new long[rank];
        long[] count = new long[rank];
        for (int d = 0; d < rank; d++) {
            boolean time = variable.dimensions().get(d).unlimited();
            start[d] = time ? record : 0;
            count[d] = time ? 1 : variable.dimensions().get(d).length();
        }
        records.add(
                copy(
                        writer.data(source, ++sequence)
                                .file(1)
                                .written(1_000_000_000L * sequence)
                                .descriptor(variable)
                                .slab(start, count)
                                .payload(memory, payload)
                                .build()));
        return this;
    }

    /** All records so far, and that the file is closed and its writer gone. */
    public List<ByteBuffer> records() {
        List<ByteBuffer> all = new ArrayList<>(records);
        VariableDescriptor file =
                new VariableDescriptor(path, "", Optional.empty(), List.of(), List.of(), List.of());
        all.add(copy(writer.fileClose(source, sequence).file(1).descriptor(file).build()));
        all.add(copy(writer.writerEnd(source, sequence).build()));
        return all;
    }

    private static ByteBuffer copy(ByteBuffer record) {
        ByteBuffer copy =
                ByteBuffer.allocateDirect(record.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        copy.put(record.duplicate()).flip();
        return copy;
    }
}
