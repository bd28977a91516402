package org.plateau.replay;

import static org.junit.jupiter.api.Assertions.assertTrue;
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
import static org.plateau.replay.Conventions.times;
import static org.plateau.replay.Conventions.winds;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.results.Results;

/**
 * Small files in the conventions of the models that have a preset, as their documentation and
 * sources give them: names, units, order and direction of the axes, calendars. None was written by
 * the model itself. Each is labelled with the preset and nothing else in the settings, and its
 * numbers arrive where they belong.
 */
class ModelConventionsTest {
    @TempDir private Path folder;

    private Results replay(String preset, String file, ConventionFile content, String... settings)
            throws IOException {
        return Conventions.replay(folder, preset, file, content, settings);
    }

    private static final double[] HYAM = {0.001, 0.02, 0.1, 0.05, 0};
    private static final double[] HYBM = {0, 0, 0.1, 0.6, 0.99};

    private static double[] hybrid(double p0, double ps) {
        double[] p = new double[HYAM.length];
        Arrays.setAll(p, k -> HYAM[k] * p0 + HYBM[k] * ps);
        return p;
    }

    private static ConventionFile cesm(String unit) {
        double[] p = hybrid(1e5, 1e5);
        ConventionFile file =
                new ConventionFile(
                                "time",
                                DAYS,
                                "units = days since 0001-01-01 00:00:00; calendar = noleap;"
                                        + " bounds = time_bnds")
                        .axis(
                                "lev",
                                times(0.01, p),
                                "long_name = hybrid level at midpoints (1000*(A+B)); units = "
                                        + unit
                                        + "; positive = down; standard_name ="
                                        + " atmosphere_hybrid_sigma_pressure_coordinate;"
                                        + " formula_terms = a: hyam b: hybm p0: P0 ps: PS")
                        .axis("lat", latitudes(), "units = degrees_north")
                        .axis("lon", longitudes(), "units = degrees_east")
                        .variable("hyam", "lev", HYAM, "")
                        .variable("hybm", "lev", HYBM, "")
                        .variable("P0", "", new double[] {1e5}, "units = Pa")
                        .field("PS", "lat lon", constant(ROWS * COLUMNS, 1e5), "units = Pa")
                        .field("FSNT", "lat lon", constant(ROWS * COLUMNS, 240), "units = W/m2")
                        .field("FLNT", "lat lon", constant(ROWS * COLUMNS, 239), "units = W/m2");
        return winds(
                file, "lev lat lon", p, perCell(latitudes(), COLUMNS), "T", "U", "V", "K", "m/s");
    }

    @Test
    void cesmOfTodayHasNominalPressuresInItsLevels() throws IOException {
        Results results = replay("cesm-exocam", "case.cam.h0.0001-01.nc", cesm("hPa"));
        assertArrived(results, hybrid(1e5, 1e5));
        assertDays(results, "noleap");
        assertTrue(results.column().metrics().stream().anyMatch(m -> m.name().contains("toa")));
    }

    @Test
    void cesmAsExoCamIsBasedOnHasLevelsWithoutAUnitAndItsSurfacePressureDecides()
            throws IOException {
        assertArrived(
                replay("cesm-exocam", "case.cam.h1.0001-01.nc", cesm("level")), hybrid(1e5, 1e5));
    }

    private static ConventionFile isca(String since, String calendar) {
        double[] p = {200, 5000, 30000, 80000};
        ConventionFile file =
                new ConventionFile(
                                "time",
                                DAYS,
                                "long_name = time; units = days since "
                                        + since
                                        + "; cartesian_axis = T; calendar_type = "
                                        + calendar
                                        + "; calendar = "
                                        + calendar)
                        .axis("lon", longitudes(), "units = degrees_E; cartesian_axis = X")
                        .axis("lat", latitudes(), "units = degrees_N; cartesian_axis = Y")
                        .axis(
                                "pfull",
                                times(0.01, p),
                                "units = hPa; cartesian_axis = Z; positive = down");
        return winds(
                file,
                "pfull lat lon",
                p,
                perCell(latitudes(), COLUMNS),
                "temp",
                "ucomp",
                "vcomp",
                "deg_k",
                "m/sec");
    }

    @Test
    void iscaWithoutACalendarCountsDaysFromADateThatIsNone() throws IOException {
        Results results =
                replay("isca", "atmos_daily.nc", isca("0000-00-00 00:00:00", "NO_CALENDAR"));
        assertArrived(results, 200, 5000, 30000, 80000);
        assertDays(results, "noleap"); // a calendar without months; xarray opens no other
    }

    @Test
    void iscasMonthsOfThirtyDaysAreCfs360Days() throws IOException {
        Results results =
                replay("isca", "atmos_monthly.nc", isca("0001-01-01 00:00:00", "THIRTY_DAY"));
        assertArrived(results, 200, 5000, 30000, 80000);
        assertDays(results, "360_day");
    }

    @Test
    void lmdzsGridBeginsAtTheNorthPoleAndItsLevelsAtTheGround() throws IOException {
        double[] p = reversed(100, 2000, 20000, 90000);
        double[] lat = even(90, -90, 19);
        double[] lon = even(-180, 180, 37); // the first meridian comes twice
        ConventionFile file =
                new ConventionFile(
                                "time_counter",
                                SECONDS,
                                "units = seconds since 1980-01-01 00:00:00; calendar = 360d")
                        .axis("lon", lon, "units = degrees_east; axis = X")
                        .axis("lat", lat, "units = degrees_north; axis = Y")
                        .axis("presnivs", p, "units = Pa; positive = down; axis = Z");
        winds(file, "presnivs lat lon", p, perCell(lat, 37), "temp", "vitu", "vitv", "K", "m/s");
        Results results = replay("lmdz", "histins.nc", file);
        assertArrived(results, p);
        assertDays(results, "360_day");
    }

    private static double[][] mesh(int cells) {
        double[] lat = new double[cells];
        double[] lon = new double[cells];
        for (int i = 0; i < cells; i++) {
            lat[i] = Math.toDegrees(Math.asin(1 - (2 * i + 1.0) / cells));
            lon[i] = i * 180 * (3 - Math.sqrt(5)) % 360;
        }
        return new double[][] {lat, lon};
    }

    @Test
    void dynamicosMeshHasHybridLevelsAndTheSurfacePressureBesideThem() throws IOException {
        int cells = 2562;
        double[][] mesh = mesh(cells);
        double[] p = hybrid(1e5, 1e5);
        ConventionFile file =
                new ConventionFile(
                                "time_counter",
                                SECONDS,
                                "axis = T; standard_name = time; calendar = 360_day;"
                                        + " units = seconds since 2000-01-01 00:00:00")
                        .dimension("cell", cells)
                        .variable("lat", "cell", mesh[0], "units = degrees_north")
                        .variable("lon", "cell", mesh[1], "units = degrees_east")
                        .axis("lev", even(1, 5, 5), "name = lev")
                        .variable("hyam", "lev", times(1e5, HYAM), "units = Pa")
                        .variable("hybm", "lev", HYBM, "")
                        .field("ps", "cell", constant(cells, 1e5), "coordinates = lat lon");
        winds(file, "lev cell", p, mesh[0], "T", "U", "V", "K", "m/s");
        Results results = replay("dynamico", "dynamico.nc", file);
        assertArrived(results, p);
        assertDays(results, "360_day");
    }

    @Test
    void dynamicosFieldsThatXiosBroughtToPressuresAndARegularGrid() throws IOException {
        double[] p = {100, 1000, 10000, 100000};
        ConventionFile file =
                new ConventionFile(
                                "time_counter",
                                SECONDS,
                                "units = seconds since 2000-01-01 00:00:00")
                        .axis("lat", latitudes(), "standard_name = latitude; units = degrees_north")
                        .axis(
                                "lon",
                                longitudes(),
                                "standard_name = longitude; units = degrees_east")
                        .axis("lev_pressure", p, "units = Pa; positive = down");
        winds(
                file,
                "lev_pressure lat lon",
                p,
                perCell(latitudes(), COLUMNS),
                "temp",
                "ulon",
                "ulat",
                "K",
                "m/s");
        assertArrived(replay("dynamico", "dynamico_regular.nc", file), p);
    }
}
