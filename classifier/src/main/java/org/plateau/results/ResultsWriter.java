package org.plateau.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.plateau.grid.RegularGrid;
import ucar.ma2.DataType;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFileWriter;

/**
 * Writes {@code results.nc}: netCDF-3 with 64-bit offsets, one record per output time. A record's
 * data are in the file before its number of records says so, so that the file is whole whenever the
 * process dies. One thread.
 */
public final class ResultsWriter implements AutoCloseable {
    private final NetcdfFileWriter file;
    private final NetcdfVariables variables;
    private final ResultsLayout layout;
    private int rows;

    private ResultsWriter(NetcdfFileWriter file, ResultsLayout layout) {
        this.file = file;
        this.variables = new NetcdfVariables(file);
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
        variables.dimension("pressure", layout.levels());
        variables.dimension("regime", layout.regimes().size());
        variables.dimension("metric", layout.metrics().size());
        variables.dimension("lat", layout.grid().nlat());
        variables.dimension("lon", layout.grid().nlon());
        defineCoordinates();
        defineSeries();
        defineSteady();
        defineMaps();
        ColumnFile.define(variables, layout);
        file.addGroupAttribute(null, new Attribute("Conventions", "CF-1.10"));
        new java.util.TreeMap<>(layout.attributes())
                .forEach((name, text) -> file.addGroupAttribute(null, new Attribute(name, text)));
    }

    private void defineCoordinates() {
        variables
                .define(
                        "time",
                        DataType.DOUBLE,
                        "time",
                        Map.of("standard_name", "time", "axis", "T"))
                .addAttribute(new Attribute("units", layout.timeUnits()));
        file.findVariable("time").addAttribute(new Attribute("calendar", layout.calendar()));
        variables.define(
                "pressure",
                DataType.DOUBLE,
                "pressure",
                Map.of(
                        "standard_name", "air_pressure",
                        "units", "Pa",
                        "positive", "down",
                        "axis", "Z"));
        variables.define("regime_name", DataType.CHAR, "regime name_strlen", Map.of());
        variables.define("metric_name", DataType.CHAR, "metric name_strlen", Map.of());
        variables.define("metric_units", DataType.CHAR, "metric name_strlen", Map.of());
        variables.define(
                "lat",
                DataType.DOUBLE,
                "lat",
                Map.of("standard_name", "latitude", "units", "degrees_north", "axis", "Y"));
        variables.define(
                "lon",
                DataType.DOUBLE,
                "lon",
                Map.of(
                        "long_name", "longitude east of the substellar point",
                        "comment", "0 is the substellar point, not the model's meridian",
                        "units", "degrees_east",
                        "axis", "X"));
    }

    private void defineSeries() {
        probability("probability", "time pressure regime", "probability");
        file.findVariable("probability").addAttribute(new Attribute("coordinates", "regime_name"));
        probability(
                "nothing_recognised", "time pressure", "probability that no regime is recognised");
        probability("unlike_training", "time pressure", "how unlike the training maps, 0 to 1");
        variables.flags("gap", "time pressure", "why there is no label", layout.gaps());
        variables.define(
                "metric_value",
                DataType.DOUBLE,
                "time pressure metric",
                Map.of(
                        "long_name", "metric, in metric_units",
                        "coordinates", "metric_name"));
        file.findVariable("metric_value").addAttribute(new Attribute("_FillValue", Double.NaN));
        variables.flags(
                "verdict", "time pressure metric", "verdict on a metric", layout.verdicts());
        variables.flags("level_verdict", "time pressure", "verdict on a level", layout.verdicts());
    }

    /**
     * The latest knowledge alone: what a claim was made of stays in the journal. Names and units go
     * to different variables, because cdo takes one coordinate of text for each and leaves out,
     * with a warning, what is no variable's coordinate.
     */
    private void defineSteady() {
        variables
                .define(
                        "steady_since",
                        DataType.DOUBLE,
                        "pressure metric",
                        Map.of(
                                "long_name",
                                "time from which a metric is steady",
                                "units",
                                layout.timeUnits(),
                                "coordinates",
                                "metric_name"))
                .addAttribute(new Attribute("calendar", layout.calendar()));
        variables.define(
                "steady_mean",
                DataType.DOUBLE,
                "pressure metric",
                Map.of(
                        "long_name",
                        "mean of a metric since it is steady, in metric_units",
                        "coordinates",
                        "metric_units"));
        variables.define(
                "metric_tolerance",
                DataType.DOUBLE,
                "pressure metric",
                Map.of(
                        "long_name",
                        "change of a metric that is tolerated over the horizon, in metric_units",
                        "coordinates",
                        "metric_units"));
        for (String name : List.of("steady_since", "steady_mean", "metric_tolerance")) {
            file.findVariable(name).addAttribute(new Attribute("_FillValue", Double.NaN));
        }
    }

    private void probability(String name, String dimensions, String longName) {
        variables
                .define(
                        name,
                        DataType.FLOAT,
                        dimensions,
                        Map.of("long_name", longName, "units", "1"))
                .addAttribute(new Attribute("_FillValue", Float.NaN));
    }

    private void defineMaps() {
        variables.define(
                "map_temperature",
                DataType.FLOAT,
                "pressure lat lon",
                Map.of("standard_name", "air_temperature", "units", "K"));
        variables.define(
                "map_u",
                DataType.FLOAT,
                "pressure lat lon",
                Map.of("standard_name", "eastward_wind", "units", "m s-1"));
        variables.define(
                "map_v",
                DataType.FLOAT,
                "pressure lat lon",
                Map.of("standard_name", "northward_wind", "units", "m s-1"));
        variables.define(
                "map_time",
                DataType.DOUBLE,
                "pressure",
                Map.of(
                        "long_name",
                        "time of the latest map",
                        "standard_name",
                        "time",
                        "units",
                        layout.timeUnits(),
                        "calendar",
                        layout.calendar()));
        for (String name : List.of("map_temperature", "map_u", "map_v")) {
            file.findVariable(name).addAttribute(new Attribute("_FillValue", Float.NaN));
        }
        file.findVariable("map_time").addAttribute(new Attribute("_FillValue", Double.NaN));
    }

    private void fixed() throws IOException {
        RegularGrid grid = layout.grid();
        put("pressure", layout.pressure(), layout.levels());
        double[] lat = IntStream.range(0, grid.nlat()).mapToDouble(grid::latitude).toArray();
        double[] lon = IntStream.range(0, grid.nlon()).mapToDouble(grid::longitude).toArray();
        put("lat", lat, lat.length);
        put("lon", lon, lon.length);
        variables.names("regime_name", layout.regimes());
        variables.names(
                "metric_name", layout.metrics().stream().map(Results.Quantity::name).toList());
        variables.names(
                "metric_units", layout.metrics().stream().map(Results.Quantity::unit).toList());
    }

    private void put(String name, Object values, int... shape) throws IOException {
        variables.put(name, new int[shape.length], values, shape);
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
            variables.put("time", new int[] {row}, new double[] {values.time()}, 1);
            variables.put("probability", three, values.probability(), 1, levels, regimes);
            variables.put("nothing_recognised", two, values.nothing(), 1, levels);
            variables.put("unlike_training", two, values.unlike(), 1, levels);
            variables.put("gap", two, values.gap(), 1, levels);
            variables.put("metric_value", three, values.metrics(), 1, levels, metrics);
            variables.put("verdict", three, values.verdicts(), 1, levels, metrics);
            variables.put("level_verdict", two, values.levelVerdicts(), 1, levels);
            ColumnFile.put(variables, row, values.column());
            rows = Math.max(rows, row + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("results.nc: " + e.getMessage(), e);
        }
    }

    /** Replaces the column's part of an output time. */
    public void put(int row, ResultsRow.Column column) {
        try {
            ColumnFile.put(variables, row, column);
        } catch (IOException e) {
            throw new UncheckedIOException("results.nc: " + e.getMessage(), e);
        }
    }

    /** Replaces what is known of the column's metrics; without a name: nothing yet. */
    public void put(List<Results.Quantity> metrics, Results.Steady[] steady) {
        try {
            ColumnFile.put(variables, metrics, steady);
        } catch (IOException e) {
            throw new UncheckedIOException("results.nc: " + e.getMessage(), e);
        }
    }

    /** Replaces the latest map of a level. */
    public void put(LevelFields map) {
        int[] shape = {1, layout.grid().nlat(), layout.grid().nlon()};
        int[] origin = {map.level(), 0, 0};
        try {
            variables.put("map_temperature", origin, map.temperature(), shape);
            variables.put("map_u", origin, map.u(), shape);
            variables.put("map_v", origin, map.v(), shape);
            variables.put("map_time", new int[] {map.level()}, new double[] {map.time()}, 1);
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
