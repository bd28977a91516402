package org.plateau.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;

class AugmentationTest {

    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void exchangingHemispheresKeepsEveryLabel() {
        for (int n = 0; n < 30; n++) {
            LevelMap map = RandomMaps.patterns(random);
            assertArrayEquals(
                    Labels.of(map, PlanetScales.HD_209458B),
                    Labels.of(Augmentation.mirror(map), PlanetScales.HD_209458B),
                    1e-4f);
        }
    }

    @Test
    void exchangingHemispheresTwiceChangesNothing() {
        LevelMap map = RandomMaps.patterns(random);
        LevelMap twice = Augmentation.mirror(Augmentation.mirror(map));
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
}
