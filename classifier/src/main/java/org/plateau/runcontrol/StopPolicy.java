package org.plateau.runcontrol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.plateau.equilibration.Verdict;

/**
 * What must hold before a run may be stopped.
 *
 * @param levels pressures in Pa that must have settled; empty: all levels
 * @param metrics names of the metrics that must have settled; empty: all metrics
 * @param accept names of the verdicts that count as settled
 * @param minimumElapsed least model time since the run's first output, days
 */
public record StopPolicy(
        List<Double> levels, Set<String> metrics, Set<String> accept, double minimumElapsed) {

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
            missing.add("model time " + now.elapsed() + " d of " + minimumElapsed + " d");
        }
        List<Snapshot.Level> required = required(now, missing);
        if (required.isEmpty()) {
            missing.add("no level");
        }
        for (Snapshot.Level level : required) {
            missing(level, missing);
        }
        return missing;
    }

    /** The verdicts that are asked for and do not count as settled yet. */
    public List<Verdict> unsettled(Snapshot now) {
        List<Verdict> unsettled = new ArrayList<>();
        for (Snapshot.Level level : required(now, new ArrayList<>())) {
            level.verdicts().entrySet().stream()
                    .filter(e -> metrics.isEmpty() || metrics.contains(e.getKey()))
                    .map(Map.Entry::getValue)
                    .filter(verdict -> !accept.contains(verdict.name()))
                    .forEach(unsettled::add);
        }
        return unsettled;
    }

    private List<Snapshot.Level> required(Snapshot now, List<String> missing) {
        if (levels.isEmpty()) {
            return now.levels();
        }
        List<Snapshot.Level> found = new ArrayList<>();
        for (double pressure : levels) {
            now.levels().stream()
                    .filter(l -> Math.abs(l.pressure() / pressure - 1) <= SAME_LEVEL)
                    .findFirst()
                    .ifPresentOrElse(
                            found::add, () -> missing.add("no level at " + pressure + " Pa"));
        }
        return found;
    }

    private void missing(Snapshot.Level level, List<String> missing) {
        String at = " at " + level.pressure() + " Pa";
        if (level.gap()) {
            missing.add("gap" + at);
        }
        if (level.labelVeto()) {
            missing.add("labels against" + at);
        }
        Set<String> names = metrics.isEmpty() ? level.verdicts().keySet() : metrics;
        if (names.isEmpty()) {
            missing.add("no metric" + at);
        }
        for (String name : names) {
            Verdict verdict = level.verdicts().get(name);
            if (verdict == null) {
                missing.add("no " + name + at);
            } else if (!accept.contains(verdict.name())) {
                missing.add(name + " " + verdict.name() + at);
            }
        }
    }

    /** The verdicts that count, by level and metric, as they shall stand in an audit line. */
    Map<String, Object> evidence(Snapshot now) {
        Map<String, Object> evidence = new TreeMap<>();
        for (Snapshot.Level level : required(now, new ArrayList<>())) {
            Map<String, Object> one = new TreeMap<>();
            level.verdicts().forEach((k, v) -> one.put(k, numbers(v)));
            evidence.put(level.pressure() + " Pa", one);
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
