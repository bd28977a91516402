package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.plateau.assembly.Account;
import org.plateau.assembly.ModelFile;
import org.plateau.message.ElementType;
import org.plateau.network.Devices;
import org.plateau.settings.SettingsFile;

/** Classifies files in memory, and what the tests of their axes put into them. */
final class AxesRun {
    static final int ROWS = 18;
    static final int COLUMNS = 36;

    private AxesRun() {}

    /**
     * Classifies a file into a run's directory; what became of its writes, none of them pending.
     */
    static Account.Totals classify(Path run, ModelFile file, String settings) throws IOException {
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
            return classifier.account().total();
        }
    }

    static double[] even(double from, double step, int n) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> from + i * step);
        return values;
    }

    static ModelFile latLon() {
        return new ModelFile(1, "/r/out.nc")
                .axis("lat", even(-85, 10, ROWS), "units", "degrees_north")
                .axis("lon", even(5, 10, COLUMNS), "units", "degrees_east");
    }

    static ModelFile fields(ModelFile file, String horizontal) {
        for (String name : List.of("T", "u", "v")) {
            file.variable(name, ElementType.FLOAT, "time lev " + horizontal);
        }
        return file.variable("time", ElementType.DOUBLE, "time", "units", "days since 2000-01-01");
    }

    interface Value {
        double at(int level, int cell);
    }

    static double[] filled(int levels, int cells, Value value) {
        double[] all = new double[levels * cells];
        Arrays.setAll(all, k -> value.at(k / cells, k % cells));
        return all;
    }

    static void assertAll(double expected, float[] map, double tolerance) {
        for (float value : map) {
            assertEquals(expected, value, tolerance);
        }
    }

    static ModelFile flat(ModelFile file, String horizontal, int cells, double... t) {
        fields(file, horizontal);
        for (int r = 0; r < 2; r++) {
            file.put("T", r, filled(t.length, cells, (k, cell) -> t[k]))
                    .put("u", r, filled(t.length, cells, (k, cell) -> 100))
                    .put("v", r, filled(t.length, cells, (k, cell) -> 0))
                    .put("time", r, r + 1.0);
        }
        return file;
    }
}
