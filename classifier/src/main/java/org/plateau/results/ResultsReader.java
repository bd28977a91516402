package org.plateau.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.plateau.netcdf.NetcdfInput;
import org.plateau.results.Results.LatestMaps;
import org.plateau.results.Results.Quantity;
import org.plateau.results.Results.Steady;
import org.plateau.results.Results.TimeAxis;
import ucar.nc2.Attribute;
import ucar.nc2.NetcdfFile;

/**
 * Reads a results file, finished or still being written. Three variables by level and metric may be
 * missing, as in files of earlier versions: {@code steady_since} (in the units of time), {@code
 * steady_mean} and {@code metric_tolerance} (in the metric's unit).
 */
public final class ResultsReader {
    private final NetcdfArrays file;
    private final int from;
    private final int to;

    private ResultsReader(NetcdfArrays file, int from, int to) {
        this.file = file;
        this.to = to;
        this.from = Math.min(from, to);
    }

    /**
     * Everything in the file.
     *
     * @throws ResultsException if it is missing or is no results file
     */
    public static Results read(Path path) {
        return read(path, 0);
    }

    /**
     * The outputs from number {@code from} (0-based) on, with the rest of the file.
     *
     * @throws ResultsException if it is missing or is no results file
     */
    public static Results read(Path path, int from) {
        try (NetcdfFile netcdf = open(path)) {
            NetcdfArrays file = new NetcdfArrays(path, netcdf);
            ResultsReader reader = new ResultsReader(file, from, file.length("time"));
            return reader.results(netcdf, reader.maps());
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /**
     * Everything in the file but the maps, {@code chunk} outputs at a time, so that a history of
     * any length takes little memory; once with none if there is no output.
     *
     * @throws ResultsException if it is missing or is no results file
     */
    public static void each(Path path, int chunk, Consumer<Results> taker) {
        try (NetcdfFile netcdf = open(path)) {
            NetcdfArrays file = new NetcdfArrays(path, netcdf);
            int outputs = file.length("time");
            int from = 0;
            do {
                int to = Math.min(outputs, from + chunk);
                taker.accept(new ResultsReader(file, from, to).results(netcdf, null));
                from = to;
            } while (from < outputs);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static NetcdfFile open(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new ResultsException(
                    path
                            + ": expected a results file, found none; name a run directory or a"
                            + " results.nc");
        }
        return NetcdfInput.open(path);
    }

    private static ResultsException unreadable(Path path, IOException e) {
        String message = String.valueOf(e.getMessage());
        return new ResultsException(
                message.startsWith(path.toString())
                        ? message
                        : path + ": expected a netCDF results file, found " + message,
                e);
    }

    private Results results(NetcdfFile netcdf, LatestMaps maps) throws IOException {
        List<String> metrics = file.names("metric_name");
        List<String> units = file.names("metric_units");
        List<Quantity> quantities = new ArrayList<>();
        for (int m = 0; m < metrics.size(); m++) {
            quantities.add(new Quantity(metrics.get(m), units.get(m)));
        }
        return new Results(
                time(),
                file.doubles("pressure"),
                file.names("regime_name"),
                List.copyOf(quantities),
                file.floats3("probability", from, to),
                file.floats2("nothing_recognised", from, to),
                file.floats2("unlike_training", from, to),
                file.bytes2("gap", from, to),
                file.meanings("gap"),
                file.doubles3("metric_value", from, to),
                file.bytes3("verdict", from, to),
                file.bytes2("level_verdict", from, to),
                file.meanings("level_verdict"),
                ColumnFile.read(file, from, to),
                steady(metrics.size()),
                maps,
                attributes(netcdf));
    }

    private TimeAxis time() throws IOException {
        return new TimeAxis(
                file.doubles("time", from, to),
                file.attribute("time", "units", "1"),
                file.attribute("time", "calendar", "standard"));
    }

    private Steady[][] steady(int metrics) throws IOException {
        int levels = file.doubles("pressure").length;
        double[] since = optional("steady_since", levels * metrics);
        double[] mean = optional("steady_mean", levels * metrics);
        double[] tolerance = optional("metric_tolerance", levels * metrics);
        Steady[][] steady = new Steady[levels][metrics];
        for (int i = 0; i < since.length; i++) {
            steady[i / metrics][i % metrics] = new Steady(since[i], mean[i], tolerance[i]);
        }
        return steady;
    }

    private double[] optional(String name, int length) throws IOException {
        if (file.has(name)) {
            return file.doubles(name);
        }
        double[] unknown = new double[length];
        Arrays.fill(unknown, Double.NaN);
        return unknown;
    }

    private LatestMaps maps() throws IOException {
        if (!file.has("map_temperature")) {
            return null;
        }
        return new LatestMaps(
                file.doubles("lat"),
                file.doubles("lon"),
                file.doubles("map_time"),
                file.rows("map_temperature"),
                file.rows("map_u"),
                file.rows("map_v"));
    }

    private static Map<String, String> attributes(NetcdfFile netcdf) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Attribute attribute : netcdf.getGlobalAttributes()) {
            if (attribute.isString()) {
                attributes.put(attribute.getShortName(), attribute.getStringValue());
            }
        }
        return Map.copyOf(attributes);
    }
}
