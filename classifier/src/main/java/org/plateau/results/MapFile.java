package org.plateau.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.plateau.field.LevelMap;
import org.plateau.grid.RegularGrid;
import ucar.ma2.Array;
import ucar.ma2.DataType;
import ucar.ma2.InvalidRangeException;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFileWriter;
import ucar.nc2.Variable;

/** An open {@code maps.nc}: CF, netCDF-3 with 64-bit offsets, a record per output. One thread. */
final class MapFile implements AutoCloseable {
    private static final String STRIDE = "stride";
    private static final List<String> FIELDS = List.of("temperature", "u", "v", "lapse");

    private final NetcdfFileWriter file;
    private final int levels;
    private final RegularGrid grid;
    private final int stride;
    private int outputs;
    private double lastTime = Double.NEGATIVE_INFINITY;

    private MapFile(NetcdfFileWriter file, ResultsLayout layout, int stride) {
        this.file = file;
        this.levels = layout.levels();
        this.grid = layout.grid();
        this.stride = stride;
    }

    static long bytesPerOutput(ResultsLayout layout) {
        return (long) FIELDS.size() * Float.BYTES * layout.levels() * layout.grid().size()
                + Double.BYTES;
    }

    /** Goes on with a file of the same levels and units; anything else is replaced. */
    static MapFile openOrCreate(Path path, ResultsLayout layout)
            throws IOException, InvalidRangeException {
        if (!Files.exists(path)) {
            return create(path, layout, 1);
        }
        NetcdfFileWriter file;
        try {
            file = NetcdfFileWriter.openExisting(path.toString());
        } catch (IOException | RuntimeException e) {
            return create(path, layout, 1); // cut off when it was made
        }
        NetcdfArrays arrays = new NetcdfArrays(path, file.getNetcdfFile());
        Attribute every = file.getNetcdfFile().findGlobalAttribute(STRIDE);
        boolean same =
                every != null
                        && arrays.has("lapse")
                        && Arrays.equals(arrays.doubles("pressure"), layout.pressure())
                        && arrays.attribute("time", "units", "").equals(layout.timeUnits());
        if (!same) {
            file.close();
            return create(path, layout, 1);
        }
        MapFile maps = new MapFile(file, layout, every.getNumericValue().intValue());
        double[] times = arrays.doubles("time");
        maps.outputs = times.length;
        maps.lastTime = times.length == 0 ? maps.lastTime : times[times.length - 1];
        return maps;
    }

    static MapFile create(Path path, ResultsLayout layout, int stride)
            throws IOException, InvalidRangeException {
        Files.deleteIfExists(path);
        NetcdfFileWriter file =
                NetcdfFileWriter.createNew(NetcdfFileWriter.Version.netcdf3, path.toString());
        file.setLargeFile(true);
        MapFile maps = new MapFile(file, layout, stride);
        maps.define(layout);
        file.create();
        maps.fixed(layout);
        file.flush();
        return maps;
    }

    private void define(ResultsLayout layout) {
        file.addUnlimitedDimension("time");
        file.addDimension(null, "pressure", levels);
        file.addDimension(null, "lat", grid.nlat());
        file.addDimension(null, "lon", grid.nlon());
        variable("time", DataType.DOUBLE, "time", Map.of("standard_name", "time", "axis", "T"))
                .addAttribute(new Attribute("units", layout.timeUnits()));
        file.findVariable("time").addAttribute(new Attribute("calendar", layout.calendar()));
        variable(
                "pressure",
                DataType.DOUBLE,
                "pressure",
                Map.of(
                        "standard_name", "air_pressure",
                        "units", "Pa",
                        "positive", "down",
                        "axis", "Z"));
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
        field("temperature", Map.of("standard_name", "air_temperature", "units", "K"));
        field("u", Map.of("standard_name", "eastward_wind", "units", "m s-1"));
        field("v", Map.of("standard_name", "northward_wind", "units", "m s-1"));
        field("lapse", Map.of("long_name", "derivative of T by ln(p)", "units", "K"));
        file.addGroupAttribute(null, new Attribute("Conventions", "CF-1.10"));
        file.addGroupAttribute(null, new Attribute(STRIDE, stride));
        file.addGroupAttribute(
                null,
                new Attribute(
                        "comment",
                        "maps on the network's grid; of the run's outputs every "
                                + STRIDE
                                + "-th is kept"));
    }

    private void field(String name, Map<String, String> attributes) {
        variable(name, DataType.FLOAT, "time pressure lat lon", attributes)
                .addAttribute(new Attribute("_FillValue", Float.NaN));
    }

    private Variable variable(
            String name, DataType type, String dimensions, Map<String, String> attributes) {
        Variable variable = file.addVariable(null, name, type, dimensions);
        new java.util.TreeMap<>(attributes)
                .forEach((key, text) -> variable.addAttribute(new Attribute(key, text)));
        return variable;
    }

    private void fixed(ResultsLayout layout) throws IOException, InvalidRangeException {
        double[] lat = IntStream.range(0, grid.nlat()).mapToDouble(grid::latitude).toArray();
        double[] lon = IntStream.range(0, grid.nlon()).mapToDouble(grid::longitude).toArray();
        write("pressure", 0, layout.pressure(), levels);
        write("lat", 0, lat, lat.length);
        write("lon", 0, lon, lon.length);
    }

    /** Of the run's outputs, every how many one is kept. */
    int stride() {
        return stride;
    }

    int outputs() {
        return outputs;
    }

    /** Time of the last output; minus infinity if there is none. */
    double lastTime() {
        return lastTime;
    }

    void append(double time, List<LevelMap> maps) throws IOException, InvalidRangeException {
        write("temperature", outputs, all(maps, LevelMap::temperature), shape());
        write("u", outputs, all(maps, LevelMap::u), shape());
        write("v", outputs, all(maps, LevelMap::v), shape());
        write("lapse", outputs, all(maps, LevelMap::lapse), shape());
        end(time);
    }

    /** Appends an output of another file of the same layout. */
    void copy(MapFile from, int at) throws IOException, InvalidRangeException {
        int[] origin = {at, 0, 0, 0};
        for (String name : FIELDS) {
            Array values = from.file.findVariable(name).read(origin, shape());
            write(name, outputs, values.copyTo1DJavaArray(), shape());
        }
        Variable time = from.file.findVariable("time");
        end(time.read(new int[] {at}, new int[] {1}).getDouble(0));
    }

    private void end(double time) throws IOException, InvalidRangeException {
        write("time", outputs, new double[] {time}, 1);
        file.flush();
        lastTime = time;
        outputs++;
    }

    private int[] shape() {
        return new int[] {1, levels, grid.nlat(), grid.nlon()};
    }

    private float[] all(List<LevelMap> maps, Function<LevelMap, float[]> field) {
        float[] values = MapHistory.missing(levels * grid.size());
        for (int level = 0; level < maps.size(); level++) {
            float[] one = maps.get(level) == null ? null : field.apply(maps.get(level));
            if (one != null) {
                System.arraycopy(one, 0, values, level * grid.size(), grid.size());
            }
        }
        return values;
    }

    private void write(String name, int record, Object values, int... shape)
            throws IOException, InvalidRangeException {
        Variable variable = file.findVariable(name);
        int[] origin = new int[shape.length];
        origin[0] = record;
        file.write(variable, origin, Array.factory(variable.getDataType(), shape, values));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
