package org.plateau.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.regimes.Regime;

class AugmentationTest {

    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void exchangingHemispheresKeepsEveryLabel() {
        for (int n = 0; n < 30; n++) {
            LevelMap map = RandomMaps.patterns(random);
            assertArrayEquals(
                    Labels.of(map, PlanetScales.HD_209458B),
                    Labels.of(Variations.mirror(map), PlanetScales.HD_209458B),
                    1e-4f);
        }
    }

    @Test
    void exchangingHemispheresTwiceChangesNothing() {
        LevelMap map = RandomMaps.patterns(random);
        LevelMap twice = Variations.mirror(Variations.mirror(map));
        assertArrayEquals(map.temperature(), twice.temperature());
        assertArrayEquals(map.v(), twice.v());
    }

    @Test
    void whatComesOutIsAMap() {
        for (int n = 0; n < 200; n++) {
            LevelMap map =
                    Augmentation.vary(
                            RandomMaps.patterns(random), RandomMaps.patterns(random), random);
            for (float t : map.temperature()) {
                assertTrue(t > 0 && t < 1e5, () -> "temperature " + t);
            }
        }
    }

    @Test
    void aPatternDriftsEastByWholeCellsWithoutLoss() {
        LevelMap map = RandomMaps.patterns(random);
        int east = 7;
        double degrees = east * 360.0 / map.grid().nlon();
        LevelMap moved = Variations.drift(map, degrees, 0, 30);
        for (int i = 0; i < map.grid().nlat(); i++) {
            for (int j = 0; j < map.grid().nlon(); j++) {
                int there = map.grid().index(i, (j + east) % map.grid().nlon());
                assertEquals(
                        map.temperature()[map.grid().index(i, j)],
                        moved.temperature()[there],
                        1e-2f);
            }
        }
        LevelMap back = Variations.drift(moved, -degrees, 0, 30);
        assertArrayEquals(map.u(), back.u(), 1e-2f);
    }

    @Test
    void anEastwardJetOnTopMakesAJetAndLeavesTemperatureAlone() {
        LevelMap map = RandomMaps.patterns(random);
        LevelMap windy = Variations.jet(map, 20, 20);
        assertArrayEquals(map.temperature(), windy.temperature());
        float[] labels = Labels.of(windy, PlanetScales.HD_209458B);
        assertEquals(1, labels[Regime.JET.ordinal()], 1e-6);
    }

    @Test
    void withoutItsBandsAMapIsNotBanded() {
        for (int n = 0; n < 30; n++) {
            LevelMap waves = Variations.parts(RandomMaps.patterns(random), 0, 1);
            float[] labels = Labels.of(waves, PlanetScales.HD_209458B);
            assertEquals(0, labels[Regime.BANDED.ordinal()], 1e-6);
        }
    }

    @Test
    void withoutWhatDiffersBetweenHemispheresAMapIsNotAsymmetric() {
        for (int n = 0; n < 30; n++) {
            LevelMap even = Variations.parts(RandomMaps.patterns(random), 1, 0);
            float[] labels = Labels.of(even, PlanetScales.HD_209458B);
            assertEquals(0, labels[Regime.ASYMMETRIC.ordinal()], 1e-6);
        }
    }
}
