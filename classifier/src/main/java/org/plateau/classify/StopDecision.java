package org.plateau.classify;

import org.plateau.field.ModelTime;

/** Who decides, after every step, whether the model is to be stopped. */
public interface StopDecision {
    /** Never does. */
    StopDecision NONE = (time, pressure, verdicts, days) -> {};

    /**
     * Looks at the verdicts as they are after a step that has been committed.
     *
     * @param pressure of the levels, Pa
     * @param days model time in days of 86,400 s
     */
    void consider(ModelTime time, double[] pressure, Verdicts verdicts, double days);
}
