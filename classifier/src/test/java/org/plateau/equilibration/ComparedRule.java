package org.plateau.equilibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The rules in use made into stopping rules: at looks a twentieth apart, from 64 samples on, a
 * start in the first half that leaves at least so many effective samples (MSER-5: means of five).
 * How many is the one thing about them that can be made stricter.
 */
enum ComparedRule {
    CHODERA("Chodera 2016", ReferenceRules::chodera),
    MSER5("MSER-5", ReferenceRules::mser5);

    private static final double FIRST = 64;
    private static final double GROWTH = 1.05;

    private final String text;
    private final BiFunction<double[], Integer, ReferenceRules.Start> start;

    ComparedRule(String text, BiFunction<double[], Integer, ReferenceRules.Start> start) {
        this.text = text;
        this.start = start;
    }

    String text() {
        return text;
    }

    /** A look: after how many samples, whether the start is in the first half, what it leaves. */
    record Look(int samples, boolean allowed, double effective) {
        boolean steady(double least) {
            return allowed && effective >= least;
        }
    }

    /** All looks at a series. Missing samples are left out: neither rule knows any. */
    List<Look> looks(double[] x) {
        double[] valid = Arrays.stream(x).filter(Double::isFinite).toArray();
        double share = (double) x.length / valid.length;
        List<Look> looks = new ArrayList<>();
        for (double n = FIRST; n <= valid.length; n *= GROWTH) {
            ReferenceRules.Start s = start.apply(valid, (int) n);
            looks.add(new Look((int) (n * share), s.first() < n / 2, s.effective()));
        }
        return looks;
    }

    /** After how many samples it first calls a series steady; NEVER if it does not. */
    static int claim(List<Look> looks, double least) {
        return looks.stream()
                .filter(l -> l.steady(least))
                .mapToInt(Look::samples)
                .findFirst()
                .orElse(MonteCarlo.Course.NEVER);
    }

    /** After how many samples, more than those, it does not call it steady; NEVER if it does. */
    static int denial(List<Look> looks, double least, int after) {
        return looks.stream()
                .filter(l -> l.samples() > after && !l.steady(least))
                .mapToInt(Look::samples)
                .findFirst()
                .orElse(MonteCarlo.Course.NEVER);
    }

    /**
     * Most effective samples that a look before that one finds: stricter than that does not err.
     */
    static double most(List<Look> looks, double before) {
        return looks.stream()
                .filter(l -> l.allowed() && l.samples() < before)
                .mapToDouble(Look::effective)
                .max()
                .orElse(0);
    }
}
