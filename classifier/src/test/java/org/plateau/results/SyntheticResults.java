package org.plateau.results;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import ucar.ma2.Array;
import ucar.ma2.ArrayChar;
import ucar.ma2.DataType;
import ucar.ma2.InvalidRangeException;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFileWriter;
import ucar.nc2.Variable;

/**
 * Writes a results file of an invented run with the look of a hot Jupiter's: locked on top, a
 * butterfly with a jet below it, bands under that, an asymmetric deep atmosphere that drifts, a few
 * outputs lost and a patch where nothing is recognised. For tests; no model made these numbers.
 */
public final class SyntheticResults {
    static final List<String> REGIMES =
            List.of(
                    "asymmetric",
                    "banded",
                    "locked",
                    "butterfly",
                    "jet",
                    "inverted",
                    "not inverted",
                    "night-side hot spot");
    private static final List<String> METRICS =
            List.of("mean_temperature", "rms_wind", "superrotation_index");
    private static final List<String> UNITS = List.of("K", "m s-1", "1");
    private static final int NLAT = 32;
    private static final int NLON = 64;

    private final int outputs;
    private final int levels;
    private final InventedAtmosphere atmosphere;
    private final boolean column;
    private NetcdfFileWriter writer;

    private SyntheticResults(int outputs, int levels, boolean column) {
        this.outputs = outputs;
        this.levels = levels;
        this.atmosphere = new InventedAtmosphere(levels, NLAT, NLON);
        this.column = column;
    }

    /** Writes {@code outputs} outputs, two model days apart, of {@code levels} levels. */
    public static void write(Path path, int outputs, int levels) {
        write(path, new SyntheticResults(outputs, levels, false));
    }

    /** The same with metrics of the column: one sampled at every other output, one never. */
    public static void writeWithColumn(Path path, int outputs, int levels) {
        write(path, new SyntheticResults(outputs, levels, true));
    }

    private static void write(Path path, SyntheticResults results) {
        try {
            results.write(path);
        } catch (IOException | InvalidRangeException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(Path path) throws IOException, InvalidRangeException {
        writer =
                NetcdfFileWriter.createNew(NetcdfFileWriter.Version.netcdf3, path.toString(), null);
        writer.setLargeFile(true);
        define();
        if (column) {
            SyntheticColumn.define(writer);
        }
        writer.create();
        fixed();
        if (column) {
            SyntheticColumn.write(writer, outputs);
        }
        maps();
        steady();
        for (int t = 0; t < outputs; t++) {
            output(t);
        }
        writer.close();
    }

    private void define() {
        writer.addUnlimitedDimension("time");
        writer.addDimension(null, "pressure", levels);
        writer.addDimension(null, "regime", REGIMES.size());
        writer.addDimension(null, "metric", METRICS.size());
        writer.addDimension(null, "lat", NLAT);
        writer.addDimension(null, "lon", NLON);
        writer.addDimension(null, "name_strlen", 32);
        variable("time", DataType.DOUBLE, "time")
                .addAttribute(new Attribute("units", "days since 2000-01-01 00:00:00"));
        writer.findVariable("time").addAttribute(new Attribute("calendar", "360_day"));
        variable("pressure", DataType.DOUBLE, "pressure")
                .addAttribute(new Attribute("units", "Pa"));
        variable("regime_name", DataType.CHAR, "regime name_strlen");
        variable("metric_name", DataType.CHAR, "metric name_strlen");
        variable("metric_units", DataType.CHAR, "metric name_strlen");
        variable("probability", DataType.FLOAT, "time pressure regime");
        variable("nothing_recognised", DataType.FLOAT, "time pressure");
        variable("unlike_training", DataType.FLOAT, "time pressure");
        variable("gap", DataType.BYTE, "time pressure")
                .addAttribute(new Attribute("flag_meanings", "none ring_full orphan"));
        variable("metric_value", DataType.DOUBLE, "time pressure metric");
        String verdicts =
                "insufficient warming-up undecided drifting cyclic equilibrated revoked degenerate";
        variable("verdict", DataType.BYTE, "time pressure metric")
                .addAttribute(new Attribute("flag_meanings", verdicts));
        variable("level_verdict", DataType.BYTE, "time pressure")
                .addAttribute(new Attribute("flag_meanings", verdicts));
        variable("steady_since", DataType.DOUBLE, "pressure metric");
        variable("steady_mean", DataType.DOUBLE, "pressure metric");
        variable("metric_tolerance", DataType.DOUBLE, "pressure metric");
        variable("lat", DataType.DOUBLE, "lat");
        variable("lon", DataType.DOUBLE, "lon");
        variable("map_temperature", DataType.FLOAT, "pressure lat lon");
        variable("map_u", DataType.FLOAT, "pressure lat lon");
        variable("map_v", DataType.FLOAT, "pressure lat lon");
        variable("map_time", DataType.DOUBLE, "pressure");
        writer.addGroupAttribute(null, new Attribute("Conventions", "CF-1.10"));
        writer.addGroupAttribute(null, new Attribute("title", "synthetic run"));
    }

    private Variable variable(String name, DataType type, String dimensions) {
        return writer.addVariable(null, name, type, dimensions);
    }

    private void fixed() throws IOException, InvalidRangeException {
        double[] pressure = new double[levels];
        for (int l = 0; l < levels; l++) {
            pressure[l] = atmosphere.pressure(l);
        }
        put("pressure", pressure, levels);
        names("regime_name", REGIMES);
        names("metric_name", METRICS);
        names("metric_units", UNITS);
        double[] lat = new double[NLAT];
        double[] lon = new double[NLON];
        for (int j = 0; j < NLAT; j++) {
            lat[j] = -90 + (j + 0.5) * 180 / NLAT;
        }
        for (int i = 0; i < NLON; i++) {
            lon[i] = (i + 0.5) * 360 / NLON - 180;
        }
        put("lat", lat, NLAT);
        put("lon", lon, NLON);
    }

    /** A level is steady well before it is declared so. */
    private void steady() throws IOException, InvalidRangeException {
        int metrics = METRICS.size();
        double[] since = new double[levels * metrics];
        double[] mean = new double[levels * metrics];
        double[] tolerance = new double[levels * metrics];
        for (int i = 0; i < since.length; i++) {
            double depth = atmosphere.depth(i / metrics);
            boolean settles = depth <= 0.64;
            double[] means = {800 + 900 * depth, 1400 - 1300 * depth, 0.02};
            double[] tolerances = {Math.max(1, 0.001 * means[0]), 0.02 * means[1], 0.001};
            double declared = 0.18 + 0.6 * Math.pow(depth / 0.62, 2);
            since[i] = settles ? 2.0 * outputs * declared * 0.6 : Double.NaN;
            mean[i] = settles ? means[i % metrics] : Double.NaN;
            tolerance[i] = tolerances[i % metrics];
        }
        put("steady_since", since, levels, metrics);
        put("steady_mean", mean, levels, metrics);
        put("metric_tolerance", tolerance, levels, metrics);
    }

    private void names(String variable, List<String> names)
            throws IOException, InvalidRangeException {
        ArrayChar.D2 text = new ArrayChar.D2(names.size(), 32);
        for (int i = 0; i < names.size(); i++) {
            text.setString(i, names.get(i));
        }
        writer.write(writer.findVariable(variable), text);
    }

    private void put(String name, Object values, int... shape)
            throws IOException, InvalidRangeException {
        Variable variable = writer.findVariable(name);
        writer.write(variable, Array.factory(variable.getDataType(), shape, values));
    }

    private void append(String name, int time, Object values, int... shape)
            throws IOException, InvalidRangeException {
        Variable variable = writer.findVariable(name);
        int[] origin = new int[shape.length];
        origin[0] = time;
        writer.write(variable, origin, Array.factory(variable.getDataType(), shape, values));
    }

    private void output(int t) throws IOException, InvalidRangeException {
        int regimes = REGIMES.size();
        int metrics = METRICS.size();
        float[] probability = new float[levels * regimes];
        float[] nothing = new float[levels];
        float[] unlike = new float[levels];
        byte[] gap = new byte[levels];
        double[] value = new double[levels * metrics];
        byte[] verdict = new byte[levels * metrics];
        byte[] levelVerdict = new byte[levels];
        for (int l = 0; l < levels; l++) {
            double age = (double) t / outputs;
            gap[l] = (byte) (age > 0.42 && age < 0.45 ? 1 : atmosphere.loses() ? 2 : 0);
            atmosphere.regimes(l, age, gap[l] != 0, probability, nothing, unlike);
            atmosphere.metrics(l, age, gap[l] != 0, value);
            levelVerdict[l] = atmosphere.verdict(l, age);
            for (int m = 0; m < metrics; m++) {
                verdict[l * metrics + m] = m == 0 && levelVerdict[l] == 3 ? 2 : levelVerdict[l];
            }
        }
        append("time", t, new double[] {2.0 * (t + 1)}, 1);
        append("probability", t, probability, 1, levels, regimes);
        append("nothing_recognised", t, nothing, 1, levels);
        append("unlike_training", t, unlike, 1, levels);
        append("gap", t, gap, 1, levels);
        append("metric_value", t, value, 1, levels, metrics);
        append("verdict", t, verdict, 1, levels, metrics);
        append("level_verdict", t, levelVerdict, 1, levels);
    }

    private void maps() throws IOException, InvalidRangeException {
        int cells = NLAT * NLON;
        float[] temperature = new float[levels * cells];
        float[] u = new float[levels * cells];
        float[] v = new float[levels * cells];
        double[] time = new double[levels];
        for (int l = 0; l < levels; l++) {
            time[l] = 2.0 * outputs;
            for (int c = 0; c < cells; c++) {
                atmosphere.map(l, c, l * cells + c, temperature, u, v);
            }
        }
        put("map_temperature", temperature, levels, NLAT, NLON);
        put("map_u", u, levels, NLAT, NLON);
        put("map_v", v, levels, NLAT, NLON);
        put("map_time", time, levels);
    }
}
