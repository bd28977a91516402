package org.plateau.metrics;

/** One scalar of a level. */
public interface Metric {
    /** Snake case, at most 31 letters. */
    String name();

    /** As CF writes it, {@code m s-1}; {@code 1} for a number. */
    String unit();

    /** Default tolerance of the equilibration test. */
    Tolerance tolerance();

    /** The value, NaN if it cannot be told. */
    double value(Measured level);

    /**
     * How much a steady series may change over the horizon: the larger of the two.
     *
     * @param absolute in the metric's unit; also the floor that keeps the tolerance from shrinking
     *     with the series
     * @param relative share of the mean's size
     */
    record Tolerance(double absolute, double relative) {}
}
