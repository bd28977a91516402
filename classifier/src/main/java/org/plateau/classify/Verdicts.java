package org.plateau.classify;

import java.util.List;
import org.plateau.equilibration.EquilibrationSection;
import org.plateau.equilibration.EquilibrationTest;
import org.plateau.equilibration.Verdict;
import org.plateau.metrics.Metric;

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

    private final EquilibrationTest[][] tests;
    private double first = Double.NaN;
    private double last = Double.NEGATIVE_INFINITY;

    Verdicts(EquilibrationSection section, double[] radiativeTime, List<Metric> metrics) {
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
        first = Double.isNaN(first) ? step.days() : first;
        last = step.days();
        for (int level = 0; level < tests.length; level++) {
            for (int m = 0; m < tests[level].length; m++) {
                tests[level][m].add(step.days(), step.metrics()[level * tests[level].length + m]);
            }
        }
    }

    Verdict of(int level, int metric) {
        return tests[level][metric].verdict();
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
        String worst = "equilibrated";
        for (EquilibrationTest test : tests[level]) {
            String name = test.verdict().name();
            worst = WORST_FIRST.indexOf(name) < WORST_FIRST.indexOf(worst) ? name : worst;
        }
        return worst;
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
            codes[level] = (byte) Verdict.NAMES.indexOf(level(level));
        }
        return codes;
    }
}
