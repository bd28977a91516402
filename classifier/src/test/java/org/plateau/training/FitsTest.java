package org.plateau.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.plateau.network.Calibration;
import org.plateau.network.Likeness;

class FitsTest {

    @Test
    void inverseTimesMatrixIsOne() {
        double[] inverse = Fits.inverse(new double[] {4, 1, 1, 3}, 2);
        assertArrayEquals(new double[] {3 / 11.0, -1 / 11.0, -1 / 11.0, 4 / 11.0}, inverse, 1e-12);
    }

    @Test
    void calibrationFindsTheTruth() {
        Random random = new Random(2);
        Judged judged = new Judged(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int n = 0; n < 20000; n++) {
            float[] logits = new float[Labels.COUNT];
            float[] labels = new float[Labels.COUNT];
            for (int k = 0; k < Labels.COUNT; k++) {
                logits[k] = (float) (4 * random.nextGaussian());
                double p = 1 / (1 + Math.exp(-(0.5 * logits[k] - 1)));
                labels[k] = random.nextDouble() < p ? 1 : 0;
            }
            judged.logits().add(logits);
            judged.labels().add(labels);
        }
        Calibration fit = Fits.calibration(judged);
        assertEquals(0.5, fit.scale()[0], 0.05);
        assertEquals(-1, fit.offset()[0], 0.1);
    }

    @Test
    void oneInAHundredFreshMapsIsBeyondTheLimit() {
        List<double[]> trained = vectors(4000, 1);
        List<double[]> fresh = vectors(4000, 2);
        Likeness likeness = Fits.likeness(trained, fresh);
        long beyond =
                fresh.stream().filter(x -> likeness.unlike(likeness.distance(x)) > 0.5).count();
        assertEquals(40, beyond, 2);
        double[] far = {9, -9, 9};
        assertTrue(likeness.unlike(likeness.distance(far)) > 0.9);
    }

    private static List<double[]> vectors(int count, long seed) {
        Random random = new Random(seed);
        List<double[]> vectors = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            double x = random.nextGaussian();
            vectors.add(new double[] {x, x + 0.3 * random.nextGaussian(), random.nextGaussian()});
        }
        return vectors;
    }
}
