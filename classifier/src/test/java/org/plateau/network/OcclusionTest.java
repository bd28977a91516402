package org.plateau.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.regimes.Regime;

class OcclusionTest {
    private static final int SPOT = NetworkGrid.GRID.index(20, 70);

    /** Recognises a map by one hot cell. */
    private static final class SpotEngine implements Engine {
        private int asked;

        @Override
        public List<Classification> classify(List<LevelMap> batch, PlanetScales scales) {
            List<Classification> all = new ArrayList<>();
            for (LevelMap map : batch) {
                float[] p = new float[Regime.values().length];
                p[Regime.LOCKED.ordinal()] = map.temperature()[SPOT] > 1500 ? 0.9f : 0.2f;
                all.add(new Classification(p, 0, 0));
                asked++;
            }
            return all;
        }

        @Override
        public String description() {
            return "a spot";
        }

        @Override
        public Provenance provenance() {
            return new Provenance("", "spot", "cpu", "", 1);
        }

        @Override
        public void close() {
            asked = 0;
        }
    }

    @Test
    void theProbabilityFallsWhereTheSpotIsCoveredAndNowhereElse() {
        float[] temperature = new float[NetworkGrid.GRID.size()];
        java.util.Arrays.fill(temperature, 1000);
        temperature[SPOT] = 2000;
        float[] rest = new float[temperature.length];
        try (SpotEngine engine = new SpotEngine()) {
            Occlusion seen =
                    Occlusion.of(
                            engine,
                            new LevelMap(NetworkGrid.GRID, 1e4, temperature, rest, rest, null),
                            new PlanetScales(9e7, 2e-5, 2e3, 4593, 14308));
            assertEquals(Regime.LOCKED, seen.regime());
            assertEquals(0.9f, seen.probability());
            int part = 20 / 3 * Occlusion.COLUMNS + 70 / 3;
            for (int k = 0; k < seen.drop().length; k++) {
                assertTrue(seen.drop()[k] <= seen.drop()[part] + 1e-6, "part " + k);
            }
            assertEquals(0.7, seen.drop()[part], 1e-5);
            int far = 2 * Occlusion.COLUMNS + 5;
            assertEquals(0, seen.drop()[far], 1e-6);
            assertTrue(engine.asked > 200);
        }
    }
}
