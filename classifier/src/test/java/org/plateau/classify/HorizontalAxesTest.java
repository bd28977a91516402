package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.plateau.classify.AxesRun.COLUMNS;
import static org.plateau.classify.AxesRun.ROWS;
import static org.plateau.classify.AxesRun.assertAll;
import static org.plateau.classify.AxesRun.even;
import static org.plateau.classify.AxesRun.fields;
import static org.plateau.classify.AxesRun.filled;
import static org.plateau.classify.AxesRun.latLon;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.assembly.ModelFile;
import org.plateau.classify.AxesRun.Value;
import org.plateau.message.ElementType;
import org.plateau.results.Results;
import org.plateau.results.ResultsReader;

/** The horizontal grids that models write on, from their records to the maps in the results. */
class HorizontalAxesTest {
    @TempDir private Path folder;
    private int runs;

    private Results classify(ModelFile file, String settings) throws IOException {
        Path run = folder.resolve("run" + ++runs);
        AxesRun.classify(run, file, settings);
        return ResultsReader.read(run.resolve("results.nc"));
    }

    /** A rotated pole, given as CF does it and by latitudes and longitudes of two dimensions. */
    @Test
    void windsAlongARotatedGridAreTurned() throws IOException {
        for (boolean mapping : new boolean[] {true, false}) {
            Results results = classify(rotated(mapping), "");
            for (int k = 0; k < 36 * 72; k++) {
                double lat = Math.toRadians(-87.5 + k / 72 * 5);
                assertEquals(100 * Math.cos(lat), results.maps().u()[0][k], 3, "u " + mapping);
                assertEquals(0, results.maps().v()[0][k], 3, "v " + mapping);
            }
        }
    }

    /** Solid-body rotation about the true pole, along the rows and columns of a tilted grid. */
    private static ModelFile rotated(boolean mapping) {
        int rows = 60;
        int columns = 120;
        double tilt = Math.toRadians(30);
        double[] rlat = even(-88.5, 3, rows);
        double[] rlon = even(-178.5, 3, columns);
        int cells = rows * columns;
        double[] lat = new double[cells];
        double[] lon = new double[cells];
        double[] u = new double[cells];
        double[] v = new double[cells];
        for (int k = 0; k < cells; k++) {
            double phi = Math.toRadians(rlat[k / columns]);
            double lambda = Math.toRadians(rlon[k % columns]);
            // CF: the rotated pole at 60 N, 180 E; the rotated origin at 30 N, 0 E
            double x = Math.cos(phi) * Math.cos(lambda);
            double y = Math.cos(phi) * Math.sin(lambda);
            double z = Math.sin(phi);
            double trueX = x * Math.cos(tilt) - z * Math.sin(tilt);
            double trueZ = x * Math.sin(tilt) + z * Math.cos(tilt);
            lat[k] = Math.toDegrees(Math.asin(trueZ));
            lon[k] = Math.toDegrees(Math.atan2(y, trueX));
            // velocity = 100 m/s times (0, 0, 1) x position, in the rotated frame
            double[] axis = {Math.sin(tilt), 0, Math.cos(tilt)};
            double vx = 100 * (axis[1] * z - axis[2] * y);
            double vy = 100 * (axis[2] * x - axis[0] * z);
            double vz = 100 * (axis[0] * y - axis[1] * x);
            u[k] = -Math.sin(lambda) * vx + Math.cos(lambda) * vy;
            v[k] =
                    -Math.sin(phi) * Math.cos(lambda) * vx
                            - Math.sin(phi) * Math.sin(lambda) * vy
                            + Math.cos(phi) * vz;
        }
        ModelFile file =
                new ModelFile(1, "/r/out.nc")
                        .axis("lev", new double[] {100}, "units", "hPa")
                        .axis("rlat", rlat, "standard_name", "grid_latitude", "units", "degrees")
                        .axis("rlon", rlon, "standard_name", "grid_longitude", "units", "degrees");
        if (mapping) {
            file.variable(
                            "pole",
                            ElementType.INT,
                            "",
                            "grid_mapping_name",
                            "rotated_latitude_longitude",
                            "grid_north_pole_latitude",
                            60,
                            "grid_north_pole_longitude",
                            180)
                    .put("pole", 0.0);
        } else {
            file.variable("lat", ElementType.DOUBLE, "rlat rlon", "units", "degrees_north")
                    .put("lat", lat)
                    .variable("lon", ElementType.DOUBLE, "rlat rlon", "units", "degrees_east")
                    .put("lon", lon);
        }
        String over = "time lev rlat rlon";
        Object[] with = mapping ? new Object[] {"grid_mapping", "pole"} : new Object[0];
        file.variable("T", ElementType.FLOAT, over, with);
        file.variable("u", ElementType.FLOAT, over, with(with, "x_wind"));
        file.variable("v", ElementType.FLOAT, over, with(with, "y_wind"));
        file.variable("time", ElementType.DOUBLE, "time", "units", "days since 2000-01-01");
        return file.put("T", 0, filled(1, cells, (l, k) -> 1000))
                .put("u", 0, u)
                .put("v", 0, v)
                .put("time", 0, 1.0);
    }

    private static Object[] with(Object[] attributes, String standardName) {
        Object[] all = Arrays.copyOf(attributes, attributes.length + 2);
        all[attributes.length] = "standard_name";
        all[attributes.length + 1] = standardName;
        return all;
    }

    /** Each wind on a grid of its own, half a step away, as on an Arakawa C grid. */
    @Test
    void staggeredWindsAreTaken() throws IOException {
        ModelFile file =
                latLon().axis("lev", new double[] {100}, "units", "hPa")
                        .axis("lon_u", even(0, 10, COLUMNS), "units", "degrees_east")
                        .axis("lat_v", even(-90, 10, ROWS + 1), "units", "degrees_north");
        file.variable("T", ElementType.FLOAT, "time lev lat lon")
                .variable("u", ElementType.FLOAT, "time lev lat lon_u")
                .variable("v", ElementType.FLOAT, "time lev lat_v lon")
                .variable("time", ElementType.DOUBLE, "time", "units", "days since 2000-01-01");
        double[] u = filled(ROWS, COLUMNS, (i, j) -> 100 * Math.cos(Math.toRadians(-85 + 10 * i)));
        file.put("T", 0, filled(ROWS, COLUMNS, (i, j) -> 1000))
                .put("u", 0, u)
                .put("v", 0, filled(ROWS + 1, COLUMNS, (i, j) -> 0))
                .put("time", 0, 1.0);
        Results results = classify(file, "");
        for (int k = 0; k < 36 * 72; k++) {
            double lat = Math.toRadians(-87.5 + k / 72 * 5);
            assertEquals(100 * Math.cos(lat), results.maps().u()[0][k], 2);
        }
    }

    @Test
    void theSubstellarPointMovesWithTheVariableThatSaysWhereItIs() throws IOException {
        ModelFile file = latLon().axis("lev", new double[] {100}, "units", "hPa");
        fields(file, "lat lon")
                .variable("subsolar", ElementType.DOUBLE, "time", "units", "degrees_east");
        for (int r = 0; r < 3; r++) {
            double place = 40 + 90 * r;
            Value t =
                    (k, cell) -> 1000 + 100 * Math.cos(Math.toRadians(5 + cell % 36 * 10 - place));
            file.put("T", r, filled(1, ROWS * COLUMNS, t))
                    .put("u", r, filled(1, ROWS * COLUMNS, (k, cell) -> 1))
                    .put("v", r, filled(1, ROWS * COLUMNS, (k, cell) -> 0))
                    .put("time", r, r + 1.0)
                    .put("subsolar", r, place);
        }
        Results results = classify(file, "input: {substellarLongitude: subsolar}");
        assertEquals(3, results.outputs());
        float[] map = results.maps().temperature()[0];
        for (int j = 0; j < 72; j++) {
            double lon = Math.toRadians(-177.5 + 5 * j);
            assertEquals(1000 + 100 * Math.cos(lon), map[18 * 72 + j], 2);
        }
    }

    /** Missing values: a few are filled, too many make a gap that says so. */
    @Test
    void smallHolesAreFilledAndLargeOnesMakeAGap() throws IOException {
        ModelFile file = latLon().axis("lev", new double[] {10, 100}, "units", "hPa");
        for (String name : List.of("T", "u", "v")) {
            file.variable(name, ElementType.FLOAT, "time lev lat lon", "_FillValue", 1e20);
        }
        file.variable("time", ElementType.DOUBLE, "time", "units", "days since 2000-01-01");
        int cells = ROWS * COLUMNS;
        Value t = (k, cell) -> k == 0 && cell == 300 || k == 1 && cell < cells / 3 ? 1e20 : 1000;
        file.put("T", 0, filled(2, cells, t))
                .put("u", 0, filled(2, cells, (k, cell) -> 10))
                .put("v", 0, filled(2, cells, (k, cell) -> 0))
                .put("time", 0, 1.0);
        Results results = classify(file, "");
        assertEquals("labelled", gap(results, 0));
        assertAll(1000, results.maps().temperature()[0], 1e-3);
        assertEquals("too_many_missing_values", gap(results, 1));
    }

    private static String gap(Results results, int level) {
        return results.gapReasons().get(results.gap()[0][level]);
    }
}
