package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/** One scalar of a level. */
public interface Metric {
    /** Snake case, at most 31 letters. */
    String name();

    /** As CF writes it, {@code m s-1}; {@code 1} for a number. */
    String unit();

    /**
     * Tolerance of the equilibration test where a person has given none. Its absolute part is the
     * floor that keeps the tolerance from shrinking with the series.
     */
    Tolerance tolerance();

    /** The value, NaN if it cannot be told. */
    double value(Measured level);
}
