package org.plateau.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.plateau.field.LevelMap;
import org.plateau.grid.RegularGrid;
import ucar.ma2.InvalidRangeException;
import ucar.nc2.NetcdfFile;

/**
 * The maps of past times in {@code maps.nc}, read one at a time; the file may be written meanwhile.
 * For any number of threads.
 */
public final class MapArchive {
    public static final String NAME = "maps.nc";

    private static final double SAME_LEVEL = 1e-6;

    private final Path file;

    public MapArchive(Path file) {
        this.file = file;
    }

    /**
     * A map and the time of its output.
     *
     * @param time in the units of the results
     */
    public record Kept(double time, LevelMap map) {}

    /** Times of which maps are kept, rising; none if there is no such file. */
    public double[] times() {
        try (NetcdfFile netcdf = open()) {
            return netcdf == null ? new double[0] : new NetcdfArrays(file, netcdf).doubles("time");
        } catch (IOException e) {
            return new double[0];
        }
    }

    /**
     * The map of a level whose time is nearest; empty if none is kept.
     *
     * @param pressure of the level, Pa
     * @param time in the units of the results
     */
    public Optional<Kept> nearest(double pressure, double time) {
        try (NetcdfFile netcdf = open()) {
            if (netcdf == null) {
                return Optional.empty();
            }
            NetcdfArrays arrays = new NetcdfArrays(file, netcdf);
            int level = level(arrays.doubles("pressure"), pressure);
            double[] times = arrays.doubles("time");
            int at = nearest(netcdf, times, level, time);
            return at < 0
                    ? Optional.empty()
                    : Optional.of(new Kept(times[at], map(netcdf, arrays, at, level, pressure)));
        } catch (IOException | InvalidRangeException e) {
            return Optional.empty(); // being replaced just now, or not whole
        }
    }

    private NetcdfFile open() throws IOException {
        return Files.isRegularFile(file) ? NetcdfFile.open(file.toString()) : null;
    }

    private static int level(double[] pressures, double wanted) {
        for (int k = 0; k < pressures.length; k++) {
            if (Math.abs(pressures[k] / wanted - 1) < SAME_LEVEL) {
                return k;
            }
        }
        return -1;
    }

    /** The nearest time at which the level is no gap. */
    private static int nearest(NetcdfFile netcdf, double[] times, int level, double wanted)
            throws IOException, InvalidRangeException {
        Integer[] order = new Integer[level < 0 ? 0 : times.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, java.util.Comparator.comparingDouble(i -> distance(times[i], wanted)));
        for (int at : order) {
            float first =
                    netcdf.findVariable("temperature")
                            .read(new int[] {at, level, 0, 0}, new int[] {1, 1, 1, 1})
                            .getFloat(0);
            if (!Float.isNaN(first)) {
                return at;
            }
        }
        return -1;
    }

    private static double distance(double time, double wanted) {
        return Double.isInfinite(wanted) ? -time : Math.abs(time - wanted);
    }

    private static LevelMap map(
            NetcdfFile netcdf, NetcdfArrays arrays, int at, int level, double pressure)
            throws IOException, InvalidRangeException {
        RegularGrid grid = new RegularGrid(arrays.length("lat"), arrays.length("lon"));
        float[] lapse = field(netcdf, "lapse", at, level, grid);
        return new LevelMap(
                grid,
                pressure,
                field(netcdf, "temperature", at, level, grid),
                field(netcdf, "u", at, level, grid),
                field(netcdf, "v", at, level, grid),
                Float.isNaN(lapse[0]) ? null : lapse);
    }

    private static float[] field(
            NetcdfFile netcdf, String name, int at, int level, RegularGrid grid)
            throws IOException, InvalidRangeException {
        return (float[])
                netcdf.findVariable(name)
                        .read(
                                new int[] {at, level, 0, 0},
                                new int[] {1, 1, grid.nlat(), grid.nlon()})
                        .copyTo1DJavaArray();
    }
}
