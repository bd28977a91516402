package org.plateau.metrics;

import java.util.Set;
import org.plateau.equilibration.EquilibrationSection.Tolerance;

/**
 * One scalar of the column, made of scalars and horizontal fields that the model writes. It has a
 * series of its own, at the times at which they are written.
 */
public non-sealed interface WrittenMetric extends Metric {
    /** Variables that it can be made of, by the names of {@link Written}. */
    Set<String> needs();

    /** The tolerance where the first values say more of it. */
    default Tolerance tolerance(Written first) {
        return tolerance();
    }

    /** The value, NaN if what it takes was not written. */
    double value(Written written);
}
