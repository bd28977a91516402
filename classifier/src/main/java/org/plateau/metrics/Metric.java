package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/**
 * One scalar whose series the equilibration test judges: of a level ({@link LevelMetric}), of the
 * column, made of its levels ({@link ColumnMetric}), or of the column, made of what the model
 * writes besides ({@link WrittenMetric}).
 */
public sealed interface Metric permits LevelMetric, ColumnMetric, WrittenMetric {
    /** Snake case, at most 31 letters. */
    String name();

    /** As CF writes it, {@code m s-1}; {@code 1} for a number. */
    String unit();

    /**
     * Tolerance of the equilibration test where a person has given none. Its absolute part is the
     * floor that keeps the tolerance from shrinking with the series; both parts 0: by the spread.
     */
    Tolerance tolerance();
}
