package org.plateau.runcontrol;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.plateau.equilibration.Verdict;
import org.plateau.grid.Pressures;

/**
 * What must hold before a run may be stopped.
 *
 * @param levels pressures in Pa that must have settled; empty: all levels and the column, unless
 *     the column alone is asked for
 * @param column whether the column must have settled besides the levels given
 * @param metrics names of the metrics that must have settled; empty: all metrics
 * @param accept names of the verdicts that count as settled
 * @param minimumElapsed least model time since the run's first output, days
 */
public record StopPolicy(
        List<Double> levels,
        boolean column,
        Set<String> metrics,
        Set<String> accept,
        double minimumElapsed) {

    /** The word for the column among the levels of the settings. */
    static final String COLUMN = "column";

    /** Settings' pressures name a level if they are within this part of its own. */
    private static final double SAME_LEVEL = 0.02;

    public StopPolicy {
        levels = List.copyOf(levels);
        metrics = Set.copyOf(metrics);
        accept = Set.copyOf(accept);
    }

    /** What is still missing, in words; empty if the policy is met. */
    public List<String> missing(Snapshot now) {
        List<String> missing = new ArrayList<>();
        if (!(now.elapsed() >= minimumElapsed)) {
            missing.add(
                    String.format(
                            Locale.ROOT,
                            "model time %.6g d of %.6g d",
                            now.elapsed(),
                            minimumElapsed));
        }
        missing.addAll(unmatched(now));
        List<Snapshot.Level> required = required(now);
        if (required.isEmpty()) {
            missing.add("no level");
        }
        for (String metric : metrics) {
            if (required.stream().noneMatch(l -> l.verdicts().containsKey(metric))) {
                missing.add("no " + metric + " at any of the levels asked for");
            }
        }
        required.forEach(level -> missing(level, missing));
        return missing;
    }

    /** The verdicts that are asked for and do not count as settled yet. */
    public List<Verdict> unsettled(Snapshot now) {
        List<Verdict> unsettled = new ArrayList<>();
        for (Snapshot.Level level : required(now)) {
            level.verdicts().entrySet().stream()
                    .filter(e -> metrics.isEmpty() || metrics.contains(e.getKey()))
                    .map(Map.Entry::getValue)
                    .filter(verdict -> !accept.contains(verdict.name()))
                    .forEach(unsettled::add);
        }
        return unsettled;
    }

    private boolean all() {
        return levels.isEmpty() && !column;
    }

    private static Optional<Snapshot.Level> find(Snapshot now, double pressure) {
        return now.levels().stream().filter(l -> same(l.pressure(), pressure)).findFirst();
    }

    private List<Snapshot.Level> required(Snapshot now) {
        if (all()) {
            return now.levels();
        }
        List<Snapshot.Level> found = new ArrayList<>();
        levels.forEach(pressure -> find(now, pressure).ifPresent(found::add));
        if (column) {
            now.levels().stream().filter(Snapshot.Level::isColumn).forEach(found::add);
        }
        return found;
    }

    /**
     * Whether a level has to settle before the run may be stopped.
     *
     * @param pressure of the level, Pa
     */
    public boolean requires(double pressure) {
        return all() || levels.stream().anyMatch(asked -> same(pressure, asked));
    }

    /** Whether the column has to settle before the run may be stopped. */
    public boolean requiresColumn() {
        return all() || column;
    }

    private static boolean same(double level, double asked) {
        return Math.abs(level / asked - 1) <= SAME_LEVEL;
    }

    /** A line for every pressure asked for that no level has; empty if each has its level. */
    public List<String> unmatched(Snapshot now) {
        List<String> there =
                now.levels().stream().filter(l -> !l.isColumn()).map(Snapshot.Level::name).toList();
        return levels.stream()
                .filter(pressure -> find(now, pressure).isEmpty())
                .map(
                        pressure ->
                                "no level at "
                                        + Pressures.text(pressure)
                                        + " within 2 %; the run has "
                                        + String.join(", ", there))
                .toList();
    }

    /** Which levels are meant, in words. */
    public String meant(Snapshot now) {
        return all()
                ? "all levels and the column"
                : String.join(", ", required(now).stream().map(Snapshot.Level::name).toList());
    }

    private void missing(Snapshot.Level level, List<String> missing) {
        String at = level.isColumn() ? " of the column" : " at " + level.name();
        if (level.gap()) {
            missing.add((level.isColumn() ? "what the model has ceased to write" : "gap") + at);
        }
        if (level.labelVeto()) {
            missing.add("labels not steady" + at);
        }
        if (level.verdicts().isEmpty()) {
            missing.add("no metric" + at);
        }
        level.verdicts()
                .forEach(
                        (name, verdict) -> {
                            boolean counts = metrics.isEmpty() || metrics.contains(name);
                            if (counts && !accept.contains(verdict.name())) {
                                missing.add(name + " " + verdict.name() + at);
                            }
                        });
    }

    /** The verdicts that count, by level and metric, as they shall stand in an audit line. */
    Map<String, Object> evidence(Snapshot now) {
        Map<String, Object> evidence = new TreeMap<>();
        for (Snapshot.Level level : required(now)) {
            Map<String, Object> one = new TreeMap<>();
            level.verdicts().forEach((k, v) -> one.put(k, numbers(v)));
            evidence.put(level.isColumn() ? "column" : Pressures.name(level.pressure()), one);
        }
        return evidence;
    }

    private static Map<String, Object> numbers(Verdict verdict) {
        Map<String, Object> map = new TreeMap<>();
        map.put("verdict", verdict.name());
        if (verdict instanceof Verdict.Equilibrated e) {
            map.put("since", e.since());
            map.put("mean", e.mean());
            map.put("standardError", e.standardError());
            map.put("inefficiency", e.inefficiency());
            map.put("driftBound", e.driftBound());
        } else if (verdict instanceof Verdict.Cyclic c) {
            map.put("since", c.since());
            map.put("period", c.period());
            map.put("amplitude", c.amplitude());
        }
        return map;
    }
}
