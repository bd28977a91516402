package org.plateau.metrics;

/** One scalar of a level. */
public non-sealed interface LevelMetric extends Metric {
    /** The value, NaN if it cannot be told. */
    double value(Measured level);
}
