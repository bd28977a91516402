package org.plateau.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class VerticalGradientTest {

    private static final double[] PRESSURE = {1e3, 1e4, 1e5};
    private static final float STEP = (float) Math.log(10);

    @Test
    void isCentredInsideAndOneSidedAtTheEnds() {
        float[][] t = {{100}, {100 + STEP}, {100 + 4 * STEP}};
        assertArrayEquals(new float[] {1}, VerticalGradient.at(PRESSURE, t, 0), 1e-5f);
        assertArrayEquals(new float[] {2}, VerticalGradient.at(PRESSURE, t, 1), 1e-5f);
        assertArrayEquals(new float[] {3}, VerticalGradient.at(PRESSURE, t, 2), 1e-5f);
    }

    @Test
    void isUnknownWithoutNeighbours() {
        float[][] t = {{100}, null, {200}};
        assertNull(VerticalGradient.at(PRESSURE, t, 0));
        assertNull(VerticalGradient.at(new double[] {1e3}, new float[][] {{100}}, 0));
    }
}
