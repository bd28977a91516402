package org.plateau.classify;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.plateau.equilibration.EquilibrationSection;
import org.plateau.equilibration.EquilibrationTest;
import org.plateau.equilibration.Estimates;
import org.plateau.equilibration.Verdict;
import org.plateau.metrics.Metric;
import org.plateau.network.Workers;
import org.plateau.results.Results;

/** The equilibration tests of every metric at every level. One thread. */
final class Verdicts {
    /** From the worst for a level to the best. */
    private static final List<String> WORST_FIRST =
            List.of(
                    "revoked",
                    "drifting",
                    "warming-up",
                    "insufficient",
                    "undecided",
                    "degenerate",
                    "cyclic",
                    "equilibrated");

    /** Place among the worst by a verdict's code. */
    private static final int[] RANK =
            Verdict.NAMES.stream().mapToInt(WORST_FIRST::indexOf).toArray();

    private final EquilibrationTest[][] tests;
    private final Workers workers;
    private double first = Double.NaN;
    private double firstTime;
    private double lastTime;
    private double last = Double.NEGATIVE_INFINITY;

    /**
     * @param radiativeTime s, per level
     * @param workers that share out the levels, which know nothing of each other
     */
    Verdicts(
            EquilibrationSection section,
            double[] radiativeTime,
            List<? extends Metric> metrics,
            Workers workers) {
        this.workers = workers;
        tests = new EquilibrationTest[radiativeTime.length][metrics.size()];
        for (int level = 0; level < tests.length; level++) {
            for (int m = 0; m < metrics.size(); m++) {
                Metric metric = metrics.get(m);
                tests[level][m] =
                        new EquilibrationTest(
                                section.of(
                                        metric.name(), metric.tolerance(), radiativeTime[level]));
            }
        }
    }

    /** Takes a step; one that is not later than the last one, as after a restart, is known. */
    void add(LabelledStep step) {
        if (!(step.days() > last)) {
            return;
        }
        if (Double.isNaN(first)) {
            first = step.days();
            firstTime = step.time();
        }
        last = step.days();
        lastTime = step.time();
        workers.each(tests.length, level -> add(level, step));
    }

    private void add(int level, LabelledStep step) {
        EquilibrationTest[] ofLevel = tests[level];
        for (int m = 0; m < ofLevel.length; m++) {
            ofLevel[m].add(step.days(), step.metrics()[level * ofLevel.length + m]);
        }
    }

    Verdict of(int level, int metric) {
        return tests[level][metric].verdict();
    }

    /** The same with its times on the scale of the results' time axis. */
    Verdict inResultsTime(int level, int metric) {
        return inResultsTime(of(level, metric));
    }

    /** A verdict with its times on the scale of the results' time axis. */
    Verdict inResultsTime(Verdict verdict) {
        if (verdict instanceof Verdict.Equilibrated v) {
            return new Verdict.Equilibrated(
                    time(v.since()),
                    v.first(),
                    v.mean(),
                    v.standardError(),
                    v.inefficiency(),
                    v.driftBound());
        } else if (verdict instanceof Verdict.Cyclic v) {
            return new Verdict.Cyclic(
                    time(v.since()), v.first(), v.period(), v.amplitude(), v.mean());
        } else if (verdict instanceof Verdict.Revoked v) {
            return new Verdict.Revoked(time(v.at()), time(v.changed()), v.reason());
        }
        return verdict;
    }

    /** Model time of the last step, days on the scale of the verdicts' times. */
    double latest() {
        return last;
    }

    /** Model time between the first step and the last, days. */
    double elapsed() {
        return Double.isNaN(first) ? 0 : last - first;
    }

    int levels() {
        return tests.length;
    }

    /** A level is what the worst of its metrics is: it needs all of them. */
    String level(int level) {
        int worst = WORST_FIRST.size() - 1;
        for (EquilibrationTest test : tests[level]) {
            worst = Math.min(worst, RANK[test.verdict().code()]);
        }
        return WORST_FIRST.get(worst);
    }

    /** The name of the worst of some verdicts. */
    static String worst(Stream<Verdict> verdicts) {
        int worst = verdicts.mapToInt(v -> RANK[v.code()]).min().orElse(WORST_FIRST.size() - 1);
        return WORST_FIRST.get(worst);
    }

    /**
     * What is known of the steady parts, [level][metric]: start and mean where a series is called
     * steady, the tolerance as soon as the test can tell. It follows from the samples alone, so
     * that results made again from the journal say the same.
     */
    Results.Steady[][] steady() {
        Results.Steady[][] steady = new Results.Steady[tests.length][];
        workers.each(
                tests.length,
                level ->
                        steady[level] =
                                Arrays.stream(tests[level])
                                        .map(this::steady)
                                        .toArray(Results.Steady[]::new));
        return steady;
    }

    /** What is known of the steady part of one series; its test is null before the first sample. */
    Results.Steady steady(EquilibrationTest test) {
        if (test == null) {
            return new Results.Steady(Double.NaN, Double.NaN, Double.NaN);
        }
        double tolerance = test.estimates().map(Estimates::tolerance).orElse(Double.NaN);
        if (test.verdict() instanceof Verdict.Equilibrated v) {
            return new Results.Steady(time(v.since()), v.mean(), tolerance);
        } else if (test.verdict() instanceof Verdict.Cyclic v) {
            return new Results.Steady(time(v.since()), v.mean(), tolerance);
        }
        return new Results.Steady(Double.NaN, Double.NaN, tolerance);
    }

    /** Days as the results count time: in every calendar the one is linear in the other. */
    private double time(double days) {
        double unit = (lastTime - firstTime) / (last - first);
        double time = lastTime + (days - last) * unit;
        return Math.abs(time) < 1e6 ? Math.rint(time * 1e9) / 1e9 : time;
    }

    byte[] codes() {
        byte[] codes = new byte[tests.length * tests[0].length];
        for (int k = 0; k < codes.length; k++) {
            codes[k] = (byte) of(k / tests[0].length, k % tests[0].length).code();
        }
        return codes;
    }

    byte[] levelCodes() {
        byte[] codes = new byte[tests.length];
        for (int level = 0; level < codes.length; level++) {
            codes[level] = Verdict.code(level(level));
        }
        return codes;
    }
}
