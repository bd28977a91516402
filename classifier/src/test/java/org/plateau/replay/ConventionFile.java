package org.plateau.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ucar.ma2.Array;
import ucar.ma2.DataType;
import ucar.ma2.InvalidRangeException;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFileWriter;
import ucar.nc2.Variable;

/** A netCDF file with the names, units and axes of some model, a few outputs long. */
final class ConventionFile {
    static final int OUTPUTS = 3;

    private final String record;
    private final Map<String, Integer> dimensions = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();

    private record Entry(
            String name, DataType type, String over, double[] values, String attributes) {
        void describe(Variable variable) {
            for (String one : attributes.isEmpty() ? new String[0] : attributes.split("; ")) {
                String[] parts = one.split(" = ", 2);
                variable.addAttribute(new Attribute(parts[0], parts[1]));
            }
        }
    }

    /**
     * @param record name of the unlimited dimension
     * @param attributes of its variable: {@code units = days since 2000-01-01; calendar = noleap}
     */
    ConventionFile(String record, double[] times, String attributes) {
        this.record = record;
        entries.add(new Entry(record, DataType.DOUBLE, record, times, attributes));
    }

    /** A dimension and its coordinate variable. */
    ConventionFile axis(String name, double[] values, String attributes) {
        dimensions.put(name, values.length);
        return variable(name, name, values, attributes);
    }

    ConventionFile dimension(String name, int length) {
        dimensions.put(name, length);
        return this;
    }

    /** A variable in double precision; nothing over no dimension. */
    ConventionFile variable(String name, String over, double[] values, String attributes) {
        entries.add(new Entry(name, DataType.DOUBLE, over, values, attributes));
        return this;
    }

    /** A field in single precision that is the same at every output. */
    ConventionFile field(String name, String over, double[] values, String attributes) {
        double[] all = new double[OUTPUTS * values.length];
        for (int t = 0; t < OUTPUTS; t++) {
            System.arraycopy(values, 0, all, t * values.length, values.length);
        }
        entries.add(new Entry(name, DataType.FLOAT, record + " " + over, all, attributes));
        return this;
    }

    Path write(Path path) throws IOException {
        NetcdfFileWriter file =
                NetcdfFileWriter.createNew(NetcdfFileWriter.Version.netcdf3, path.toString());
        try {
            file.addUnlimitedDimension(record);
            dimensions.forEach((name, length) -> file.addDimension(null, name, length));
            for (Entry entry : entries) {
                Variable made = file.addVariable(null, entry.name, entry.type, entry.over);
                entry.describe(made);
            }
            file.create();
            for (Entry entry : entries) {
                write(file, entry);
            }
        } catch (InvalidRangeException e) {
            throw new IOException(e);
        } finally {
            file.close();
        }
        return path;
    }

    private static void write(NetcdfFileWriter file, Entry entry)
            throws IOException, InvalidRangeException {
        Variable variable = file.findVariable(entry.name);
        int[] shape = variable.getShape();
        if (variable.isUnlimited()) {
            shape[0] = OUTPUTS;
        }
        Array values = Array.factory(entry.type, shape);
        for (int i = 0; i < values.getSize(); i++) {
            values.setDouble(i, entry.values[i]);
        }
        file.write(variable, new int[shape.length], values);
    }
}
