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
import ucar.ma2.DataType;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFile;
import ucar.nc2.NetcdfFileWriter;
import ucar.nc2.Variable;

/** An open {@code maps.nc}: CF, netCDF-3 with 64-bit offsets, a record per output. One thread. */
final class MapFile implements AutoCloseable {
    private static final String STRIDE = "stride";
    private static final int FIELDS = 4;

    private final ClassicFile file;
    private final int levels;
    private final RegularGrid grid;
    private final int stride;
    private final float[] none;
    private double lastTime;

    private MapFile(ClassicFile file, ResultsLayout layout, int stride, double lastTime) {
        this.file = file;
        this.levels = layout.levels();
        this.grid = layout.grid();
        this.stride = stride;
        this.lastTime = lastTime;
        none = new float[grid.size()];
        Arrays.fill(none, Float.NaN);
    }

    static long bytesPerOutput(ResultsLayout layout) {
        return (long) FIELDS * Float.BYTES * layout.levels() * layout.grid().size() + Double.BYTES;
    }

    /** Goes on with a file of the same levels and units; anything else is replaced. */
    static MapFile openOrCreate(Path path, ResultsLayout layout) throws IOException {
        if (!Files.exists(path)) {
            return create(path, layout, 1);
        }
        int stride = 0;
        double last = Double.NEGATIVE_INFINITY;
        try (NetcdfFile there = NetcdfFile.open(path.toString())) {
            NetcdfArrays arrays = new NetcdfArrays(path, there);
            Attribute every = there.findGlobalAttribute(STRIDE);
            boolean same =
                    every != null
                            && arrays.has("lapse")
                            && Arrays.equals(arrays.doubles("pressure"), layout.pressure())
                            && arrays.attribute("time", "units", "").equals(layout.timeUnits());
            double[] times = same ? arrays.doubles("time") : new double[0];
            stride = same ? every.getNumericValue().intValue() : 0;
            last = times.length == 0 ? last : times[times.length - 1];
        } catch (IOException | RuntimeException e) {
            stride = 0; // cut off when it was made
        }
        return stride == 0
                ? create(path, layout, 1)
                : new MapFile(ClassicFile.open(path), layout, stride, last);
    }

    static MapFile create(Path path, ResultsLayout layout, int stride) throws IOException {
        Files.deleteIfExists(path);
        NetcdfFileWriter header =
                NetcdfFileWriter.createNew(NetcdfFileWriter.Version.netcdf3, path.toString());
        header.setLargeFile(true);
        define(header, layout, stride);
        header.create();
        header.close();
        ClassicFile file = ClassicFile.open(path);
        RegularGrid grid = layout.grid();
        file.fixed("pressure", 0, layout.pressure());
        file.fixed("lat", 0, IntStream.range(0, grid.nlat()).mapToDouble(grid::latitude).toArray());
        file.fixed(
                "lon", 0, IntStream.range(0, grid.nlon()).mapToDouble(grid::longitude).toArray());
        return new MapFile(file, layout, stride, Double.NEGATIVE_INFINITY);
    }

    private static void define(NetcdfFileWriter file, ResultsLayout layout, int stride) {
        file.addUnlimitedDimension("time");
        file.addDimension(null, "pressure", layout.levels());
        file.addDimension(null, "lat", layout.grid().nlat());
        file.addDimension(null, "lon", layout.grid().nlon());
        variable(
                        file,
                        "time",
                        DataType.DOUBLE,
                        "time",
                        Map.of("standard_name", "time", "axis", "T"))
                .addAttribute(new Attribute("units", layout.timeUnits()));
        file.findVariable("time").addAttribute(new Attribute("calendar", layout.calendar()));
        variable(
                file,
                "pressure",
                DataType.DOUBLE,
                "pressure",
                Map.of(
                        "standard_name", "air_pressure",
                        "units", "Pa",
                        "positive", "down",
                        "axis", "Z"));
        variable(
                file,
                "lat",
                DataType.DOUBLE,
                "lat",
                Map.of("standard_name", "latitude", "units", "degrees_north", "axis", "Y"));
        variable(
                file,
                "lon",
                DataType.DOUBLE,
                "lon",
                Map.of(
                        "long_name", "longitude east of the substellar point",
                        "units", "degrees_east",
                        "axis", "X"));
        field(file, "temperature", Map.of("standard_name", "air_temperature", "units", "K"));
        field(file, "u", Map.of("standard_name", "eastward_wind", "units", "m s-1"));
        field(file, "v", Map.of("standard_name", "northward_wind", "units", "m s-1"));
        field(file, "lapse", Map.of("long_name", "derivative of T by ln(p)", "units", "K"));
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

    private static void field(NetcdfFileWriter file, String name, Map<String, String> attributes) {
        variable(file, name, DataType.FLOAT, "time pressure lat lon", attributes)
                .addAttribute(new Attribute("_FillValue", Float.NaN));
    }

    private static Variable variable(
            NetcdfFileWriter file,
            String name,
            DataType type,
            String dimensions,
            Map<String, String> attributes) {
        Variable variable = file.addVariable(null, name, type, dimensions);
        new java.util.TreeMap<>(attributes)
                .forEach((key, text) -> variable.addAttribute(new Attribute(key, text)));
        return variable;
    }

    /** Of the run's outputs, every how many one is kept. */
    int stride() {
        return stride;
    }

    int outputs() {
        return file.records();
    }

    /** Time of the last output; minus infinity if there is none. */
    double lastTime() {
        return lastTime;
    }

    void append(double time, List<LevelMap> maps) throws IOException {
        put("temperature", maps, LevelMap::temperature);
        put("u", maps, LevelMap::u);
        put("v", maps, LevelMap::v);
        put("lapse", maps, LevelMap::lapse);
        file.put("time", time);
        file.write(outputs());
        file.say();
        lastTime = time;
    }

    private void put(String name, List<LevelMap> maps, Function<LevelMap, float[]> field) {
        for (int level = 0; level < levels; level++) {
            LevelMap map = level < maps.size() ? maps.get(level) : null;
            float[] one = map == null ? null : field.apply(map);
            file.put(name, level * grid.size(), one == null ? none : one);
        }
    }

    /** Appends an output of another file of the same layout. */
    void copy(MapFile from, int at) throws IOException {
        file.copy(from.file, at);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
