package org.plateau.classify;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.plateau.assembly.Absence;

/**
 * The result of one output time, as the journal keeps it.
 *
 * @param time in the results' units
 * @param days model time in days of 86,400 s, for the equilibration test
 * @param key of the model time
 * @param gap [level], 0: labelled
 * @param probability [level * regime], NaN where there is a gap
 * @param nothing [level]
 * @param unlike [level]
 * @param metrics [level * metric], NaN where missing
 */
@SuppressWarnings("ArrayRecordComponent")
record LabelledStep(
        double time,
        double days,
        long key,
        byte[] gap,
        float[] probability,
        float[] nothing,
        float[] unlike,
        double[] metrics) {

    static LabelledStep empty(
            double time, double days, long key, int levels, int regimes, int metrics) {
        LabelledStep step =
                new LabelledStep(
                        time,
                        days,
                        key,
                        new byte[levels],
                        new float[levels * regimes],
                        new float[levels],
                        new float[levels],
                        new double[levels * metrics]);
        java.util.Arrays.fill(step.probability, Float.NaN);
        java.util.Arrays.fill(step.nothing, Float.NaN);
        java.util.Arrays.fill(step.unlike, Float.NaN);
        java.util.Arrays.fill(step.metrics, Double.NaN);
        return step;
    }

    /** Whether no level has a map. */
    boolean allGaps() {
        for (byte level : gap) {
            if (level == 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether slabs of it were missing: then no level has a map, and the grids are not why. */
    boolean incomplete() {
        return allGaps() && gap.length > 0 && gap[0] != Absence.GRIDS_DIFFER.ordinal();
    }

    void save(DataOutputStream out) throws IOException {
        out.writeDouble(time);
        out.writeDouble(days);
        out.writeLong(key);
        out.writeInt(gap.length);
        out.write(gap);
        save(out, probability);
        save(out, nothing);
        save(out, unlike);
        out.writeInt(metrics.length);
        for (double value : metrics) {
            out.writeDouble(value);
        }
    }

    private static void save(DataOutputStream out, float[] values) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    static LabelledStep restore(DataInputStream in) throws IOException {
        double time = in.readDouble();
        double days = in.readDouble();
        long key = in.readLong();
        byte[] gap = in.readNBytes(in.readInt());
        float[] probability = floats(in);
        float[] nothing = floats(in);
        float[] unlike = floats(in);
        double[] metrics = new double[in.readInt()];
        for (int i = 0; i < metrics.length; i++) {
            metrics[i] = in.readDouble();
        }
        return new LabelledStep(time, days, key, gap, probability, nothing, unlike, metrics);
    }

    private static float[] floats(DataInputStream in) throws IOException {
        float[] values = new float[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }
}
