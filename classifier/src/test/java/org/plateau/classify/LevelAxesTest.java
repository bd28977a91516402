package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plateau.classify.AxesRun.COLUMNS;
import static org.plateau.classify.AxesRun.ROWS;
import static org.plateau.classify.AxesRun.assertAll;
import static org.plateau.classify.AxesRun.even;
import static org.plateau.classify.AxesRun.fields;
import static org.plateau.classify.AxesRun.filled;
import static org.plateau.classify.AxesRun.flat;
import static org.plateau.classify.AxesRun.latLon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.assembly.Account;
import org.plateau.assembly.ModelFile;
import org.plateau.assembly.Outcome;
import org.plateau.classify.AxesRun.Value;
import org.plateau.message.ElementType;
import org.plateau.results.Results;
import org.plateau.results.ResultsReader;

/** The vertical axes that models write on, from their records to the levels in the results. */
class LevelAxesTest {
    @TempDir private Path folder;
    private Account.Totals account;

    private Results classify(ModelFile file, String settings) throws IOException {
        Path run = folder.resolve("run");
        account = AxesRun.classify(run, file, settings);
        return ResultsReader.read(run.resolve("results.nc"));
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
        assertEquals(0, account.of(Outcome.ORPHAN));
    }

    @Test
    void nominalPressuresAreTakenUnlessInterpolationIsAskedFor() throws IOException {
        Results results = classify(hybrid("hPa", true), "");
        assertArrayEquals(new double[] {2e3, 1e4, 3e4, 6.5e4, 1e5}, results.pressure());
        assertEquals(3, account.of(Outcome.ORPHAN), "the surface pressure is not needed");
    }

    @Test
    void formulaTermsCountBesideNominalPressuresWhereAskedFor() throws IOException {
        String always = "levels: {use: [300 hPa], interpolate: always}";
        Results results = classify(hybrid("hPa", true), always);
        assertAll(temperature(3e4), results.maps().temperature()[0], 0.5);
        assertEquals(0, account.of(Outcome.ORPHAN));
    }

    @Test
    void withoutItsSurfacePressureAHybridLevelIsAGapThatSaysSo() throws IOException {
        Path run = folder.resolve("run");
        Account.Totals totals =
                AxesRun.classify(run, hybrid("level", false), "levels: {use: [300 hPa]}");
        assertFalse(Files.exists(run.resolve("results.nc")));
        assertTrue(
                totals.reasons().containsKey("orphan: no surface pressure at its time"),
                "" + totals.reasons());
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
}
