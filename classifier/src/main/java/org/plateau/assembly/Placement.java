package org.plateau.assembly;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.plateau.message.Attribute;
import org.plateau.message.Dimension;
import org.plateau.message.VariableDescriptor;

/**
 * Where the index space of a variable in one file lies in the global field.
 *
 * <p>In one file, or in a file that several processes write together, it is the same. In the parts
 * of XIOS's {@code multiple_file} mode the two horizontal dimensions are local, and the global
 * attributes {@code DOMAIN_size_global}, {@code DOMAIN_size_local} and {@code
 * DOMAIN_position_first} (1-based, x first) say where the part lies.
 *
 * @param recordDimension index of the record dimension in the variable, -1 if it has none
 * @param shape of the global field, without the record dimension
 * @param offset of this file's index space in it, as long
 */
record Placement(int recordDimension, int[] shape, int[] offset) {

    static Placement of(VariableDescriptor variable) {
        List<Dimension> dimensions = variable.dimensions();
        int record = recordDimension(dimensions);
        int rank = dimensions.size() - (record < 0 ? 0 : 1);
        int[] shape = new int[rank];
        int[] offset = new int[rank];
        for (int d = 0, k = 0; d < dimensions.size(); d++) {
            if (d != record) {
                shape[k++] = Math.toIntExact(dimensions.get(d).length());
            }
        }
        double[] global = numbers(variable, "DOMAIN_size_global");
        double[] local = numbers(variable, "DOMAIN_size_local");
        double[] first = numbers(variable, "DOMAIN_position_first");
        if (global.length > 0 && local.length == global.length && first.length == global.length) {
            place(shape, offset, variable, global, local, first);
        }
        return new Placement(record, shape, offset);
    }

    private static int recordDimension(List<Dimension> dimensions) {
        for (int d = 0; d < dimensions.size(); d++) {
            if (dimensions.get(d).unlimited()) {
                return d;
            }
        }
        boolean time =
                !dimensions.isEmpty()
                        && dimensions.get(0).name().toLowerCase(Locale.ROOT).startsWith("time");
        return time ? 0 : -1;
    }

    private static double[] numbers(VariableDescriptor variable, String name) {
        return variable.global(name).map(Attribute::numbers).orElse(new double[0]);
    }

    private static void place(
            int[] shape,
            int[] offset,
            VariableDescriptor variable,
            double[] global,
            double[] local,
            double[] first) {
        if (shape.length == 1 && global.length == 2) {
            int x = horizontal(variable);
            if (x >= 0 && shape[0] == (int) local[x]) {
                shape[0] = (int) global[x];
                offset[0] = (int) first[x] - 1;
            }
        } else if (fits(shape, local)) {
            for (int x = 0; x < global.length; x++) {
                shape[shape.length - 1 - x] = (int) global[x];
                offset[shape.length - 1 - x] = (int) first[x] - 1;
            }
        }
    }

    /** Which direction a one-dimensional coordinate counts: 0 east, 1 north, -1 neither. */
    private static int horizontal(VariableDescriptor variable) {
        String units = variable.attribute("units").map(Attribute::text).orElse("");
        return units.startsWith("degrees_east") ? 0 : units.startsWith("degrees_north") ? 1 : -1;
    }

    private static boolean fits(int[] shape, double[] local) {
        if (shape.length < local.length) {
            return false;
        }
        for (int x = 0; x < local.length; x++) {
            if (shape[shape.length - 1 - x] != (int) local[x]) {
                return false;
            }
        }
        return true;
    }

    /** Elements of the global field. */
    int elements() {
        int n = 1;
        for (int length : shape) {
            n = Math.multiplyExact(n, length);
        }
        return n;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Placement p
                && recordDimension == p.recordDimension
                && Arrays.equals(shape, p.shape)
                && Arrays.equals(offset, p.offset);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(offset);
    }

    @Override
    public String toString() {
        return Arrays.toString(shape) + " at " + Arrays.toString(offset);
    }
}
