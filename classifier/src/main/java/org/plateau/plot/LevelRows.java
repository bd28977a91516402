package org.plateau.plot;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The band of pressures that each level stands for: up to the geometric mean with its neighbours,
 * and as far beyond the outermost levels.
 */
final class LevelRows {
    private final double[] upper;
    private final double[] lower;

    /** Rows of levels in any order. */
    LevelRows(double[] pressure) {
        int n = pressure.length;
        upper = new double[n];
        lower = new double[n];
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> pressure[i]));
        for (int k = 0; k < n; k++) {
            double own = pressure[order[k]];
            double above = k > 0 ? Math.sqrt(own * pressure[order[k - 1]]) : Double.NaN;
            double below = k < n - 1 ? Math.sqrt(own * pressure[order[k + 1]]) : Double.NaN;
            upper[order[k]] = k > 0 ? above : n > 1 ? own * own / below : own / 2;
            lower[order[k]] = k < n - 1 ? below : n > 1 ? own * own / above : own * 2;
        }
    }

    /** Pressure at the upper edge of a level's row. */
    double upper(int level) {
        return upper[level];
    }

    /** Pressure at the lower edge of a level's row. */
    double lower(int level) {
        return lower[level];
    }

    double top() {
        return Arrays.stream(upper).min().orElse(1);
    }

    double bottom() {
        return Arrays.stream(lower).max().orElse(10);
    }

    int count() {
        return upper.length;
    }
}
