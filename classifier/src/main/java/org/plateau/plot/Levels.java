package org.plateau.plot;

import java.util.ArrayList;
import java.util.List;
import org.plateau.results.Results;

/** Chooses levels to show. */
public final class Levels {
    private Levels() {}

    /** The levels nearest to these pressures (Pa), in the order given, each once. */
    public static List<Integer> near(Results results, List<Double> pressures) {
        List<Integer> levels = new ArrayList<>();
        for (double pressure : pressures) {
            int level = results.levelNear(pressure);
            if (!levels.contains(level)) {
                levels.add(level);
            }
        }
        return levels;
    }

    /** At most so many levels with a map, spread evenly over the logarithm of pressure. */
    public static List<Integer> spread(Results results, int most) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (double pressure : results.pressure()) {
            low = Math.min(low, pressure);
            high = Math.max(high, pressure);
        }
        List<Double> targets = new ArrayList<>();
        for (int k = 0; k < most; k++) {
            targets.add(low * Math.pow(high / low, (k + 0.5) / most));
        }
        return near(results, targets);
    }
}
