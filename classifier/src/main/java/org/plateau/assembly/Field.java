package org.plateau.assembly;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalDouble;
import org.plateau.field.ModelTime;
import org.plateau.message.Attribute;
import org.plateau.message.Dimension;
import org.plateau.message.ElementType;
import org.plateau.message.VariableDescriptor;

/** A complete global field: one variable at one output time, in the type that it has on disk. */
public final class Field {
    private final Role role;
    private final long record;
    private final ModelTime time;
    private final String operation;
    private final Coordinates coordinates;
    private final PartialField data;
    private final OptionalDouble substellarLongitude;
    private final UnitReader.Reading reading;
    private volatile Packing packing;

    Field(
            Role role,
            long record,
            ModelTime time,
            String operation,
            Coordinates coordinates,
            PartialField data,
            OptionalDouble substellarLongitude,
            UnitReader.Reading reading) {
        this.reading = reading;
        this.role = role;
        this.record = record;
        this.time = time;
        this.operation = operation;
        this.coordinates = coordinates;
        this.data = data;
        this.substellarLongitude = substellarLongitude;
    }

    /** What it is to the network; null if it is no input of it. */
    public Role role() {
        return role;
    }

    /** Number of the record in its file, from 0. */
    public long record() {
        return record;
    }

    public ModelTime time() {
        return time;
    }

    /** How the model made it of its time steps: {@code instant}, {@code average}, ... */
    public String operation() {
        return operation;
    }

    /** Of the file that it was written to. */
    public Coordinates coordinates() {
        return coordinates;
    }

    /** Degrees east, where a variable of its record gives it. */
    public OptionalDouble substellarLongitude() {
        return substellarLongitude;
    }

    public VariableDescriptor variable() {
        return data.variable();
    }

    /** Lengths of the dimensions without the record dimension, slowest first. */
    public int[] shape() {
        return data.placement().shape().clone();
    }

    /** Names of the dimensions without the record dimension, slowest first. */
    public List<String> dimensions() {
        List<Dimension> all = variable().dimensions();
        return all.stream().skip(1).map(Dimension::name).toList();
    }

    /** The elements as they stand in the file, little-endian, in C order. */
    public ByteBuffer bytes() {
        return data.bytes();
    }

    /** Type on disk. */
    public ElementType type() {
        return variable().type().orElseThrow();
    }

    /** What its values are in: SI's for an input and for a flux. */
    public String unit() {
        return reading.unit();
    }

    /**
     * Elements of the field in {@link #unit}, unpacked, NaN where missing.
     *
     * @param offset added to every index
     * @param index of the elements wanted
     */
    public float[] values(int offset, int[] index) {
        float[] all = values(offset, index.length == 0 ? 0 : largest(index) + 1);
        float[] values = new float[index.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = all[index[i]];
        }
        return values;
    }

    private static int largest(int[] index) {
        int largest = 0;
        for (int i : index) {
            largest = Math.max(largest, i);
        }
        return largest;
    }

    /**
     * Elements that follow each other in the file, in {@link #unit}, unpacked, NaN where missing.
     */
    public float[] values(int offset, int count) {
        float[] values = new float[count];
        read(offset, values);
        return values;
    }

    /** The same into an array, as many as it holds. */
    public void read(int offset, float[] values) {
        Packing how = packing();
        if (how.plain) {
            bytes().asFloatBuffer().get(offset, values);
            if (how.marks()) {
                blank(values, (float) how.fill, (float) how.missing);
            }
            return;
        }
        ByteBuffer bytes = bytes();
        ElementType type = type();
        boolean single = type == ElementType.FLOAT;
        for (int i = 0; i < values.length; i++) {
            double raw = Conversion.number(bytes, type, offset + i);
            boolean absent = same(raw, how.fill, single) || same(raw, how.missing, single);
            values[i] = absent ? Float.NaN : (float) (raw * how.scale + how.shift);
        }
    }

    private static void blank(float[] values, float fill, float missing) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == fill || values[i] == missing) {
                values[i] = Float.NaN;
            }
        }
    }

    /**
     * How elements stand for numbers.
     *
     * @param plain they are the numbers, in single precision
     * @param fill stands for a missing value, NaN if nothing does; so does {@code missing}
     */
    private record Packing(boolean plain, double scale, double shift, double fill, double missing) {
        boolean marks() {
            return !Double.isNaN(fill) || !Double.isNaN(missing);
        }
    }

    /** Read once; the same whoever asks first. */
    private Packing packing() {
        Packing known = packing;
        if (known == null) {
            double scale = number("scale_factor", 1) * reading.to().scale();
            double shift = reading.to().of(number("add_offset", 0));
            double fill = number("_FillValue", Double.NaN);
            double missing = number("missing_value", Double.NaN);
            boolean plain = type() == ElementType.FLOAT && scale == 1 && shift == 0;
            known = new Packing(plain, scale, shift, fill, missing);
            packing = known;
        }
        return known;
    }

    private static boolean same(double raw, double mark, boolean single) {
        return single ? (float) raw == (float) mark : raw == mark;
    }

    private double number(String attribute, double otherwise) {
        return variable().attribute(attribute).map(Attribute::number).orElse(otherwise);
    }

    PartialField data() {
        return data;
    }

    List<Write> writes() {
        return data.contributions().stream().map(PartialField.Contribution::write).toList();
    }

    @Override
    public String toString() {
        return variable().variable() + " at " + time;
    }
}
