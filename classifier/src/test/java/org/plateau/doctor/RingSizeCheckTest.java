package org.plateau.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.plateau.bridge.HookSettings;
import org.plateau.doctor.Finding.Level;

class RingSizeCheckTest {
    private static final long MIB = 1L << 20;
    private static final HookSettings HOOK = HookSettings.defaults(); // a ring of 64 MiB

    private static Finding finding(int variables, long bytes, int writers) {
        return new RingSizeCheck("out.nc", variables, bytes, writers, HOOK).findings().get(0);
    }

    @Test
    void aRingThatHoldsOneAndAHalfOutputTimesIsFine() {
        Finding found = finding(3, 40 * MIB, 1);
        assertEquals(Level.OK, found.level());
        assertTrue(
                found.what().contains("40 MiB per output time and writing process (3 variables"),
                found.what());
    }

    @Test
    void aScarceRingIsNotedWithTheSizeToSet() {
        Finding found = finding(3, 60 * MIB, 1);
        assertEquals(Level.NOTE, found.level());
        assertEquals("set hook.ring to 128 MiB", found.remedy());
    }

    @Test
    void anOutputTimeThatDoesNotFitIsAProblem() {
        Finding found = finding(3, 400 * MIB, 1);
        assertEquals(Level.PROBLEM, found.level());
        assertEquals("set hook.ring to 1 GiB", found.remedy());
    }

    @Test
    void severalWritersShareAnOutputTime() {
        assertEquals(Level.OK, finding(3, 160 * MIB, 4).level());
    }

    @Test
    void aFileWithoutSelectedVariablesIsAProblem() {
        assertEquals(Level.PROBLEM, finding(0, 0, 1).level());
    }
}
