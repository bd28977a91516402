package org.plateau.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.field.LevelMap;
import org.plateau.grid.RegularGrid;

class MapHistoryTest {
    private static final RegularGrid GRID = new RegularGrid(4, 8);
    private static final double[] PRESSURE = {100, 1000};

    @TempDir Path folder;

    private static ResultsLayout layout(double... pressure) {
        return new ResultsLayout(
                "days since 2000-01-01",
                "360_day",
                pressure,
                List.of(),
                List.of(),
                0,
                List.of(),
                List.of(),
                GRID,
                Map.of());
    }

    private static long bytesFor(int outputs) {
        return outputs * MapFile.bytesPerOutput(layout(PRESSURE));
    }

    private static LevelMap map(double pressure, float temperature) {
        float[] values = new float[GRID.size()];
        Arrays.fill(values, temperature);
        return new LevelMap(
                GRID, pressure, values, values, values, pressure == 100 ? null : values);
    }

    private void put(MapHistory history, int output) throws Exception {
        history.put(output, output * 0.5, List.of(map(100, output), map(1000, output + 0.25f)));
    }

    private MapArchive archive() {
        return new MapArchive(folder.resolve("maps.nc"));
    }

    @Test
    void aFullHistoryDropsEveryOtherSoThatItStaysEvenlySpread() throws Exception {
        try (MapHistory history = new MapHistory(folder, bytesFor(8), layout(PRESSURE))) {
            for (int output = 0; output < 30; output++) {
                put(history, output);
                assertTrue(archive().times().length <= 8);
            }
        }
        assertArrayEquals(new double[] {0, 2, 4, 6, 8, 10, 12, 14}, archive().times());
        assertTrue(Files.size(folder.resolve("maps.nc")) < bytesFor(9) + 4096);
    }

    @Test
    void theNearestMapOfALevelComesWithItsTimeAndGradient() throws Exception {
        try (MapHistory history = new MapHistory(folder, bytesFor(100), layout(PRESSURE))) {
            for (int output = 0; output < 10; output++) {
                put(history, output);
            }
            MapArchive.Kept kept = archive().nearest(1000, 2.1).orElseThrow();
            assertEquals(2.0, kept.time());
            assertEquals(4.25f, kept.map().temperature()[3]);
            assertEquals(4.25f, kept.map().lapse()[3]);
            assertNull(archive().nearest(100, 2.1).orElseThrow().map().lapse());
            assertEquals(4.5, archive().nearest(100, 1e9).orElseThrow().time());
            assertFalse(archive().nearest(5000, 2).isPresent(), "no such level");
        }
    }

    @Test
    void gapsAreLeftOutAndAnEarlierTimeIsNotKeptAgain() throws Exception {
        try (MapHistory history = new MapHistory(folder, bytesFor(100), layout(PRESSURE))) {
            put(history, 0);
            history.put(1, 0.5, Arrays.asList(null, map(1000, 7)));
            put(history, 1);
        }
        assertEquals(2, archive().times().length);
        assertEquals(0.0, archive().nearest(100, 0.5).orElseThrow().time());
        assertEquals(0.5, archive().nearest(1000, 0.5).orElseThrow().time());
    }

    @Test
    void aRestartGoesOnWithItsFileAndOtherLevelsBeginANewOne() throws Exception {
        try (MapHistory history = new MapHistory(folder, bytesFor(4), layout(PRESSURE))) {
            for (int output = 0; output < 5; output++) {
                put(history, output);
            }
        }
        try (MapHistory history = new MapHistory(folder, bytesFor(4), layout(PRESSURE))) {
            put(history, 5);
            put(history, 6);
        }
        assertArrayEquals(new double[] {0, 1, 2, 3}, archive().times());
        try (MapHistory history = new MapHistory(folder, bytesFor(9), layout(100))) {
            history.put(7, 3.5, List.of(map(100, 1)));
        }
        assertArrayEquals(new double[] {3.5}, archive().times());
    }

    @Test
    void withoutRoomNothingIsKept() throws Exception {
        try (MapHistory history = new MapHistory(folder, 10, layout(PRESSURE))) {
            put(history, 0);
        }
        assertFalse(Files.exists(folder.resolve("maps.nc")));
        assertEquals(0, archive().times().length);
    }
}
