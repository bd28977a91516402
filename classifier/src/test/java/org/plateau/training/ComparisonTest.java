package org.plateau.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.plateau.results.Results;

class ComparisonTest {

    private static final List<Path> FILES = List.of(Path.of("elsewhere/run.nc"));

    @Test
    void mapsThatDifferAreListedWithWhatEachSays() {
        Results network = results(new float[][] {{0.9f, 0.2f}, {0.8f, 0.1f}}, 0.03f, 0.7f);
        Results computed = results(new float[][] {{0.9f, 0.2f}, {0.3f, 0.6f}}, 0, 0);
        String text = Comparison.section(FILES, network, computed, "By eye: neither.\n");
        assertTrue(text.startsWith("## On another model's output: run.nc\n"), text);
        assertTrue(text.contains("agree in 2 of 4 decisions; in 1 of 2 maps"), text);
        assertTrue(text.contains("| 0.0 | 1 | 0 (0.0 %) |\n"), text);
        assertTrue(text.contains("| 0.5 | 1 | 2 (100.0 %) |\n"), text);
        assertTrue(text.contains("By eye: neither.\n\n"), text);
        assertTrue(
                text.contains(
                        "| 5.00000 | 1.00 |  | banded 0.80 : 0.30 | jet 0.10 : 0.60 | 0.70 |"),
                text);
        assertFalse(text.contains("| 0.100 |"), text);
    }

    @Test
    void differentMapsAreRefused() {
        Results one = results(new float[][] {{0, 0}}, 0);
        Results two = results(new float[][] {{0, 0}, {0, 0}}, 0, 0);
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Comparison.section(FILES, one, two, ""));
        assertEquals("expected the same maps twice, found 1 x 1 and 1 x 2", e.getMessage());
    }

    /** One output of levels at 0.1 and 1 bar. */
    private static Results results(float[][] probability, float... unlike) {
        int levels = unlike.length;
        double[] pressure = levels == 1 ? new double[] {1e4} : new double[] {1e4, 1e5};
        return new Results(
                new Results.TimeAxis(new double[] {5}, "days since 2000-01-01", "360_day"),
                pressure,
                List.of("banded", "jet"),
                List.of(),
                new float[][][] {probability},
                new float[1][levels],
                new float[][] {unlike},
                new byte[1][levels],
                List.of(""),
                new double[1][levels][0],
                new byte[1][levels][0],
                new byte[1][levels],
                List.of(),
                null,
                new Results.Steady[levels][0],
                null,
                Map.of());
    }
}
