package org.plateau.metrics;

/** One scalar of the column, made of the metrics of its levels. */
public non-sealed interface ColumnMetric extends Metric {
    /** The value, NaN if it cannot be told. */
    double value(Column column);
}
