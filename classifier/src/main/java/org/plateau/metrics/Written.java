package org.plateau.metrics;

import java.util.Map;
import java.util.Set;

/**
 * What the model has written for one time.
 *
 * @param means over the sphere, each in its own unit: by CF standard name, or by the name of the
 *     variable where a person asked for that
 * @param known names of all that the model is known to write, whether or not it did for this time
 */
public record Written(Map<String, Double> means, Set<String> known) {
    public Written {
        means = Map.copyOf(means);
        known = Set.copyOf(known);
    }

    /** Whether the model writes one of these. */
    boolean knows(String... names) {
        for (String name : names) {
            if (known.contains(name)) {
                return true;
            }
        }
        return false;
    }

    /** The mean of the first of these that was written, NaN if none was. */
    double first(String... names) {
        for (String name : names) {
            if (means.containsKey(name)) {
                return means.get(name);
            }
        }
        return Double.NaN;
    }
}
