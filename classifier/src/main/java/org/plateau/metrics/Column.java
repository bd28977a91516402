package org.plateau.metrics;

import java.util.Arrays;

/**
 * The levels of one output time, from the top downwards, for scalars of the whole column.
 *
 * @param pressure of the levels, Pa, rising
 * @param values [level * metric], in the order of {@link Metrics#list()}; NaN where missing
 */
@SuppressWarnings("ArrayRecordComponent")
public record Column(double[] pressure, double[] values) {

    /**
     * Mean of a level metric, weighted by mass: the trapezoidal rule in pressure, from the highest
     * level to the lowest. NaN if a level is missing, because a mean over other levels is another
     * quantity.
     */
    double massMean(LevelMetric metric) {
        int levels = pressure.length;
        int metrics = values.length / levels;
        int at = Metrics.list().indexOf(metric);
        double sum = 0;
        double mass = 0;
        for (int k = 0; k < levels; k++) {
            double above = pressure[Math.max(0, k - 1)];
            double below = pressure[Math.min(levels - 1, k + 1)];
            double weight = levels == 1 ? 1 : (below - above) / 2;
            sum += weight * values[k * metrics + at];
            mass += weight;
        }
        return sum / mass;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Column c
                && Arrays.equals(pressure, c.pressure)
                && Arrays.equals(values, c.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(pressure) + Arrays.hashCode(values);
    }
}
