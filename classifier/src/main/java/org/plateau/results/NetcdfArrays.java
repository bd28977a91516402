package org.plateau.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ucar.ma2.Array;
import ucar.ma2.ArrayChar;
import ucar.ma2.InvalidRangeException;
import ucar.nc2.Attribute;
import ucar.nc2.Dimension;
import ucar.nc2.NetcdfFile;
import ucar.nc2.Variable;

/** Variables of an open netCDF file as Java arrays, fill values turned into NaN. */
final class NetcdfArrays {
    private static final double NETCDF_FILL = 9.9692099683868690e36;

    private final Path path;
    private final NetcdfFile file;

    NetcdfArrays(Path path, NetcdfFile file) {
        this.path = path;
        this.file = file;
    }

    int length(String dimension) {
        Dimension found = file.findDimension(dimension);
        if (found == null) {
            throw new ResultsException(
                    path + ": expected the results of a run, found no dimension " + dimension);
        }
        return found.getLength();
    }

    boolean has(String name) {
        return file.findVariable(name) != null;
    }

    String attribute(String name, String attribute, String otherwise) {
        Attribute found = variable(name).findAttribute(attribute);
        return found == null || !found.isString() ? otherwise : found.getStringValue();
    }

    /** The words of the attribute {@code flag_meanings}, underscores in words kept. */
    List<String> meanings(String name) {
        String meanings = attribute(name, "flag_meanings", "").trim();
        return meanings.isEmpty() ? List.of() : List.of(meanings.split("\\s+"));
    }

    List<String> names(String name) throws IOException {
        List<String> names = new ArrayList<>();
        Array texts = ((ArrayChar) variable(name).read()).make1DStringArray();
        for (int i = 0; i < texts.getSize(); i++) {
            names.add(texts.getObject(i).toString().trim());
        }
        return List.copyOf(names);
    }

    double[] doubles(String name) throws IOException {
        Variable variable = variable(name);
        return numbers(variable, variable.read());
    }

    double[] doubles(String name, int from, int to) throws IOException {
        return numbers(variable(name), section(variable(name), from, to));
    }

    /** [first dimension][all others]. */
    float[][] rows(String name) throws IOException {
        Variable variable = variable(name);
        return rows(floats(variable, variable.read()), variable.getShape(0));
    }

    float[][] floats2(String name, int from, int to) throws IOException {
        return rows(floats(variable(name), section(variable(name), from, to)), to - from);
    }

    float[][][] floats3(String name, int from, int to) throws IOException {
        float[][] rows = floats2(name, from, to);
        float[][][] cube = new float[rows.length][][];
        for (int t = 0; t < rows.length; t++) {
            cube[t] = rows(rows[t], variable(name).getShape(1));
        }
        return cube;
    }

    double[][][] doubles3(String name, int from, int to) throws IOException {
        int levels = variable(name).getShape(1);
        int width = variable(name).getShape(2);
        double[] all = doubles(name, from, to);
        double[][][] cube = new double[to - from][levels][];
        for (int i = 0; i < (to - from) * levels; i++) {
            cube[i / levels][i % levels] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
        }
        return cube;
    }

    byte[] bytes1(String name, int from, int to) throws IOException {
        return flags(variable(name), from, to);
    }

    byte[][] bytes2(String name, int from, int to) throws IOException {
        byte[] all = flags(variable(name), from, to);
        int width = to == from ? 0 : all.length / (to - from);
        byte[][] rows = new byte[to - from][];
        for (int t = 0; t < rows.length; t++) {
            rows[t] = Arrays.copyOfRange(all, t * width, (t + 1) * width);
        }
        return rows;
    }

    byte[][][] bytes3(String name, int from, int to) throws IOException {
        int levels = variable(name).getShape(1);
        int width = variable(name).getShape(2);
        byte[] all = flags(variable(name), from, to);
        byte[][][] cube = new byte[to - from][levels][];
        for (int i = 0; i < (to - from) * levels; i++) {
            cube[i / levels][i % levels] = Arrays.copyOfRange(all, i * width, (i + 1) * width);
        }
        return cube;
    }

    private static byte[] flags(Variable variable, int from, int to) throws IOException {
        return (byte[]) section(variable, from, to).get1DJavaArray(byte.class);
    }

    private Variable variable(String name) {
        Variable variable = file.findVariable(name);
        if (variable == null) {
            throw new ResultsException(
                    path + ": expected the results of a run, found no variable " + name);
        }
        return variable;
    }

    private static Array section(Variable variable, int from, int to) throws IOException {
        int[] shape = variable.getShape();
        int[] origin = new int[shape.length];
        origin[0] = from;
        shape[0] = to - from;
        if (to == from) {
            return Array.factory(variable.getDataType(), shape);
        }
        try {
            return variable.read(origin, shape);
        } catch (InvalidRangeException e) {
            throw new IOException("a variable shorter than its dimension", e);
        }
    }

    private static double[] numbers(Variable variable, Array array) {
        double[] numbers = new double[(int) array.getSize()];
        double fill = fill(variable);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.getDouble(i);
            if (numbers[i] == fill || numbers[i] == NETCDF_FILL) {
                numbers[i] = Double.NaN;
            }
        }
        return numbers;
    }

    private static float[] floats(Variable variable, Array array) {
        float[] floats = (float[]) array.get1DJavaArray(float.class);
        float fill = (float) fill(variable);
        for (int i = 0; i < floats.length; i++) {
            if (floats[i] == fill || floats[i] == (float) NETCDF_FILL) {
                floats[i] = Float.NaN;
            }
        }
        return floats;
    }

    private static double fill(Variable variable) {
        Attribute fill = variable.findAttribute("_FillValue");
        return fill == null ? NETCDF_FILL : fill.getNumericValue().doubleValue();
    }

    private static float[][] rows(float[] all, int rows) {
        int width = rows == 0 ? 0 : all.length / rows;
        float[][] cut = new float[rows][];
        for (int r = 0; r < rows; r++) {
            cut[r] = Arrays.copyOfRange(all, r * width, (r + 1) * width);
        }
        return cut;
    }
}
