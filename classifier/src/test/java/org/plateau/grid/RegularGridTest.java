package org.plateau.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RegularGridTest {

    @Test
    void cellsCoverTheSphere() {
        RegularGrid grid = new RegularGrid(36, 72);
        double area = 0;
        for (int i = 0; i < grid.nlat(); i++) {
            area += grid.weight(i) * grid.nlon();
        }
        assertEquals(1, area, 1e-12);
        assertEquals(-87.5, grid.latitude(0));
        assertEquals(-177.5, grid.longitude(0));
        assertEquals(2.5, grid.longitude(36));
    }

    @Test
    void refusesGridsThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> new RegularGrid(1, 72));
    }
}
