package org.plateau.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PressuresTest {
    @Test
    void aPressureIsToldInMillibarHighUpAndInBarBelowWithThreeDigits() {
        assertEquals("0.0100 mbar", Pressures.text(1));
        assertEquals("2.85 mbar", Pressures.text(284.8035868435802));
        assertEquals("0.0231 bar", Pressures.text(2310.129700083159));
        assertEquals("100 bar", Pressures.text(1e7));
        assertEquals("1230 bar", Pressures.text(1.234e8));
    }

    @Test
    void theNameOfALevelTellsItFromItsNeighboursAndFitsTheTable() {
        assertEquals("18738.2 Pa", Pressures.name(18738.17422860384));
        assertNotEquals(Pressures.name(99_100), Pressures.name(99_200));
        for (double p = 1e-2; p < 1e9; p *= 1.07) {
            assertTrue(Pressures.text(p).length() <= 13, Pressures.text(p));
        }
    }
}
