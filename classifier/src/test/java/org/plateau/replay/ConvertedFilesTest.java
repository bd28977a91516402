package org.plateau.replay;

import static org.plateau.replay.Conventions.COLUMNS;
import static org.plateau.replay.Conventions.DAYS;
import static org.plateau.replay.Conventions.ROWS;
import static org.plateau.replay.Conventions.SECONDS;
import static org.plateau.replay.Conventions.assertArrived;
import static org.plateau.replay.Conventions.assertDays;
import static org.plateau.replay.Conventions.constant;
import static org.plateau.replay.Conventions.even;
import static org.plateau.replay.Conventions.latitudes;
import static org.plateau.replay.Conventions.longitudes;
import static org.plateau.replay.Conventions.perCell;
import static org.plateau.replay.Conventions.reversed;
import static org.plateau.replay.Conventions.temperatures;
import static org.plateau.replay.Conventions.times;
import static org.plateau.replay.Conventions.winds;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.results.Results;

/**
 * Files as they come out of a conversion, or as MITgcm's package mnc writes them, in the same way
 * as {@link ModelConventionsTest}: models whose usual output is no netCDF.
 */
class ConvertedFilesTest {
    @TempDir private Path folder;

    private Results replay(String preset, String file, ConventionFile content, String... settings)
            throws IOException {
        return Conventions.replay(folder, preset, file, content, settings);
    }

    @Test
    void theUnifiedModelAsIrisWritesItIsKnownByStandardNames() throws IOException {
        double[] p = {1000, 20000, 85000};
        int n = p.length * ROWS * COLUMNS;
        ConventionFile file =
                new ConventionFile(
                                "time",
                                new double[] {24, 48, 72},
                                "units = hours since 1970-01-01 00:00:00; standard_name = time;"
                                        + " calendar = 360_day")
                        .axis("pressure", times(0.01, p), "units = hPa; long_name = pressure")
                        .axis(
                                "latitude",
                                latitudes(),
                                "units = degrees_north; standard_name = latitude")
                        .axis(
                                "longitude",
                                longitudes(),
                                "units = degrees_east; standard_name = longitude")
                        .field(
                                "air_temperature",
                                "pressure latitude longitude",
                                temperatures(p, perCell(latitudes(), COLUMNS)),
                                "standard_name = air_temperature; units = K")
                        .field(
                                "x_wind",
                                "pressure latitude longitude",
                                constant(n, 100),
                                "standard_name = x_wind; units = m s-1")
                        .field(
                                "y_wind",
                                "pressure latitude longitude",
                                constant(n, -20),
                                "standard_name = y_wind; units = m s-1");
        Results results = replay("um", "iris.nc", file);
        assertArrived(results, p);
        assertDays(results, "360_day");
    }

    @Test
    void theUnifiedModelOnHeightsNeedsThePressureBesideItsFields() throws IOException {
        double[] p = {90000, 20000, 1000};
        double[] lat = perCell(latitudes(), COLUMNS);
        int n = p.length * ROWS * COLUMNS;
        double[] pressures = new double[n];
        Arrays.setAll(pressures, i -> p[i / (ROWS * COLUMNS)]);
        ConventionFile file =
                new ConventionFile("t", DAYS, "units = days since 2000-01-01 00:00:00")
                        .axis(
                                "hybrid_ht",
                                new double[] {20, 5000, 30000},
                                "units = m; positive = up")
                        .axis("latitude", latitudes(), "units = degrees_north")
                        .axis("longitude", longitudes(), "units = degrees_east")
                        .field("p", "hybrid_ht latitude longitude", pressures, "units = Pa");
        winds(file, "hybrid_ht latitude longitude", p, lat, "temp", "u", "v", "K", "m s-1");
        assertArrived(replay("um", "xconv.nc", file), p);
    }

    private static double[] potential(double... p) {
        double[] theta = temperatures(p, perCell(latitudes(), COLUMNS));
        Arrays.setAll(theta, i -> theta[i] * Math.pow(p[i / (ROWS * COLUMNS)] / 1e5, -2.0 / 7));
        return theta;
    }

    @Test
    void mitgcmsConvertedFieldsAreStaggeredAndTheirTemperatureIsPotential() throws IOException {
        double[] p = {95000, 50000, 10000};
        int n = p.length * ROWS * COLUMNS;
        double[] theta = potential(p);
        ConventionFile file =
                new ConventionFile("time", SECONDS, "units = seconds since 2000-01-01")
                        .axis("Z", p, "units = Pa; positive = down")
                        .axis("YC", latitudes(), "units = degrees_north")
                        .axis("YG", even(-90, 80, ROWS), "units = degrees_north")
                        .axis("XC", longitudes(), "units = degrees_east")
                        .axis("XG", even(-5, 345, COLUMNS), "units = degrees_east")
                        .field("THETA", "Z YC XC", theta, "units = K")
                        .field("UVEL", "Z YC XG", constant(n, 100), "units = m s-1")
                        .field("VVEL", "Z YG XC", constant(n, -20), "units = m s-1");
        assertArrived(
                replay(
                        "mitgcm",
                        "dynDiag.nc",
                        file,
                        "planet: {gasConstant: 287, heatCapacity: 1004.5}"),
                p);
    }

    @Test
    void mitgcmsOwnFilesCountSecondsAndCallTheirKelvinsCelsius() throws IOException {
        double[] p = {95000, 50000, 10000};
        double[] theta = potential(p);
        int beyond = COLUMNS + 1; // the first meridian comes again behind the last
        int north = ROWS + 1;
        ConventionFile file =
                new ConventionFile("T", SECONDS, "units = s; long_name = model_time")
                        .axis("X", longitudes(), "units = degrees_east")
                        .axis("Y", latitudes(), "units = degrees_north")
                        .axis("Xp1", even(-5, 355, beyond), "units = degrees_east")
                        .axis("Yp1", even(-90, 90, north), "units = degrees_north")
                        .axis("Z", p, "units = pascal")
                        .field("Temp", "Z Y X", theta, "units = degC")
                        .field("U", "Z Y Xp1", constant(3 * ROWS * beyond, 100), "units = m/s")
                        .field("V", "Z Yp1 X", constant(3 * north * COLUMNS, -20), "units = m/s");
        Results results =
                replay(
                        "mitgcm",
                        "state.0000000000.t001.nc",
                        file,
                        "planet: {gasConstant: 287, heatCapacity: 1004.5}");
        assertArrived(results, p);
        assertDays(results, results.time().calendar());
    }

    @Test
    void plasimsPressureLevelsFromBurn7() throws IOException {
        double[] p = {5000, 20000, 90000};
        double[] lat = reversed(latitudes());
        ConventionFile file =
                new ConventionFile(
                                "time",
                                DAYS,
                                "units = days since 0001-01-01 00:00:00; calendar = 360_day")
                        .axis("lon", longitudes(), "units = degrees_east")
                        .axis("lat", lat, "units = degrees_north")
                        .axis("lev", times(0.01, p), "units = hPa");
        winds(file, "lev lat lon", p, perCell(lat, COLUMNS), "ta", "ua", "va", "K", "m s-1");
        assertArrived(replay("plasim", "MOST.001.nc", file), p);
    }

    @Test
    void plasimsSigmaLevelsFromPyburn() throws IOException {
        double[] sigma = {0.05, 0.3, 0.6, 0.95};
        double[] lat = reversed(latitudes());
        ConventionFile file =
                new ConventionFile(
                                "time", DAYS, "units = timesteps; standard_name = timestep_of_year")
                        .axis("lat", lat, "units = deg; axis = Y; standard_name = latitude")
                        .axis(
                                "lon",
                                longitudes(),
                                "units = deg; axis = X; standard_name = longitude")
                        .axis(
                                "lev",
                                sigma,
                                "units = nondimensional; axis = Z; standard_name = sigma_coordinate;"
                                        + " positive = down")
                        .field(
                                "ps",
                                "lat lon",
                                constant(ROWS * COLUMNS, 900),
                                "units = hPa; standard_name = surface_air_pressure");
        double[] p = times(9e4, sigma);
        winds(file, "lev lat lon", p, perCell(lat, COLUMNS), "ta", "ua", "va", "K", "m s-1");
        Results results = replay("plasim", "MOST.002.nc", file, "input: {timeStep: 1 d}");
        assertArrived(results, p);
        assertDays(results, results.time().calendar());
    }
}
