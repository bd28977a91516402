package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.classify.Classifier;
import org.plateau.classify.ClassifierRun;
import org.plateau.classify.ClassifierSettings;
import org.plateau.classify.MemoryInbox;
import org.plateau.classify.RotatingWave;
import org.plateau.grid.RegularGrid;
import org.plateau.network.Devices;
import org.plateau.results.Results;
import org.plateau.results.ResultsLayout;
import org.plateau.results.ResultsReader;
import org.plateau.results.ResultsRow;
import org.plateau.results.ResultsWriter;
import org.plateau.settings.SettingsFile;

/**
 * The field's own tools read {@code results.nc} and {@code maps.nc} without a complaint, while a
 * classifier has them open and writes on, and afterwards: cdo, nco and xarray as Debian has them.
 */
@Tag("monitor")
@ExtendWith(Workplace.class)
@Timeout(300)
class OtherToolsReadTheResultsTest {
    private static final int OUTPUTS = 6;
    private static final int LEVELS = 4;

    @Test
    void cdoNcoAndXarrayReadWhatIsBeingWrittenAndWhatIsFinished(Path work) throws Exception {
        List<ByteBuffer> all = RotatingWave.records(OUTPUTS, LEVELS, 12, 24);
        List<ByteBuffer> come = new ArrayList<>(all.subList(0, all.size() / 2));
        try (Classifier classifier = classifier(work, come)) {
            while (classifier.step() > 0 || classifier.outputs() < OUTPUTS / 2 - 1) {
                Thread.onSpinWait();
            }
            int written = ResultsReader.read(work.resolve("results.nc")).outputs();
            assertTrue(written > 0 && written < OUTPUTS, "written so far: " + written);
            assertToolsRead(work);
            come.addAll(all.subList(come.size(), all.size()));
            ClassifierRun.untilDone(classifier, () -> true);
        }
        assertEquals(OUTPUTS, ResultsReader.read(work.resolve("results.nc")).outputs());
        assertToolsRead(work);
    }

    /** Times that are missing, as where nothing is steady yet, are in all of these files. */
    @Test
    void xarrayOpensResultsInEveryCalendarAndOfModelsWithoutDates(Path work) throws Exception {
        String[][] times = {
            {"days since 2000-01-01", "standard", "2000-01-02 00:00:00"},
            {"days since 2000-01-01", "360_day", "2000-01-02 00:00:00"},
            {"hours since 2000-01-01", "noleap", "2000-01-01 01:00:00"},
            {"days since 0000-00-00 00:00:00", "none", "0000-01-02 00:00:00"},
            {"seconds since the model's start", "standard", "0001-01-01 00:00:01"},
        };
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3"));
        command.add(Workplace.home().resolve("tests/tools/read_times.py").toString());
        for (int k = 0; k < times.length; k++) {
            Path file = work.resolve("results" + k + ".nc");
            oneOutput(file, times[k][0], times[k][1]);
            command.add(file.toString());
        }
        String[] lines = said(work, command.toArray(String[]::new)).split("\n");
        for (int k = 0; k < times.length; k++) {
            assertEquals(times[k][2], lines[k].strip(), times[k][0] + ", " + times[k][1]);
        }
    }

    private static void oneOutput(Path file, String units, String calendar) {
        ResultsLayout layout =
                new ResultsLayout(
                        units,
                        calendar,
                        new double[] {1e5},
                        List.of("jet"),
                        List.of(new Results.Quantity("rms_wind", "m s-1")),
                        1,
                        List.of("insufficient"),
                        List.of("labelled"),
                        new RegularGrid(2, 4),
                        Map.of());
        float[] half = {0.5f};
        byte[] first = {0};
        try (ResultsWriter writer = ResultsWriter.create(file, layout)) {
            ResultsRow.Column column =
                    new ResultsRow.Column(new double[] {Double.NaN}, first, (byte) 0);
            writer.put(
                    0,
                    new ResultsRow(
                            1, half, half, half, first, new double[] {1}, first, first, column));
        }
    }

    private static Classifier classifier(Path work, List<ByteBuffer> records) throws IOException {
        ClassifierSettings settings =
                ClassifierSettings.read(
                        SettingsFile.parse(
                                "test.yaml",
                                "run: {directory: " + work + "}\nnetwork: {device: cpu}\n"));
        return new Classifier(
                settings,
                new MemoryInbox(records),
                Devices.open(settings.network()),
                true,
                Clock.systemUTC());
    }

    private static void assertToolsRead(Path work) throws Exception {
        Results results = ResultsReader.read(work.resolve("results.nc"));
        cdo(work, results);
        nco(work, results);
        xarray(work, results);
    }

    /** Levels are pressures, times are dates, missing numbers are missing, maps are on a sphere. */
    private static void cdo(Path work, Results results) throws Exception {
        String whole = said(work, "cdo", "-s", "sinfov", "results.nc");
        assertTrue(whole.contains("pressure"), whole);
        assertTrue(whole.contains(results.outputs() + " steps"), whole);
        assertTrue(whole.contains("2000-01-02 00:00:00"), whole);
        assertTrue(whole.contains("72x36"), whole);
        said(work, "cdo", "-s", "sinfov", "maps.nc");
        String levels =
                said(work, "cdo", "-s", "showlevel", "-selname,nothing_recognised", "results.nc");
        double[] pressures =
                Arrays.stream(levels.trim().split("\\s+")).mapToDouble(Double::valueOf).toArray();
        assertEquals(LEVELS, pressures.length);
        for (int l = 0; l < LEVELS; l++) {
            assertEquals(results.pressure()[l], pressures[l], 1e-4 * pressures[l]);
        }
        String mean =
                said(
                        work,
                        "cdo",
                        "-s",
                        "-outputf,%.9g",
                        "-fldmean",
                        "-sellevidx,2",
                        "-seltimestep,1",
                        "-selname,temperature",
                        "maps.nc");
        assertEquals(1400, Double.parseDouble(mean.trim()), 1e-2);
    }

    /** A mean over the unlimited time. */
    private static void nco(Path work, Results results) throws Exception {
        Path mean = work.resolve("mean.nc");
        Files.deleteIfExists(mean);
        said(work, "ncra", "-v", "probability", "results.nc", mean.toString());
        String text = said(work, "ncks", "-H", "-C", "-s", "%.9g ", "-v", "probability", "mean.nc");
        String[] numbers = text.trim().split("\\s+");
        int regimes = results.regimes().size();
        assertEquals(LEVELS * regimes, numbers.length, text);
        double sum = 0;
        for (float[][] output : results.probability()) {
            sum += output[1][2];
        }
        assertEquals(sum / results.outputs(), Double.parseDouble(numbers[regimes + 2]), 1e-6);
    }

    /** Labels, dates and levels by value; each number as Plateau itself reads it. */
    private static void xarray(Path work, Results results) throws Exception {
        Path script = Workplace.home().resolve("tests/tools/read_results.py");
        String text = said(work, "/usr/bin/python3", script.toString());
        String[] lines = text.split("\n");
        assertEquals(results.outputs() + " outputs from 2000-01-02", lines[0]);
        float[] probabilities = results.probability()[0][1];
        for (int r = 0; r < probabilities.length; r++) {
            String[] words = lines[1 + r].split(": ");
            assertEquals(results.regimes().get(r), words[0]);
            assertEquals(probabilities[r], Float.parseFloat(words[1]), text);
        }
    }

    /** What a program said; it ended well and warned of nothing. */
    private static String said(Path work, String... command) throws Exception {
        String text =
                Program.in(work, command)
                        .named(command[0].replace('/', '-'))
                        .run()
                        .succeeded()
                        .text();
        assertFalse(text.matches("(?is).*(warning|error).*"), text);
        return text;
    }
}
