package org.plateau.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.plateau.netcdf.NetcdfInput;
import ucar.ma2.Array;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFile;
import ucar.nc2.Variable;

/** One variable of one dimension of a netCDF file; its fill and missing values become NaN. */
final class NetcdfColumn {

    private NetcdfColumn() {}

    /** True if the file begins as netCDF files of any format do. */
    static boolean recognises(Path file) throws IOException {
        byte[] start = new byte[4];
        try (InputStream in = Files.newInputStream(file)) {
            int n = in.readNBytes(start, 0, 4);
            boolean classic = start[0] == 'C' && start[1] == 'D' && start[2] == 'F';
            boolean hdf = (start[0] & 0xff) == 0x89 && start[1] == 'H' && start[2] == 'D';
            return n == 4 && (classic || hdf);
        }
    }

    static void read(Path file, String wanted, DoubleConsumer sink) throws IOException {
        try (NetcdfFile nc = NetcdfInput.open(file)) {
            Variable variable = wanted == null ? only(file, nc) : named(file, nc, wanted);
            Array data = variable.read();
            double fill = number(variable, "_FillValue");
            double missing = number(variable, "missing_value");
            for (int i = 0; i < data.getSize(); i++) {
                double v = data.getDouble(i);
                sink.accept(v == fill || v == missing || !Double.isFinite(v) ? Double.NaN : v);
            }
        }
    }

    private static double number(Variable variable, String name) {
        Attribute attribute = variable.findAttribute(name);
        Number value = attribute == null ? null : attribute.getNumericValue();
        return value == null ? Double.NaN : value.doubleValue();
    }

    private static List<String> candidates(NetcdfFile nc) {
        return nc.getVariables().stream()
                .filter(NetcdfColumn::fits)
                .filter(v -> !v.isCoordinateVariable())
                .map(Variable::getFullName)
                .toList();
    }

    private static boolean fits(Variable variable) {
        return variable.getRank() == 1 && variable.getDataType().isNumeric();
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
