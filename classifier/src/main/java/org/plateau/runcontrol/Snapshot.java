package org.plateau.runcontrol;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plateau.equilibration.Verdict;
import org.plateau.grid.Pressures;

/**
 * What the classifier knows after one output.
 *
 * @param modelTime model time of the output, on the time axis of the results
 * @param elapsed model time since the run's first output, days
 * @param written when the model wrote the output (wall clock)
 * @param complete false if any slab of this output is missing anywhere
 * @param levels the levels and the column, in any order
 */
public record Snapshot(
        double modelTime, double elapsed, Instant written, boolean complete, List<Level> levels) {

    public Snapshot {
        levels = List.copyOf(levels);
    }

    /** Why it counts for nothing, in words; empty if there is no reason. */
    List<String> unsound(double lastModelTime) {
        List<String> faults = new ArrayList<>();
        if (!complete) {
            faults.add("the output is incomplete");
        }
        if (modelTime < lastModelTime) {
            faults.add("the output is older than the one before");
        }
        return faults;
    }

    /** That nothing may be done on it because of its age, in words; empty if it is not too old. */
    List<String> old(Instant now, Duration maximumAge) {
        Duration age = Duration.between(written, now);
        return age.compareTo(maximumAge) > 0
                ? List.of("the output is " + age.toSeconds() + " s old")
                : List.of();
    }

    /**
     * One pressure level, or the column.
     *
     * @param pressure in Pa
     * @param gap true if the level has no map at this output
     * @param labelVeto true if its labels speak against equilibrium (they never speak for it)
     * @param verdicts by the metric's name, with their times on the results' time axis; they are
     *     told in this order
     */
    public record Level(
            double pressure, boolean gap, boolean labelVeto, Map<String, Verdict> verdicts) {
        public Level {
            verdicts = Collections.unmodifiableMap(new LinkedHashMap<>(verdicts));
        }

        /**
         * The whole column, which has no pressure.
         *
         * @param gap true if one of its metrics has ceased to come
         */
        public static Level column(boolean gap, Map<String, Verdict> verdicts) {
            return new Level(Double.NaN, gap, false, verdicts);
        }

        /** Whether it is the whole column. */
        public boolean isColumn() {
            return Double.isNaN(pressure);
        }

        /** What people call it. */
        String name() {
            return isColumn() ? "the column" : Pressures.text(pressure);
        }
    }
}
