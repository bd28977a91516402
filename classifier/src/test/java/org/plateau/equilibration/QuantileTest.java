package org.plateau.equilibration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuantileTest {

    /** Tables of Student's t as textbooks print them. */
    @Test
    void studentsTIsThatOfTheTables() {
        double[][] table = {
            {0.025, 10, 2.228139},
            {0.01, 5, 3.364930},
            {0.005, 4, 4.604095},
            {0.001, 7, 4.785290},
            {0.0005, 8, 5.041305},
            {0.001, 30, 3.385185},
            {0.05, 1, 6.313752},
            {0.025, 2, 4.302653},
            {0.05, 120, 1.657651}
        };
        for (double[] row : table) {
            assertEquals(row[2], Quantile.student(row[0], row[1]), 2e-6, row[0] + ", " + row[1]);
        }
    }

    /** One and two degrees of freedom have closed forms, also far out. */
    @Test
    void studentsTIsExactFarOut() {
        for (double tail : new double[] {1e-2, 1e-4, 1e-6, 1e-8}) {
            double one = 1 / Math.tan(Math.PI * tail);
            assertEquals(1, Quantile.student(tail, 1) / one, 1e-8);
            double p = 1 - 2 * tail;
            assertEquals(1, Quantile.student(tail, 2) / (p * Math.sqrt(2 / (1 - p * p))), 1e-7);
        }
    }

    @Test
    void manyDegreesOfFreedomAreNormal() {
        for (double tail : new double[] {0.2, 0.01, 1e-5}) {
            assertEquals(Quantile.normal(tail), Quantile.student(tail, 1e7), 1e-5);
        }
        assertEquals(1.959964, Quantile.normal(0.025), 1e-6);
        assertEquals(3.090232, Quantile.normal(0.001), 1e-6);
        assertEquals(4.753424, Quantile.normal(1e-6), 1e-6);
    }

    @Test
    void whatNewtonsMethodSparesChangesNothing() {
        for (double tail = 0.4; tail > 1e-9; tail *= 0.37) {
            for (double degrees = 0.3; degrees < 1e4; degrees *= 1.31) {
                assertEquals(byHalvingAlone(tail, degrees), Quantile.student(tail, degrees));
            }
        }
    }

    private static double byHalvingAlone(double tail, double degrees) {
        double low = Quantile.normal(tail);
        double high = 2 * Math.max(1, low);
        while (Quantile.studentTail(high, degrees) > tail) {
            low = high;
            high *= 2;
        }
        for (int i = 0; i < 60 && high - low > 1e-10 * high; i++) {
            double middle = 0.5 * (low + high);
            boolean above = Quantile.studentTail(middle, degrees) > tail;
            low = above ? middle : low;
            high = above ? high : middle;
        }
        return 0.5 * (low + high);
    }
}
