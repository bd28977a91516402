package org.plateau.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.grid.RegularGrid;
import org.plateau.regimes.AnalyticMaps;

class MapEncoderTest {

    private static final PlanetScales SCALES = PlanetScales.HD_209458B;

    @Test
    void fieldsAreNormalisedAndLongitudeIsWrapped() {
        EncodedMaps encoded = encode(1);
        int row = 18 * MapEncoder.COLUMNS;
        int last = MapEncoder.COLUMNS - 1;
        assertEquals(encoded.maps()[row + 72], encoded.maps()[row]);
        assertEquals(encoded.maps()[row + last - 72], encoded.maps()[row + last]);
        // T' = 100 sin(lat): the spread is 100 / sqrt(3).
        double expected = Math.sqrt(3) * AnalyticMaps.sin(2.5);
        assertEquals(expected, encoded.maps()[row], 1e-3);
    }

    @Test
    void amplitudeIsInTheScalarsAlone() {
        EncodedMaps weak = encode(1);
        EncodedMaps strong = encode(4);
        for (int k = 0; k < MapEncoder.MAP_SIZE; k++) {
            assertEquals(weak.maps()[k], strong.maps()[k], 1e-4);
        }
        assertTrue(strong.scalars()[3] > weak.scalars()[3]);
        assertEquals(Math.log10(4), strong.scalars()[2] - weak.scalars()[2], 1e-4);
    }

    @Test
    void unknownGradientIsSaid() {
        LevelMap map = AnalyticMaps.temperature((lat, lon) -> 1000 + lat);
        assertEquals(0, MapEncoder.encode(List.of(map), SCALES).scalars()[4]);
    }

    @Test
    void otherGridsAreRefused() {
        RegularGrid grid = new RegularGrid(4, 8);
        LevelMap map = new LevelMap(grid, 1, new float[32], new float[32], new float[32], null);
        assertThrows(IllegalArgumentException.class, () -> MapEncoder.encode(List.of(map), SCALES));
    }

    private static EncodedMaps encode(double factor) {
        LevelMap map =
                AnalyticMaps.of(
                        (lat, lon) -> 2000 + 100 * factor * AnalyticMaps.sin(lat),
                        (lat, lon) -> 100 * factor * AnalyticMaps.cos(lat),
                        null);
        return MapEncoder.encode(List.of(map), SCALES);
    }
}
