package org.plateau.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.plateau.grid.RegularGrid;
import ucar.nc2.NetcdfFileWriter;

/**
 * Writes {@code results.nc}: netCDF-3 with 64-bit offsets, one record per output time. A record's
 * data are in the file before its number of records says so, so that the file is whole whenever the
 * process dies. One thread.
 */
public final class ResultsWriter implements AutoCloseable {
    private final ClassicFile file;
    private final ResultsLayout layout;

    private ResultsWriter(ClassicFile file, ResultsLayout layout) {
        this.file = file;
        this.layout = layout;
    }

    /** Makes a new file; one that is there is replaced. */
    public static ResultsWriter create(Path path, ResultsLayout layout) {
        try {
            NetcdfFileWriter header =
                    NetcdfFileWriter.createNew(NetcdfFileWriter.Version.netcdf3, path.toString());
            header.setLargeFile(true);
            header.setFill(true);
            new ResultsHeader(header, layout).define();
            header.create();
            header.close();
            ResultsWriter writer = new ResultsWriter(ClassicFile.open(path), layout);
            writer.fixed();
            return writer;
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    private void fixed() throws IOException {
        RegularGrid grid = layout.grid();
        file.fixed("pressure", 0, layout.pressure());
        file.fixed("lat", 0, IntStream.range(0, grid.nlat()).mapToDouble(grid::latitude).toArray());
        file.fixed(
                "lon", 0, IntStream.range(0, grid.nlon()).mapToDouble(grid::longitude).toArray());
        file.fixed("regime_name", NetcdfVariables.names(layout.regimes()));
        file.fixed(
                "metric_name",
                NetcdfVariables.names(
                        layout.metrics().stream().map(Results.Quantity::name).toList()));
        file.fixed(
                "metric_units",
                NetcdfVariables.names(
                        layout.metrics().stream().map(Results.Quantity::unit).toList()));
    }

    private interface Write {
        void run() throws IOException;
    }

    private static void write(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException("results.nc: " + e.getMessage(), e);
        }
    }

    /** Number of output times in the file. */
    public int rows() {
        return file.records();
    }

    /** Appends an output time, or replaces one if {@code row} is less than {@link #rows()}. */
    public void put(int row, ResultsRow values) {
        file.put("time", values.time());
        file.put("probability", values.probability());
        file.put("nothing_recognised", values.nothing());
        file.put("unlike_training", values.unlike());
        file.put("gap", values.gap());
        file.put("metric_value", values.metrics());
        file.put("verdict", values.verdicts());
        file.put("level_verdict", values.levelVerdicts());
        ColumnFile.put(file, values.column());
        write(() -> file.write(row));
    }

    /** Replaces the column's part of an output time. */
    public void put(int row, ResultsRow.Column column) {
        write(() -> ColumnFile.replace(file, row, column));
    }

    /** Replaces what is known of the column's metrics; without a name: nothing yet. */
    public void put(List<Results.Quantity> metrics, Results.Steady[] steady) {
        write(() -> ColumnFile.put(file, metrics, steady));
    }

    /** Replaces the latest map of a level. */
    public void put(LevelFields map) {
        int at = map.level() * layout.grid().size();
        write(
                () -> {
                    file.fixed("map_temperature", at, map.temperature());
                    file.fixed("map_u", at, map.u());
                    file.fixed("map_v", at, map.v());
                    file.fixed("map_time", map.level(), map.time());
                });
    }

    /** Replaces what is known of the steady parts; [level][metric]. */
    public void put(Results.Steady[][] steady) {
        write(
                () -> {
                    file.fixed("steady_since", 0, numbers(steady, Results.Steady::since));
                    file.fixed("steady_mean", 0, numbers(steady, Results.Steady::mean));
                    file.fixed("metric_tolerance", 0, numbers(steady, Results.Steady::tolerance));
                });
    }

    private static double[] numbers(
            Results.Steady[][] steady, ToDoubleFunction<Results.Steady> number) {
        return Arrays.stream(steady).flatMap(Arrays::stream).mapToDouble(number).toArray();
    }

    /** Makes what was put visible to readers. */
    public void flush() {
        write(file::say);
    }

    @Override
    public void close() {
        write(file::close);
    }
}
