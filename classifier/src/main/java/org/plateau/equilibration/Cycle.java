package org.plateau.equilibration;

import java.util.Arrays;

/**
 * A steady oscillation in a retained series: one frequency with its first two harmonics explains
 * most of what the batch means vary, over at least {@value #FEWEST_CYCLES} cycles, and as strongly
 * in the second half as in the first. Correlated noise can look like that over few cycles: the
 * fewer there are, the more of the variance they must explain.
 *
 * @param period in batches
 * @param amplitude half the range of the fundamental
 * @param explained part of the variance of the batch means that it explains
 */
record Cycle(double period, double amplitude, double explained) {

    static final int FEWEST_CYCLES = 5;

    private static final int FEWEST_BATCHES = 32;
    private static final double LEAST_EXPLAINED = 0.6;
    private static final double MORE_EXPLAINED = 0.25;
    private static final int MANY_CYCLES = 12;
    private static final double STEADY = 0.6;

    /** An oscillation of fewer batches of several samples may be the alias of a shorter one. */
    static final double SHORTEST = 4;

    /**
     * The strongest oscillation, or null if there is none that is steady and strong enough.
     *
     * @param size samples per batch
     */
    static Cycle find(Retained s, int size) {
        if (s.count < FEWEST_BATCHES) {
            return null;
        }
        double[] grid = detrended(s);
        double total = power(grid);
        if (!(total > 0)) {
            return null;
        }
        int n = grid.length;
        double[] frequencies = new double[Math.max(0, n / 2 - FEWEST_CYCLES + 1)];
        Arrays.setAll(frequencies, k -> (double) (k + FEWEST_CYCLES) / n);
        double[] strengths = Strength.of(grid, 0, n, frequencies);
        double best = 0;
        double at = 0;
        for (int k = 0; k < strengths.length; k++) {
            if (strengths[k] > best) {
                best = strengths[k];
                at = frequencies[k];
            }
        }
        return judged(grid, refined(grid, at), total, (double) s.count / n, size);
    }

    private static double refined(double[] grid, double start) {
        int n = grid.length;
        double at = start;
        double here = Strength.of(grid, 0, n, at)[0];
        for (double step = 0.5 / n; step > 0.01 / n; step /= 2) {
            double[] beside = Strength.of(grid, 0, n, at - step, at + step);
            if (beside[0] > here) {
                at -= step;
                here = beside[0];
            } else if (at + step <= 0.5 && beside[1] > here) {
                at += step;
                here = beside[1];
            }
        }
        return at;
    }

    private static Cycle judged(
            double[] grid, double frequency, double total, double filled, int size) {
        int n = grid.length;
        double explained = 0;
        double[] harmonics = Strength.of(grid, 0, n, frequency, 2 * frequency, 3 * frequency);
        for (int h = 1; h <= 3 && h * frequency <= 0.5; h++) {
            explained += harmonics[h - 1];
        }
        explained /= total * filled;
        double before = Math.sqrt(Strength.of(grid, 0, n / 2, frequency)[0] / (n / 2));
        double after = Math.sqrt(Strength.of(grid, n / 2, n, frequency)[0] / (n - n / 2));
        boolean steady = Math.min(before, after) >= STEADY * Math.max(before, after);
        double few = Math.max(0, MANY_CYCLES - frequency * n) / (MANY_CYCLES - FEWEST_CYCLES);
        boolean alias = size > 1 && frequency * SHORTEST > 1;
        if (explained < LEAST_EXPLAINED + MORE_EXPLAINED * few || !steady || alias) {
            return null;
        }
        double halves = fastest(frequency, n / 2) ? 2 : Math.sqrt(2);
        double amplitude = (before + after) / halves / filled;
        return new Cycle(1 / frequency, amplitude / averaging(frequency, size), explained);
    }

    /** What is left of an oscillation in the mean of a batch of that many samples. */
    private static double averaging(double frequency, int size) {
        double x = Math.PI * frequency;
        return Math.sin(x) / (size * Math.sin(x / size));
    }

    /** Residuals of the straight line, on a grid of batches; missing ones are 0. */
    private static double[] detrended(Retained s) {
        Trend trend = Trend.of(s);
        double meanTime = 0;
        double meanValue = 0;
        for (int i = 0; i < s.count; i++) {
            meanTime += s.time[i] / s.count;
            meanValue += s.value[i] / s.count;
        }
        int first = s.position[0];
        double[] grid = new double[s.position[s.count - 1] - first + 1];
        for (int i = 0; i < s.count; i++) {
            grid[s.position[i] - first] =
                    s.value[i] - meanValue - trend.slope * (s.time[i] - meanTime);
        }
        return grid;
    }

    private static double power(double[] grid) {
        double sum = 0;
        for (double v : grid) {
            sum += v * v;
        }
        return sum;
    }

    /** Of two batches or samples: its sine and its cosine cannot be told apart. */
    static boolean fastest(double frequency, long over) {
        return (0.5 - frequency) * over < 0.5;
    }
}
