package org.plateau.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plateau.replay.Conventions.COLUMNS;
import static org.plateau.replay.Conventions.assertArrived;
import static org.plateau.replay.Conventions.assertDays;
import static org.plateau.replay.Conventions.latitudes;
import static org.plateau.replay.Conventions.longitudes;
import static org.plateau.replay.Conventions.perCell;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plateau.results.Results;

/** Times that are no CF times: counts of steps, and lengths of time without a date. */
class StepCountsTest {
    private static final double[] PRESSURES = {5000, 90000};
    private static final double[] STEPS = {72, 144, 216};

    @TempDir private Path folder;

    private static ConventionFile file(double[] times, String units) {
        ConventionFile file =
                new ConventionFile("time", times, units.isEmpty() ? "" : "units = " + units)
                        .axis("lev", PRESSURES, "units = Pa")
                        .axis("lat", latitudes(), "units = degrees_north")
                        .axis("lon", longitudes(), "units = degrees_east");
        return Conventions.winds(
                file,
                "lev lat lon",
                PRESSURES,
                perCell(latitudes(), COLUMNS),
                "ta",
                "ua",
                "va",
                "K",
                "m/s");
    }

    private Results replay(ConventionFile content, String... settings) throws IOException {
        return Conventions.replay(folder, "plasim", "MOST.nc", content, settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timesteps", "iterations", "1", ""})
    void stepsBecomeTimeByTheirLength(String units) throws IOException {
        Results results = replay(file(STEPS, units), "input: {timeStep: 20 min}");
        assertArrived(results, PRESSURES);
        assertDays(results, results.time().calendar());
    }

    @ParameterizedTest
    @ValueSource(strings = {"timesteps", "", "day as %Y%m%d.%f"})
    void withoutTheirLengthOneLineSaysWhatIsNeeded(String units) throws IOException {
        Path file = file(STEPS, units).write(folder.resolve("MOST.nc"));
        String said = Conventions.refused(folder, "model: plasim", file);
        assertTrue(said.contains("MOST.nc: expected units of time such as"), said);
        assertTrue(said.contains("input.timeStep"), said);
        assertEquals(1, said.lines().count(), said);
    }

    @Test
    void secondsAndDaysWithoutADateCountFromTheModelsStart() throws IOException {
        assertDays(replay(file(new double[] {86400, 172800, 259200}, "s")), "noleap");
    }

    @Test
    void daysWithoutADateAreNoSeconds() throws IOException {
        assertDays(replay(file(new double[] {1, 2, 3}, "days")), "noleap");
    }

    @Test
    void aLengthOfStepsChangesNothingOfTimesThatHaveAUnit() throws IOException {
        Results results =
                replay(
                        file(new double[] {1, 2, 3}, "days since 2000-01-01"),
                        "input: {timeStep: 20 min}");
        assertDays(results, "standard");
    }

    @Test
    void filesThatEachCountAnewAreNotTakenForOneAnother() throws IOException {
        Path first = file(STEPS, "timesteps").write(folder.resolve("MOST.00001.nc"));
        Path second = file(STEPS, "timesteps").write(folder.resolve("MOST.00002.nc"));
        String said =
                Conventions.refused(
                        folder, "model: plasim\ninput: {timeStep: 20 min}", first, second);
        assertTrue(said.contains("expected steps that are counted on from those of"), said);
        assertTrue(said.contains("replay one at a time"), said);
    }

    @Test
    void filesThatCountOnAreOneRunInWhateverOrderTheyAreNamed() throws IOException {
        Path second =
                file(new double[] {288, 360, 432}, "timesteps")
                        .write(folder.resolve("MOST.00002.nc"));
        Path first = file(STEPS, "timesteps").write(folder.resolve("MOST.00001.nc"));
        Results results =
                Conventions.replayed(
                        folder, "model: plasim\ninput: {timeStep: 20 min}", second, first);
        assertEquals(6, results.outputs());
        assertDays(results, results.time().calendar());
    }
}
