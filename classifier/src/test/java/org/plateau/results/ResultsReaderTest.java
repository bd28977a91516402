package org.plateau.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsReaderTest {
    @TempDir Path folder;

    @Test
    void everyVariableComesBackWithItsShapeAndNames() {
        Path file = folder.resolve("results.nc");
        SyntheticResults.write(file, 50, 6);
        Results results = ResultsReader.read(file);
        assertEquals(50, results.outputs());
        assertEquals(6, results.levels());
        assertEquals(SyntheticResults.REGIMES, results.regimes());
        assertEquals("rms_wind", results.metrics().get(1).name());
        assertEquals("m s-1", results.metrics().get(1).unit());
        assertEquals("360_day", results.time().calendar());
        assertEquals(5, results.verdictIndex("equilibrated"));
        assertEquals(8, results.probability()[49][5].length);
        assertEquals(3, results.metricValue()[49][5].length);
        assertEquals(32 * 64, results.maps().temperature()[5].length);
        assertEquals("CF-1.10", results.attributes().get("Conventions"));
    }

    @Test
    void readingFromAnOutputOnGivesTheSameTail() {
        Path file = folder.resolve("results.nc");
        SyntheticResults.write(file, 20, 4);
        Results all = ResultsReader.read(file);
        Results tail = ResultsReader.read(file, 15);
        assertEquals(5, tail.outputs());
        assertArrayEquals(all.probability()[17][3], tail.probability()[2][3]);
        assertEquals(0, ResultsReader.read(file, 99).outputs());
    }

    @Test
    void aRunWithoutOutputsYetIsEmptyNotBroken() {
        Path file = folder.resolve("results.nc");
        SyntheticResults.write(file, 0, 4);
        Results results = ResultsReader.read(file);
        assertEquals(0, results.outputs());
        assertEquals(4, results.levels());
    }

    @Test
    void whatIsNoResultsFileIsNamedInOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("x.nc"), "hello");
        String message =
                assertThrows(ResultsException.class, () -> ResultsReader.read(text)).getMessage();
        assertTrue(message.contains("x.nc"), message);
        assertEquals(1, message.lines().count());
        assertThrows(ResultsException.class, () -> ResultsReader.read(folder.resolve("none.nc")));
    }
}
