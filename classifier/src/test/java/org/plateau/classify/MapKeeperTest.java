package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.field.LevelMap;
import org.plateau.network.NetworkGrid;
import org.plateau.results.MapArchive;
import org.plateau.results.ResultsLayout;

class MapKeeperTest {
    private static final int OUTPUTS = 400;

    @TempDir Path folder;

    /** More outputs at once than wait for the disk; every one is kept or counted. */
    private long putMany(boolean live) {
        float[] values = new float[NetworkGrid.GRID.size()];
        List<LevelMap> maps =
                List.of(new LevelMap(NetworkGrid.GRID, 1e5, values, values, values, values));
        ResultsLayout layout =
                new ResultsLayout(
                        "days since 2000-01-01",
                        "standard",
                        new double[] {1e5},
                        List.of(),
                        List.of(),
                        0,
                        List.of(),
                        List.of(),
                        NetworkGrid.GRID,
                        Map.of());
        MapKeeper keeper = new MapKeeper(folder, 1L << 30, live);
        for (int output = 0; output < OUTPUTS; output++) {
            keeper.put(layout, output, output * 0.5, maps);
        }
        keeper.close();
        int kept = new MapArchive(folder.resolve(MapArchive.NAME)).times().length;
        assertEquals(OUTPUTS, kept + keeper.passedOver());
        return keeper.passedOver();
    }

    @Test
    void aLiveRunCountsTheOutputsThatCameWhileTheDiskWasBehind() {
        assertTrue(putMany(true) > 0, "all were kept: the disk was never behind");
    }

    @Test
    void aReplayWaitsAndKeepsAll() {
        assertEquals(0, putMany(false));
    }
}
