package org.plateau.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plateau.replay.Conventions.COLUMNS;
import static org.plateau.replay.Conventions.DAYS;
import static org.plateau.replay.Conventions.ROWS;
import static org.plateau.replay.Conventions.assertArrived;
import static org.plateau.replay.Conventions.constant;
import static org.plateau.replay.Conventions.latitudes;
import static org.plateau.replay.Conventions.longitudes;
import static org.plateau.replay.Conventions.perCell;
import static org.plateau.replay.Conventions.temperatures;
import static org.plateau.replay.Conventions.times;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plateau.results.Results;

/** The same fields in other units arrive as the same fields. */
class ModelUnitsTest {
    private static final double[] PRESSURES = {5000, 20000, 90000};
    private static final int N = PRESSURES.length * ROWS * COLUMNS;

    @TempDir private Path folder;

    /**
     * @param perKelvin and {@code atZero}: the temperature's number is {@code atZero + perKelvin K}
     */
    private static ConventionFile file(
            String temperature, double perKelvin, double atZero, String wind, double perMetre) {
        double[] t = temperatures(PRESSURES, perCell(latitudes(), COLUMNS));
        return axes("hPa", 0.01)
                .field(
                        "T",
                        "lev lat lon",
                        Arrays.stream(t).map(k -> atZero + perKelvin * k).toArray(),
                        "units = " + temperature)
                .field("U", "lev lat lon", constant(N, 100 * perMetre), "units = " + wind)
                .field("V", "lev lat lon", constant(N, -20 * perMetre), "units = " + wind);
    }

    private static ConventionFile axes(String pressure, double perPascal) {
        return new ConventionFile("time", DAYS, "units = days since 2000-01-01")
                .axis("lev", times(perPascal, PRESSURES), "units = " + pressure)
                .axis("lat", latitudes(), "units = degrees_north")
                .axis("lon", longitudes(), "units = degrees_east");
    }

    private Results replay(ConventionFile content, String... settings) throws IOException {
        return Conventions.replay(folder, "isca", "out.nc", content, settings);
    }

    @ParameterizedTest
    @CsvSource({
        "K, 1, 0, m s-1, 1",
        "degK, 1, 0, m/s, 1",
        "kelvin, 1, 0, m s**-1, 1",
        "degC, 1, -273.15, cm s-1, 100",
        "Celsius, 1, -273.15, knots, 1.9438444924406",
        "degrees_C, 1, -273.15, km h-1, 3.6",
        "C, 1, -273.15, km/h, 3.6",
        "degF, 1.8, -459.67, mph, 2.2369362920544"
    })
    void temperaturesAndWindsOfEachSpellingArriveAsKelvinsAndMetresPerSecond(
            String temperature, double perKelvin, double atZero, String wind, double perMetre)
            throws IOException {
        ConventionFile file = file(temperature, perKelvin, atZero, wind, perMetre);
        assertArrived(
                replay(file, "input: {temperature: T, eastwardWind: U, northwardWind: V}"),
                PRESSURES);
    }

    @ParameterizedTest
    @CsvSource({
        "Pa, 1",
        "hPa, 0.01",
        "mbar, 0.01",
        "mb, 0.01",
        "millibars, 0.01",
        "bar, 1e-5",
        "dbar, 1e-4",
        "kPa, 1e-3",
        "atm, 9.8692326671601e-6",
        "dyn cm-2, 10"
    })
    void levelsOfEachSpellingArriveAsPascals(String unit, double perPascal) throws IOException {
        ConventionFile file =
                Conventions.winds(
                        axes(unit, perPascal),
                        "lev lat lon",
                        PRESSURES,
                        perCell(latitudes(), COLUMNS),
                        "temp",
                        "ucomp",
                        "vcomp",
                        "K",
                        "m/s");
        assertArrived(replay(file), PRESSURES);
    }

    @Test
    void whatTheSettingsSayOfAUnitDecidesAlone() throws IOException {
        ConventionFile file = file("K", 1, -273.15, "m s-1", 100);
        assertArrived(
                replay(
                        file,
                        "input: {temperature: T, eastwardWind: U, northwardWind: V, units:"
                                + " {temperature: degC, eastwardWind: cm/s, northwardWind: cm/s}}"),
                PRESSURES);
    }

    @Test
    void aUnitThatIsNoneOfItsQuantityIsOneLineAndNothingIsLabelled() throws IOException {
        String said =
                Conventions.refused(
                        folder,
                        "input: {temperature: T, eastwardWind: U, northwardWind: V}",
                        file("m s-1", 1, 0, "m/s", 1).write(folder.resolve("out.nc")));
        assertTrue(
                said.contains(
                        "out.nc: expected units of temperature that convert to K, found 'm s-1':"
                                + " not used; say what it is in with input.units.temperature"),
                said);
        assertEquals(1, said.lines().count(), said);
        assertFalse(Files.exists(folder.resolve("run/results.nc")));
    }

    @Test
    void latitudesAndLongitudesMayBeInRadians() throws IOException {
        ConventionFile file =
                new ConventionFile("time", DAYS, "units = days since 2000-01-01")
                        .axis("lev", PRESSURES, "units = Pa")
                        .axis(
                                "lat",
                                times(Math.PI / 180, latitudes()),
                                "units = radian; standard_name = latitude")
                        .axis(
                                "lon",
                                times(Math.PI / 180, longitudes()),
                                "units = radian; standard_name = longitude");
        Conventions.winds(
                file,
                "lev lat lon",
                PRESSURES,
                perCell(latitudes(), COLUMNS),
                "temp",
                "ucomp",
                "vcomp",
                "K",
                "m/s");
        assertArrived(replay(file), PRESSURES);
    }
}
