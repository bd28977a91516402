package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.assembly.ModelFile;
import org.plateau.assembly.Outcome;
import org.plateau.message.ElementType;
import org.plateau.network.Devices;
import org.plateau.results.Results;
import org.plateau.results.ResultsReader;
import org.plateau.settings.SettingsFile;

/** The axes that models write on, from their records to the maps in the results. */
class AxesTest {
    private static final int ROWS = 18;
    private static final int COLUMNS = 36;

    @TempDir private Path folder;
    private int runs;

    private Results classify(ModelFile file, String settings) throws IOException {
        Path run = folder.resolve("run" + ++runs);
        String text =
                "run: {directory: "
                        + run
                        + "}\nclassify: {sync: false, labels: computed}\n"
                        + settings;
        try (Classifier classifier =
                new Classifier(
                        ClassifierSettings.read(SettingsFile.parse("test.yaml", text)),
                        new MemoryInbox(file.records()),
                        new Devices(List.of(new ComputedEngine())),
                        false,
                        Clock.systemUTC())) {
            ClassifierRun.untilDone(classifier, () -> true);
            assertEquals(0, classifier.account().total().pending());
            orphans = classifier.account().total().of(Outcome.ORPHAN);
        }
        return ResultsReader.read(run.resolve("results.nc"));
    }

    private long orphans;

    private static double[] even(double from, double step, int n) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> from + i * step);
        return values;
    }

    private static ModelFile latLon() {
        return new ModelFile(1, "/r/out.nc")
                .axis("lat", even(-85, 10, ROWS), "units", "degrees_north")
                .axis("lon", even(5, 10, COLUMNS), "units", "degrees_east");
    }

    private static ModelFile fields(ModelFile file, String horizontal) {
        for (String name : List.of("T", "u", "v")) {
            file.variable(name, ElementType.FLOAT, "time lev " + horizontal);
        }
        return file.variable("time", ElementType.DOUBLE, "time", "units", "days since 2000-01-01");
    }

    private interface Value {
        double at(int level, int cell);
    }

    private static double[] filled(int levels, int cells, Value value) {
        double[] all = new double[levels * cells];
        Arrays.setAll(all, k -> value.at(k / cells, k % cells));
        return all;
    }

    private static void assertAll(double expected, float[] map, double tolerance) {
        for (float value : map) {
            assertEquals(expected, value, tolerance);
        }
    }

    /** Temperature linear in ln(p), so that it is known at every pressure. */
    private static double temperature(double pressure) {
        return 1000 + 50 * Math.log(pressure / 1e4);
    }

    private static double surface(int cell) {
        return 1e5 * (1 + 0.2 * Math.cos(Math.toRadians(cell % COLUMNS * 10)));
    }

    private static ModelFile hybrid(String units, boolean withSurface) {
        double[] a = {0.02, 0.05, 0.1, 0.05, 0};
        double[] b = {0, 0.05, 0.2, 0.6, 1};
        ModelFile file =
                latLon().axis(
                                "lev",
                                new double[] {20, 100, 300, 650, 1000},
                                "units",
                                units,
                                "standard_name",
                                "atmosphere_hybrid_sigma_pressure_coordinate",
                                "formula_terms",
                                "a: hyam b: hybm p0: P0 ps: PS")
                        .variable("hyam", ElementType.DOUBLE, "lev")
                        .variable("hybm", ElementType.DOUBLE, "lev")
                        .variable("P0", ElementType.DOUBLE, "", "units", "Pa")
                        .variable("PS", ElementType.FLOAT, "time lat lon", "units", "Pa");
        fields(file, "lat lon").put("hyam", a).put("hybm", b).put("P0", 1e5);
        int cells = ROWS * COLUMNS;
        for (int r = 0; r < 3; r++) {
            Value t = (k, cell) -> temperature(a[k] * 1e5 + b[k] * surface(cell));
            file.put("T", r, filled(5, cells, t));
            file.put("u", r, filled(5, cells, (k, cell) -> 100));
            if (withSurface) {
                file.put("PS", r, filled(1, cells, (k, cell) -> surface(cell)));
            }
            file.put("v", r, filled(5, cells, (k, cell) -> 0)).put("time", r, r + 1.0);
        }
        return file;
    }

    @Test
    void hybridLevelsAreBroughtToConstantPressures() throws IOException {
        Results results = classify(hybrid("level", true), "levels: {use: [50 hPa, 300 hPa]}");
        assertArrayEquals(new double[] {5e3, 3e4}, results.pressure());
        assertEquals(3, results.outputs());
        assertAll(temperature(5e3), results.maps().temperature()[0], 0.5);
        assertAll(temperature(3e4), results.maps().temperature()[1], 0.5);
        assertEquals(0, orphans);
    }

    @Test
    void nominalPressuresAreTakenUnlessInterpolationIsAskedFor() throws IOException {
        Results results = classify(hybrid("hPa", true), "");
        assertArrayEquals(new double[] {2e3, 1e4, 3e4, 6.5e4, 1e5}, results.pressure());
        assertEquals(3, orphans, "the surface pressure is not needed");
    }

    @Test
    void formulaTermsCountBesideNominalPressuresWhereAskedFor() throws IOException {
        String always = "levels: {use: [300 hPa], interpolate: always}";
        Results results = classify(hybrid("hPa", true), always);
        assertAll(temperature(3e4), results.maps().temperature()[0], 0.5);
        assertEquals(0, orphans);
    }

    @Test
    void withoutItsSurfacePressureAHybridLevelIsAGapThatSaysSo() throws IOException {
        classify(hybrid("level", true), "levels: {use: [300 hPa]}");
        try (Classifier classifier =
                new Classifier(
                        ClassifierSettings.read(
                                SettingsFile.parse(
                                        "t", "run: {directory: " + folder.resolve("b") + "}")),
                        new MemoryInbox(hybrid("level", false).records()),
                        new Devices(List.of(new ComputedEngine())),
                        false,
                        Clock.systemUTC())) {
            ClassifierRun.untilDone(classifier, () -> true);
            assertEquals(0, classifier.outputs());
            var reasons = classifier.account().total().reasons();
            assertTrue(
                    reasons.containsKey("orphan: no surface pressure at its time"), "" + reasons);
        }
    }

    @Test
    void allLevelsOfAChangingAxisAreTheirMeanPressures() throws IOException {
        Results results = classify(hybrid("level", true), "");
        assertEquals(5, results.pressure().length);
        assertEquals(2e3, results.pressure()[0], 1);
        assertEquals(0.1e5 + 0.2e5, results.pressure()[2], 200);
    }

    @Test
    void heightsHaveTheirPressureFromAField() throws IOException {
        ModelFile file =
                latLon().axis("lev", even(0, 1e5, 6), "units", "m", "positive", "up")
                        .variable("pres", ElementType.DOUBLE, "time lev lat lon", "units", "Pa");
        fields(file, "lat lon");
        int cells = ROWS * COLUMNS;
        Value pressure =
                (k, cell) ->
                        surface(cell)
                                * Math.exp(
                                        -k * (1 + 0.1 * Math.sin(Math.toRadians(cell % 36 * 10))));
        for (int r = 0; r < 2; r++) {
            file.put("T", r, filled(6, cells, (k, cell) -> temperature(pressure.at(k, cell))))
                    .put("u", r, filled(6, cells, (k, cell) -> 10))
                    .put("v", r, filled(6, cells, (k, cell) -> 0))
                    .put("pres", r, filled(6, cells, pressure))
                    .put("time", r, r + 1.0);
        }
        Results results =
                classify(file, "input: {pressure: pres}\nlevels: {use: [20 hPa, 0.2 bar]}");
        assertArrayEquals(new double[] {2e3, 2e4}, results.pressure());
        assertAll(temperature(2e3), results.maps().temperature()[0], 0.2);
        assertAll(temperature(2e4), results.maps().temperature()[1], 0.2);
    }

    private static ModelFile flat(ModelFile file, String horizontal, int cells, double... t) {
        fields(file, horizontal);
        for (int r = 0; r < 2; r++) {
            file.put("T", r, filled(t.length, cells, (k, cell) -> t[k]))
                    .put("u", r, filled(t.length, cells, (k, cell) -> 100))
                    .put("v", r, filled(t.length, cells, (k, cell) -> 0))
                    .put("time", r, r + 1.0);
        }
        return file;
    }

    @Test
    void modelLevelNumbersGetTheirPressuresFromTheSettings() throws IOException {
        ModelFile file = latLon().axis("lev", new double[] {1, 2, 3}, "units", "1");
        flat(file, "lat lon", ROWS * COLUMNS, 900, 800, 700);
        Results results = classify(file, "levels: {pressures: [1 bar, 0.1 bar, 10 mbar]}");
        assertArrayEquals(new double[] {1e3, 1e4, 1e5}, results.pressure());
        assertAll(700, results.maps().temperature()[0], 1e-3);
        assertAll(900, results.maps().temperature()[2], 1e-3);
    }

    @Test
    void aPotentialTemperatureBecomesOne() throws IOException {
        ModelFile file = latLon().axis("lev", new double[] {100, 1000}, "units", "hPa");
        flat(file, "lat lon", ROWS * COLUMNS, 400, 300);
        Results results =
                classify(
                        file,
                        "input: {temperatureIs: potential}\n"
                                + "planet: {gasConstant: 287, heatCapacity: 1004.5}\n");
        assertAll(300, results.maps().temperature()[1], 1e-2);
        assertAll(400 * Math.pow(0.1, 2 / 7.0), results.maps().temperature()[0], 1e-2);
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
