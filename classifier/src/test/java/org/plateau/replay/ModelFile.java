package org.plateau.replay;

import java.io.IOException;
import java.nio.file.Path;
import ucar.ma2.Array;
import ucar.ma2.DataType;
import ucar.ma2.InvalidRangeException;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFileWriter;
import ucar.nc2.Variable;

/** A small file as a model writes it: a few outputs of some fields on pressure levels. */
public final class ModelFile {
    private static final int OUTPUTS = 3;
    private static final int[] SHAPE = {OUTPUTS, 2, 6, 12};

    private ModelFile() {}

    /** Writes a file with these fields. */
    public static Path write(Path path, String... fields) throws IOException {
        NetcdfFileWriter file =
                NetcdfFileWriter.createNew(NetcdfFileWriter.Version.netcdf3, path.toString());
        try {
            file.addUnlimitedDimension("time");
            axis(file, "time", "time", "days since 2000-01-01", 0);
            axis(file, "lev", "air_pressure", "Pa", SHAPE[1]);
            axis(file, "lat", "latitude", "degrees_north", SHAPE[2]);
            axis(file, "lon", "longitude", "degrees_east", SHAPE[3]);
            for (String field : fields) {
                file.addVariable(null, field, DataType.DOUBLE, "time lev lat lon");
            }
            file.create();
            fill(file, fields);
        } catch (InvalidRangeException e) {
            throw new IOException(e);
        } finally {
            file.close();
        }
        return path;
    }

    private static void axis(
            NetcdfFileWriter file, String name, String standard, String units, int length) {
        if (length > 0) {
            file.addDimension(null, name, length);
        }
        Variable axis = file.addVariable(null, name, DataType.DOUBLE, name);
        axis.addAttribute(new Attribute("standard_name", standard));
        axis.addAttribute(new Attribute("units", units));
    }

    private static void fill(NetcdfFileWriter file, String... fields)
            throws IOException, InvalidRangeException {
        write(file, "lev", new int[] {SHAPE[1]}, i -> 1e4 * (i + 1));
        write(file, "lat", new int[] {SHAPE[2]}, i -> -75 + 30 * i);
        write(file, "lon", new int[] {SHAPE[3]}, i -> 30 * i);
        write(file, "time", new int[] {OUTPUTS}, i -> i + 1);
        for (String field : fields) {
            write(file, field, SHAPE, i -> 300 + Math.sin(i));
        }
    }

    private static void write(
            NetcdfFileWriter file,
            String name,
            int[] shape,
            java.util.function.IntToDoubleFunction value)
            throws IOException, InvalidRangeException {
        Array values = Array.factory(DataType.DOUBLE, shape);
        for (int i = 0; i < values.getSize(); i++) {
            values.setDouble(i, value.applyAsDouble(i));
        }
        file.write(file.findVariable(name), values);
    }
}
