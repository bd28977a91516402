package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plateau.assembly.Records;
import org.plateau.network.Devices;
import org.plateau.settings.SettingsFile;
import ucar.ma2.DataType;
import ucar.nc2.Dimension;
import ucar.nc2.constants.AxisType;
import ucar.nc2.constants.FeatureType;
import ucar.nc2.dataset.CoordinateAxis;
import ucar.nc2.dataset.CoordinateAxis1DTime;
import ucar.nc2.dataset.CoordinateSystem;
import ucar.nc2.dataset.NetcdfDataset;
import ucar.nc2.dataset.VariableDS;
import ucar.nc2.dt.GridCoordSystem;
import ucar.nc2.dt.grid.GeoGrid;
import ucar.nc2.dt.grid.GridDataset;
import ucar.nc2.ft.FeatureDataset;
import ucar.nc2.ft.FeatureDatasetFactoryManager;

/**
 * Results and maps as netcdf-java's own reading of CF files finds them, on which Panoply and other
 * tools are built: while the classifier goes on and at the end.
 */
class ResultsInNetcdfJavaTest {
    private static final int OUTPUTS = 6;

    @TempDir private Path folder;

    private interface Look {
        void at(Path run) throws IOException;
    }

    private void growing(String since, String calendar, Look look) throws IOException {
        Records model = new Records(1);
        List<ByteBuffer> records = new ArrayList<>(model.coordinates());
        for (int r = 0; r < OUTPUTS; r++) {
            records.add(model.whole("T", r));
            records.add(model.whole("u", r));
            records.add(model.whole("v", r));
            records.add(model.time(r, r + 1, since, calendar));
        }
        Path run = folder.resolve("run");
        ClassifierSettings settings =
                ClassifierSettings.read(
                        SettingsFile.parse(
                                "test.yaml",
                                "run: {directory: "
                                        + run
                                        + "}\nclassify: {sync: false, labels: computed}"));
        try (Classifier classifier =
                new Classifier(
                        settings,
                        new MemoryInbox(records),
                        new Devices(List.of(new ComputedEngine())),
                        true,
                        Clock.systemUTC())) {
            while (classifier.step() > 0) {
                // until it has caught up
            }
            look.at(run);
            ClassifierRun.untilDone(classifier, () -> true);
        }
        look.at(run);
    }

    @ParameterizedTest
    @CsvSource({
        "days since 2000-01-01, 360_day", "days since 2000-01-01 00:00:00, standard",
        "days since 0001-01-01 00:00:00, noleap", "days since 0000-00-00 00:00:00, NO_CALENDAR",
        "days, noleap", "days since the model's start, ''"
    })
    void timeIsATimeAxisInEveryCalendar(String units, String calendar) throws IOException {
        growing(
                units,
                calendar,
                run -> {
                    for (String file : List.of("results.nc", "maps.nc")) {
                        try (NetcdfDataset data = open(run, file)) {
                            CoordinateAxis time = data.findCoordinateAxis(AxisType.Time);
                            assertNotNull(time, file);
                            assertEquals("time", time.getFullName(), file);
                            Formatter errors = new Formatter();
                            CoordinateAxis1DTime dates =
                                    CoordinateAxis1DTime.factory(
                                            data, (VariableDS) data.findVariable("time"), errors);
                            assertEquals("", errors.toString(), file);
                            int outputs = dates.getCalendarDates().size();
                            assertTrue(outputs > 0 && outputs <= OUTPUTS, "" + outputs);
                            assertEquals(
                                    86_400_000L * (outputs - 1),
                                    dates.getCalendarDate(outputs - 1)
                                            .getDifferenceInMsecs(dates.getCalendarDate(0)),
                                    file);
                        }
                    }
                });
    }

    @Test
    void pressureIsTheVerticalAxisAndPointsDown() throws IOException {
        growing(
                "days since 2000-01-01",
                "360_day",
                run -> {
                    for (String file : List.of("results.nc", "maps.nc")) {
                        try (NetcdfDataset data = open(run, file)) {
                            CoordinateAxis pressure = data.findCoordinateAxis(AxisType.Pressure);
                            assertNotNull(pressure, file);
                            assertEquals("pressure", pressure.getFullName());
                            assertEquals("down", pressure.getPositive());
                        }
                    }
                });
    }

    /** Every coordinate system that it makes is one that it can work with. */
    @Test
    void noVariableHasACoordinateSystemThatIsNone() throws IOException {
        growing(
                "days since 2000-01-01",
                "360_day",
                run -> {
                    try (NetcdfDataset data = open(run, "results.nc")) {
                        for (CoordinateSystem system : data.getCoordinateSystems()) {
                            long times =
                                    system.getCoordinateAxes().stream()
                                            .filter(a -> a.getAxisType() == AxisType.Time)
                                            .count();
                            assertTrue(times <= 1, system.getName());
                            for (CoordinateAxis axis : system.getCoordinateAxes()) {
                                assertTrue(
                                        axis.getAxisType() != null || isLabel(axis),
                                        system.getName());
                            }
                        }
                        for (String name : List.of("probability", "metric_value", "verdict")) {
                            VariableDS variable = (VariableDS) data.findVariable(name);
                            assertFalse(variable.getCoordinateSystems().isEmpty(), name);
                        }
                    }
                });
    }

    /** Names along a dimension, which CF (section 6.1) has among the coordinates. */
    private static boolean isLabel(CoordinateAxis axis) {
        return axis.getDataType() == DataType.CHAR;
    }

    @Test
    void mapsAreGridsOnASphereWithPressureAndTime() throws IOException {
        growing(
                "days since 2000-01-01",
                "360_day",
                run -> {
                    GridCoordSystem latest = grid(run, "results.nc", "map_temperature");
                    assertEquals("pressure", latest.getVerticalAxis().getFullName());
                    GridCoordSystem every = grid(run, "maps.nc", "temperature");
                    assertEquals("pressure", every.getVerticalAxis().getFullName());
                    assertFalse(every.isZPositive(), "pressure grows downwards");
                    assertTrue(every.hasTimeAxis1D());
                    assertFalse(every.getCalendarDates().isEmpty());
                });
    }

    private static GridCoordSystem grid(Path run, String file, String name) throws IOException {
        Formatter errors = new Formatter();
        try (FeatureDataset data =
                FeatureDatasetFactoryManager.open(
                        FeatureType.GRID, run.resolve(file).toString(), null, errors)) {
            assertNotNull(data, errors::toString);
            GeoGrid grid = ((GridDataset) data).findGridByName(name);
            assertNotNull(grid, name);
            GridCoordSystem system = grid.getCoordinateSystem();
            assertTrue(system.isLatLon(), name);
            for (Dimension dimension : grid.getDimensions()) {
                assertTrue(dimension.getLength() > 0, name);
            }
            return system;
        }
    }

    private static NetcdfDataset open(Path run, String file) throws IOException {
        return NetcdfDataset.openDataset(run.resolve(file).toString());
    }
}
