package org.plateau.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.field.VerticalGradient;
import org.plateau.grid.Regridder;
import org.plateau.grid.SourceGrid;
import org.plateau.netcdf.NetcdfInput;
import org.plateau.network.NetworkGrid;
import ucar.ma2.Array;
import ucar.ma2.InvalidRangeException;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFile;
import ucar.nc2.Variable;

/**
 * Reads runs of minigcm: {@code T}, {@code u}, {@code v} of shape (time, lev, lat, lon), pressure
 * in {@code lev}, and the planet in global attributes.
 */
public final class RunReader {

    private static final String ENDING = ".nc";

    private RunReader() {}

    /** The run files under a directory, sorted by path; restart files are left out. */
    public static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> path.getFileName().toString().endsWith(ENDING))
                    .filter(path -> !path.getFileName().toString().contains("restart"))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads one run.
     *
     * @param times how many output times to take; they lie closer together near the start, where a
     *     run changes fastest
     * @throws IOException naming the file, if it is not such a run
     */
    public static TrainingRun read(Path file, int times) throws IOException {
        try (NetcdfFile data = NetcdfInput.open(file)) {
            String name = file.getFileName().toString();
            PlanetScales scales =
                    new PlanetScales(
                            number(data, "planet_radius"),
                            number(data, "rotation_rate"),
                            number(data, "gravity_wave_speed"),
                            number(data, "gas_constant"),
                            number(data, "heat_capacity"));
            return new TrainingRun(
                    name.substring(0, name.length() - ENDING.length()),
                    attribute(data, "preset").getStringValue(),
                    scales,
                    maps(data, times));
        } catch (InvalidRangeException | IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static List<LevelMap> maps(NetcdfFile data, int times)
            throws IOException, InvalidRangeException {
        double[] pressure = values(data, "lev");
        Regridder regridder =
                Regridder.between(
                        new SourceGrid.Rectilinear(values(data, "lat"), values(data, "lon")),
                        NetworkGrid.GRID,
                        number(data, "substellar_longitude"));
        List<LevelMap> maps = new ArrayList<>();
        for (int time : choice(variable(data, "T").getShape(0), times)) {
            float[][] t = levels(data, "T", time);
            float[][] u = levels(data, "u", time);
            float[][] v = levels(data, "v", time);
            float[][] temperature = new float[t.length][];
            for (int k = 0; k < t.length; k++) {
                temperature[k] = regridder.scalar(t[k]);
            }
            for (int k = 0; k < t.length; k++) {
                float[][] wind = regridder.wind(u[k], v[k]);
                maps.add(
                        new LevelMap(
                                NetworkGrid.GRID,
                                pressure[k],
                                temperature[k],
                                wind[0],
                                wind[1],
                                VerticalGradient.at(pressure, temperature, k)));
            }
        }
        return maps;
    }

    /** Indices that grow as the square of their place, the last always among them. */
    static Set<Integer> choice(int available, int wanted) {
        Set<Integer> chosen = new TreeSet<>();
        for (int k = 1; k <= wanted; k++) {
            double place = (double) k / wanted;
            chosen.add((int) Math.max(0, Math.ceil(place * place * available) - 1));
        }
        return chosen;
    }

    private static float[][] levels(NetcdfFile data, String name, int time)
            throws IOException, InvalidRangeException {
        Variable variable = variable(data, name);
        int[] shape = variable.getShape();
        int[] origin = {time, 0, 0, 0};
        shape[0] = 1;
        Array values = variable.read(origin, shape);
        float[] all = (float[]) values.get1DJavaArray(float.class);
        int size = shape[2] * shape[3];
        float[][] levels = new float[shape[1]][];
        for (int k = 0; k < shape[1]; k++) {
            levels[k] = java.util.Arrays.copyOfRange(all, k * size, (k + 1) * size);
        }
        return levels;
    }

    private static double[] values(NetcdfFile data, String name) throws IOException {
        return (double[]) variable(data, name).read().get1DJavaArray(double.class);
    }

    private static Variable variable(NetcdfFile data, String name) throws IOException {
        Variable variable = data.findVariable(name);
        if (variable == null) {
            throw new IOException(data.getLocation() + ": expected a variable " + name);
        }
        return variable;
    }

    private static double number(NetcdfFile data, String name) throws IOException {
        return attribute(data, name).getNumericValue().doubleValue();
    }

    private static Attribute attribute(NetcdfFile data, String name) throws IOException {
        Attribute attribute = data.findGlobalAttribute(name);
        if (attribute == null) {
            throw new IOException(
                    data.getLocation()
                            + ": expected a global attribute "
                            + name
                            + " as minigcm writes it");
        }
        return attribute;
    }
}
