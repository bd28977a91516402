package org.plateau.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.plateau.grid.RegularGrid;
import ucar.ma2.Array;
import ucar.ma2.ArrayChar;
import ucar.ma2.DataType;
import ucar.ma2.InvalidRangeException;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFileWriter;
import ucar.nc2.Variable;

/**
 * Writes {@code results.nc}: netCDF-3 with 64-bit offsets, one record per output time. A record's
 * data are in the file before its number of records says so, so that the file is whole whenever the
 * process dies. One thread.
 */
public final class ResultsWriter implements AutoCloseable {
    private static final int NAME = 32;

    private final NetcdfFileWriter file;
    private final ResultsLayout layout;
    private int rows;

    private ResultsWriter(NetcdfFileWriter file, ResultsLayout layout) {
        this.file = file;
        this.layout = layout;
    }

    /** Makes a new file; one that is there is replaced. */
    public static ResultsWriter create(Path path, ResultsLayout layout) {
        try {
            NetcdfFileWriter file =
                    NetcdfFileWriter.createNew(NetcdfFileWriter.Version.netcdf3, path.toString());
            file.setLargeFile(true);
            file.setFill(true);
            ResultsWriter writer = new ResultsWriter(file, layout);
            writer.define();
            file.create();
            writer.fixed();
            file.flush();
            return writer;
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    private void define() {
        file.addUnlimitedDimension("time");
        file.addDimension(null, "level", layout.levels());
        file.addDimension(null, "regime", layout.regimes().size());
        file.addDimension(null, "metric", layout.metrics().size());
        file.addDimension(null, "lat", layout.grid().nlat());
        file.addDimension(null, "lon", layout.grid().nlon());
        file.addDimension(null, "name_strlen", NAME);
        defineCoordinates();
        defineSeries();
        defineSteady();
        defineMaps();
        file.addGroupAttribute(null, new Attribute("Conventions", "CF-1.10"));
        new java.util.TreeMap<>(layout.attributes())
                .forEach((name, text) -> file.addGroupAttribute(null, new Attribute(name, text)));
    }

    private void defineCoordinates() {
        variable("time", DataType.DOUBLE, "time", Map.of("standard_name", "time", "axis", "T"))
                .addAttribute(new Attribute("units", layout.timeUnits()));
        file.findVariable("time").addAttribute(new Attribute("calendar", layout.calendar()));
        variable(
                "pressure",
                DataType.DOUBLE,
                "level",
                Map.of(
                        "standard_name", "air_pressure",
                        "units", "Pa",
                        "positive", "down",
                        "axis", "Z"));
        variable("regime_name", DataType.CHAR, "regime name_strlen", Map.of());
        variable("metric_name", DataType.CHAR, "metric name_strlen", Map.of());
        variable("metric_units", DataType.CHAR, "metric name_strlen", Map.of());
        variable(
                "lat",
                DataType.DOUBLE,
                "lat",
                Map.of("standard_name", "latitude", "units", "degrees_north", "axis", "Y"));
        variable(
                "lon",
                DataType.DOUBLE,
                "lon",
                Map.of(
                        "long_name", "longitude east of the substellar point",
                        "units", "degrees_east",
                        "axis", "X"));
    }

    private void defineSeries() {
        String at = "time pressure regime_name";
        variable("probability", DataType.FLOAT, "time level regime", number("probability", at));
        variable(
                "nothing_recognised",
                DataType.FLOAT,
                "time level",
                number("probability that no regime is recognised", "pressure"));
        variable(
                "unlike_training",
                DataType.FLOAT,
                "time level",
                number("how unlike the training maps, 0 to 1", "pressure"));
        flags("gap", "time level", "why there is no label", layout.gaps());
        variable(
                "metric_value",
                DataType.DOUBLE,
                "time level metric",
                Map.of(
                        "long_name", "metric, in metric_units",
                        "coordinates", "pressure metric_name"));
        file.findVariable("metric_value").addAttribute(new Attribute("_FillValue", Double.NaN));
        flags("verdict", "time level metric", "verdict on a metric", layout.verdicts());
        flags("level_verdict", "time level", "verdict on a level", layout.verdicts());
    }

    /** The latest knowledge alone: what a claim was made of stays in the journal. */
    private void defineSteady() {
        String at = "pressure metric_name";
        variable(
                        "steady_since",
                        DataType.DOUBLE,
                        "level metric",
                        Map.of(
                                "long_name",
                                "time from which a metric is steady",
                                "units",
                                layout.timeUnits(),
                                "coordinates",
                                at))
                .addAttribute(new Attribute("calendar", layout.calendar()));
        variable(
                "steady_mean",
                DataType.DOUBLE,
                "level metric",
                Map.of(
                        "long_name",
                        "mean of a metric since it is steady, in metric_units",
                        "coordinates",
                        at));
        variable(
                "metric_tolerance",
                DataType.DOUBLE,
                "level metric",
                Map.of(
                        "long_name",
                        "change of a metric that is tolerated over the horizon, in metric_units",
                        "coordinates",
                        at));
        for (String name : List.of("steady_since", "steady_mean", "metric_tolerance")) {
            file.findVariable(name).addAttribute(new Attribute("_FillValue", Double.NaN));
        }
    }

    private static Map<String, String> number(String name, String coordinates) {
        return Map.of("long_name", name, "units", "1", "coordinates", coordinates);
    }

    private void flags(String name, String dimensions, String longName, List<String> meanings) {
        Variable flags = variable(name, DataType.BYTE, dimensions, Map.of("long_name", longName));
        byte[] values = new byte[meanings.size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = (byte) i);
        flags.addAttribute(
                new Attribute(
                        "flag_values",
                        Array.factory(DataType.BYTE, new int[] {values.length}, values)));
        flags.addAttribute(
                new Attribute(
                        "flag_meanings",
                        meanings.stream()
                                .map(m -> m.replace(' ', '_'))
                                .collect(Collectors.joining(" "))));
    }

    private void defineMaps() {
        variable(
                "map_temperature",
                DataType.FLOAT,
                "level lat lon",
                Map.of("standard_name", "air_temperature", "units", "K"));
        variable(
                "map_u",
                DataType.FLOAT,
                "level lat lon",
                Map.of("standard_name", "eastward_wind", "units", "m s-1"));
        variable(
                "map_v",
                DataType.FLOAT,
                "level lat lon",
                Map.of("standard_name", "northward_wind", "units", "m s-1"));
        variable(
                "map_time",
                DataType.DOUBLE,
                "level",
                Map.of("long_name", "time of the latest map", "units", layout.timeUnits()));
        for (String name : List.of("map_temperature", "map_u", "map_v")) {
            file.findVariable(name).addAttribute(new Attribute("_FillValue", Float.NaN));
        }
        file.findVariable("map_time").addAttribute(new Attribute("_FillValue", Double.NaN));
    }

    private Variable variable(
            String name, DataType type, String dimensions, Map<String, String> attributes) {
        Variable variable = file.addVariable(null, name, type, dimensions);
        new java.util.TreeMap<>(attributes)
                .forEach((key, text) -> variable.addAttribute(new Attribute(key, text)));
        return variable;
    }

    private void fixed() throws IOException {
        RegularGrid grid = layout.grid();
        put("pressure", layout.pressure(), layout.levels());
        double[] lat = IntStream.range(0, grid.nlat()).mapToDouble(grid::latitude).toArray();
        double[] lon = IntStream.range(0, grid.nlon()).mapToDouble(grid::longitude).toArray();
        put("lat", lat, lat.length);
        put("lon", lon, lon.length);
        names("regime_name", layout.regimes());
        names("metric_name", layout.metrics().stream().map(Results.Quantity::name).toList());
        names("metric_units", layout.metrics().stream().map(Results.Quantity::unit).toList());
    }

    private void names(String variable, List<String> names) throws IOException {
        ArrayChar.D2 text = new ArrayChar.D2(names.size(), NAME);
        for (int i = 0; i < names.size(); i++) {
            text.setString(i, names.get(i));
        }
        write(variable, new int[2], text);
    }

    private void put(String name, Object values, int... shape) throws IOException {
        put(name, new int[shape.length], values, shape);
    }

    private void put(String name, int[] origin, Object values, int... shape) throws IOException {
        DataType type = file.findVariable(name).getDataType();
        write(name, origin, Array.factory(type, shape, values));
    }

    private void write(String name, int[] origin, Array values) throws IOException {
        try {
            file.write(file.findVariable(name), origin, values);
        } catch (InvalidRangeException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /** Number of output times in the file. */
    public int rows() {
        return rows;
    }

    /** Appends an output time, or replaces one if {@code row} is less than {@link #rows()}. */
    public void put(int row, ResultsRow values) {
        int levels = layout.levels();
        int regimes = layout.regimes().size();
        int metrics = layout.metrics().size();
        int[] two = {row, 0};
        int[] three = {row, 0, 0};
        try {
            put("time", new int[] {row}, new double[] {values.time()}, 1);
            put("probability", three, values.probability(), 1, levels, regimes);
            put("nothing_recognised", two, values.nothing(), 1, levels);
            put("unlike_training", two, values.unlike(), 1, levels);
            put("gap", two, values.gap(), 1, levels);
            put("metric_value", three, values.metrics(), 1, levels, metrics);
            put("verdict", three, values.verdicts(), 1, levels, metrics);
            put("level_verdict", two, values.levelVerdicts(), 1, levels);
            rows = Math.max(rows, row + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("results.nc: " + e.getMessage(), e);
        }
    }

    /** Replaces the latest map of a level. */
    public void put(LevelFields map) {
        int[] shape = {1, layout.grid().nlat(), layout.grid().nlon()};
        int[] origin = {map.level(), 0, 0};
        try {
            put("map_temperature", origin, map.temperature(), shape);
            put("map_u", origin, map.u(), shape);
            put("map_v", origin, map.v(), shape);
            put("map_time", new int[] {map.level()}, new double[] {map.time()}, 1);
        } catch (IOException e) {
            throw new UncheckedIOException("results.nc: " + e.getMessage(), e);
        }
    }

    /** Replaces what is known of the steady parts; [level][metric]. */
    public void put(Results.Steady[][] steady) {
        try {
            put("steady_since", numbers(steady, Results.Steady::since));
            put("steady_mean", numbers(steady, Results.Steady::mean));
            put("metric_tolerance", numbers(steady, Results.Steady::tolerance));
        } catch (IOException e) {
            throw new UncheckedIOException("results.nc: " + e.getMessage(), e);
        }
    }

    private void put(String name, double[] values) throws IOException {
        put(name, values, layout.levels(), layout.metrics().size());
    }

    private static double[] numbers(
            Results.Steady[][] steady, ToDoubleFunction<Results.Steady> number) {
        return Arrays.stream(steady).flatMap(Arrays::stream).mapToDouble(number).toArray();
    }

    /** Makes what was put visible to readers. */
    public void flush() {
        try {
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("results.nc: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("results.nc: " + e.getMessage(), e);
        }
    }
}
