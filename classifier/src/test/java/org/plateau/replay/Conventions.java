package org.plateau.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plateau.cli.Plateau;
import org.plateau.results.Results;
import org.plateau.results.ResultsReader;

/** What the files of {@link ModelConventionsTest} hold, and how it must arrive. */
final class Conventions {
    static final int ROWS = 18;
    static final int COLUMNS = 36;
    static final double[] DAYS = {1, 2, 3};
    static final double[] SECONDS = {86400, 172800, 259200};

    private Conventions() {}

    /** Labels a file with a preset and no other settings but these. */
    static Results replay(
            Path folder, String preset, String file, ConventionFile content, String... settings)
            throws IOException {
        Path path = content.write(folder.resolve(file));
        String text = "model: " + preset + "\n" + String.join("\n", settings);
        Results results = replayed(folder, text, path);
        assertEquals(ConventionFile.OUTPUTS, results.outputs());
        return results;
    }

    /** Labels files with these settings: every output at every level. */
    static Results replayed(Path folder, String settings, Path... files) throws IOException {
        StringWriter said = new StringWriter();
        assertEquals(0, execute(folder, settings, said, files), said::toString);
        Results results = ResultsReader.read(folder.resolve("run/results.nc"));
        for (byte[] output : results.gap()) {
            for (byte gap : output) {
                assertEquals("labelled", results.gapReasons().get(gap), said::toString);
            }
        }
        return results;
    }

    /** What is said of files that are not labelled with these settings, before anything is made. */
    static String refused(Path folder, String settings, Path... files) throws IOException {
        StringWriter said = new StringWriter();
        assertEquals(2, execute(folder, settings, said, files), said::toString);
        return said.toString();
    }

    private static int execute(Path folder, String settings, StringWriter said, Path... files)
            throws IOException {
        Path yaml =
                Files.writeString(
                        folder.resolve("plateau.yaml"),
                        settings
                                + "\nclassify: {labels: computed, sync: false}\nqueue: {directory: "
                                + folder.resolve("queue")
                                + "}\n");
        List<String> words = new ArrayList<>(List.of("replay", "-s", yaml.toString(), "-r"));
        words.add(folder.resolve("run").toString());
        Arrays.stream(files).map(Path::toString).forEach(words::add);
        return Plateau.commandLine()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute(words.toArray(String[]::new));
    }

    // ---- What the files hold: T = 1000 K + 100 K per decade of pressure, warmer in the north ----

    static double temperature(double pressure, double latitude) {
        return 1000 + 100 * Math.log10(pressure / 1e4) + 50 * Math.sin(Math.toRadians(latitude));
    }

    static double[] even(double from, double to, int n) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> from + i * (to - from) / (n - 1));
        return values;
    }

    static double[] latitudes() {
        return even(-85, 85, ROWS);
    }

    static double[] longitudes() {
        return even(0, 350, COLUMNS);
    }

    static double[] reversed(double... values) {
        double[] turned = new double[values.length];
        Arrays.setAll(turned, i -> values[values.length - 1 - i]);
        return turned;
    }

    static double[] times(double factor, double... values) {
        return Arrays.stream(values).map(x -> x * factor).toArray();
    }

    static double[] constant(int n, double value) {
        double[] values = new double[n];
        Arrays.fill(values, value);
        return values;
    }

    /** Temperature by level and cell, of which these are the latitudes. */
    static double[] temperatures(double[] pressures, double[] latitudeOfCell) {
        int cells = latitudeOfCell.length;
        double[] all = new double[pressures.length * cells];
        Arrays.setAll(all, i -> temperature(pressures[i / cells], latitudeOfCell[i % cells]));
        return all;
    }

    static double[] perCell(double[] lat, int columns) {
        double[] cells = new double[lat.length * columns];
        Arrays.setAll(cells, i -> lat[i / columns]);
        return cells;
    }

    /** T, u and v over these dimensions, without attributes but what is given. */
    static ConventionFile winds(
            ConventionFile file,
            String over,
            double[] pressures,
            double[] latitudeOfCell,
            String... names) {
        int n = pressures.length * latitudeOfCell.length;
        return file.field(
                        names[0],
                        over,
                        temperatures(pressures, latitudeOfCell),
                        "units = " + names[3])
                .field(names[1], over, constant(n, 100), "units = " + names[4])
                .field(names[2], over, constant(n, -20), "units = " + names[4]);
    }

    static void assertArrived(Results results, double... pressures) {
        double[] sorted = pressures.clone();
        Arrays.sort(sorted);
        assertEquals(sorted.length, results.levels());
        for (int l = 0; l < sorted.length; l++) {
            assertEquals(sorted[l], results.pressure()[l], 1e-3 * sorted[l]);
            double[] lat = results.maps().lat();
            int columns = results.maps().lon().length;
            for (int j = 2; j < lat.length - 2; j++) {
                int cell = j * columns;
                assertEquals(
                        temperature(sorted[l], lat[j]),
                        results.maps().temperature()[l][cell],
                        2.5,
                        "temperature at " + sorted[l] + " Pa, " + lat[j] + " degrees");
                assertEquals(100, results.maps().u()[l][cell], 4, "eastward");
                assertEquals(-20, results.maps().v()[l][cell], 4, "northward");
            }
        }
    }

    static void assertDays(Results results, String calendar) {
        double[] time = results.time().values();
        double unit = results.time().units().startsWith("days") ? 1 : 86400;
        unit = results.time().units().startsWith("hours") ? 24 : unit;
        assertEquals(unit, time[1] - time[0], 1e-9, results.time().units());
        assertEquals(calendar, results.time().calendar());
    }
}
