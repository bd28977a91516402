package org.plateau.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.plateau.netcdf.NetcdfInput;
import ucar.ma2.Array;
import ucar.ma2.InvalidRangeException;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFile;
import ucar.nc2.Variable;

/**
 * One variable of a netCDF file that has one dimension, others of length 1 not counted; its fill
 * and missing values, what was never written and what is outside of its valid range become NaN, and
 * packed values are unpacked.
 */
final class NetcdfColumn {
    /** Values read at once: the file may be larger than the memory. */
    private static final int PIECE = 1 << 16;

    private NetcdfColumn() {}

    static void read(Path file, String wanted, DoubleConsumer sink) throws IOException {
        try (NetcdfFile nc = NetcdfInput.open(file)) {
            Variable variable = wanted == null ? only(file, nc) : named(file, nc, wanted);
            int along = longest(variable);
            for (int from = 0; from < variable.getShape(along); from += PIECE) {
                piece(variable, along, from, sink);
            }
        } catch (InvalidRangeException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static void piece(Variable variable, int along, int from, DoubleConsumer sink)
            throws IOException, InvalidRangeException {
        double fill = number(variable, "_FillValue", neverWritten(variable));
        double[] missing = numbers(variable, "missing_value");
        double[] range = numbers(variable, "valid_range");
        boolean both = range.length == 2;
        double least = both ? range[0] : number(variable, "valid_min", Double.NEGATIVE_INFINITY);
        double most = both ? range[1] : number(variable, "valid_max", Double.POSITIVE_INFINITY);
        double scale = number(variable, "scale_factor", 1);
        double offset = number(variable, "add_offset", 0);
        int[] origin = new int[variable.getRank()];
        int[] shape = variable.getShape();
        origin[along] = from;
        shape[along] = Math.min(PIECE, shape[along] - from);
        Array data = variable.read(origin, shape);
        for (int i = 0; i < data.getSize(); i++) {
            double v = data.getDouble(i);
            boolean none = v == fill || v < least || v > most;
            for (double m : missing) {
                none |= v == m;
            }
            sink.accept(none ? Double.NaN : v * scale + offset);
        }
    }

    /** What the netCDF library leaves where nothing was written, if the file names no other. */
    private static double neverWritten(Variable variable) {
        return switch (variable.getDataType()) {
            case SHORT -> -32767;
            case INT -> -2147483647;
            case LONG -> -9223372036854775806L;
            case FLOAT, DOUBLE -> 0x1.ep122;
            default -> Double.NaN;
        };
    }

    private static double[] numbers(Variable variable, String name) {
        Attribute attribute = variable.findAttribute(name);
        int length = attribute == null || attribute.isString() ? 0 : attribute.getLength();
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            Number value = attribute.getNumericValue(i);
            values[i] = value == null ? Double.NaN : value.doubleValue();
        }
        return values;
    }

    private static int longest(Variable variable) {
        int longest = 0;
        for (int d = 1; d < variable.getRank(); d++) {
            longest = variable.getShape(d) > variable.getShape(longest) ? d : longest;
        }
        return longest;
    }

    private static double number(Variable variable, String name, double otherwise) {
        Attribute attribute = variable.findAttribute(name);
        Number value = attribute == null ? null : attribute.getNumericValue();
        return value == null ? otherwise : value.doubleValue();
    }

    private static List<String> candidates(NetcdfFile nc) {
        return nc.getVariables().stream()
                .filter(NetcdfColumn::fits)
                .filter(v -> !v.isCoordinateVariable())
                .map(Variable::getFullName)
                .toList();
    }

    private static boolean fits(Variable variable) {
        long counted = Arrays.stream(variable.getShape()).filter(length -> length != 1).count();
        return variable.getRank() > 0 && counted <= 1 && variable.getDataType().isNumeric();
    }

    private static Variable only(Path file, NetcdfFile nc) {
        List<String> names = candidates(nc);
        if (names.size() != 1) {
            throw new IllegalArgumentException(
                    file
                            + ": has "
                            + names.size()
                            + " numeric variables of one dimension; say which with --column "
                            + names);
        }
        return nc.findVariable(names.get(0));
    }

    private static Variable named(Path file, NetcdfFile nc, String wanted) {
        Variable variable = nc.findVariable(wanted);
        if (variable == null || !fits(variable)) {
            throw new IllegalArgumentException(
                    file
                            + ": expected --column to name a numeric variable of one dimension "
                            + candidates(nc)
                            + ", got "
                            + wanted);
        }
        return variable;
    }
}
