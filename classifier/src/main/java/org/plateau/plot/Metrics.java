package org.plateau.plot;

import java.util.ArrayList;
import java.util.List;
import org.plateau.results.Results;

/** Chooses metrics to show. */
public final class Metrics {
    private static final List<String> TELLING =
            List.of("temperature_mean", "rms_wind", "superrotation_index", "day_night_contrast");
    private static final String OF_LABELS = "probability_";
    private static final int MOST = 4;

    private Metrics() {}

    /** The most telling four that the results have, or else the first four of the atmosphere. */
    public static List<Integer> telling(Results results) {
        List<Integer> chosen = new ArrayList<>();
        for (String name : TELLING) {
            int metric = names(results).indexOf(name);
            if (metric >= 0) {
                chosen.add(metric);
            }
        }
        for (int m = 0; m < results.metrics().size() && chosen.size() < MOST; m++) {
            if (!chosen.contains(m) && !names(results).get(m).startsWith(OF_LABELS)) {
                chosen.add(m);
            }
        }
        return chosen;
    }

    /**
     * The metrics of these names.
     *
     * @throws IllegalArgumentException if the results have none of that name
     */
    public static List<Integer> named(Results results, List<String> wanted) {
        List<Integer> chosen = new ArrayList<>();
        for (String name : wanted) {
            int metric = names(results).indexOf(name);
            if (metric < 0) {
                throw new IllegalArgumentException(
                        "expected metrics among "
                                + String.join(", ", names(results))
                                + ", found "
                                + name);
            }
            chosen.add(metric);
        }
        return chosen;
    }

    private static List<String> names(Results results) {
        return results.metrics().stream().map(Results.Quantity::name).toList();
    }
}
