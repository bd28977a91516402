package org.plateau.equilibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The test beside Chodera's rule and MSER-5 (see {@link ComparedRule}), at an equal rate of early
 * claims: each of the two is made just so strict that it is early in at most 1 % of the runs of
 * every kind that may not be called steady (yet), over whole runs. Tolerance half a standard
 * deviation. Two ways: as strict as the horizon told takes, which they cannot know; and with one
 * setting for horizons of 500 to 2,000 samples, as the test has.
 */
final class Comparison {

    static final int[] HORIZONS = {500, 1000, 2000};

    private static final int HORIZON = 1000;
    private static final double TOLERANCE = 0.5;
    private static final double EQUAL = 0.01;
    private static final int NEVER = MonteCarlo.Course.NEVER;

    /** Runs are so many horizons long: MSER-5 needs nearly seven to see such a drift. */
    private static final int LENGTH = 8;

    /** How strict a rule has to be for a horizon; the test: -1. */
    record Strictness(String rule, int horizon, double least, double early, double white) {}

    /** Of one kind of series: when each rule claims (median), percent of claims too early. */
    record Kind(String series, double within, int length, double[] claimed, double[] early) {
        /** Whether it may be called steady at all. */
        boolean steady() {
            return within < NEVER;
        }

        /** Samples from when it may be called steady until it is, or until the series ends. */
        double wait(int who) {
            return Math.max(1, Math.min(length, claimed[who]) - within);
        }
    }

    /** Of a change: percent of runs in which it is noticed, and after how many samples (median). */
    record Reaction(String series, double[] noticed, double[] after) {}

    private final int runs;
    private final Map<ComparedRule, Map<Integer, Double>> least = new LinkedHashMap<>();

    Comparison(int runs) {
        this.runs = runs;
    }

    /** Names of the columns of {@link Kind} and {@link Reaction}. */
    static List<String> columns() {
        List<String> names = new ArrayList<>(List.of("Plateau"));
        for (ComparedRule rule : ComparedRule.values()) {
            names.add(rule.text() + ", for this horizon");
            names.add(rule.text() + ", one setting");
        }
        return names;
    }

    /** First to be asked for: it finds how strict the two rules must be. */
    List<Strictness> strictness() {
        List<Strictness> rows = new ArrayList<>();
        for (int horizon : HORIZONS) {
            rows.add(ours(horizon));
        }
        for (ComparedRule rule : ComparedRule.values()) {
            least.put(rule, new LinkedHashMap<>());
            for (int horizon : HORIZONS) {
                rows.add(strictness(rule, horizon));
            }
        }
        return rows;
    }

    private Strictness ours(int horizon) {
        EquilibrationSettings settings = MonteCarlo.tolerating(TOLERANCE).withHorizon(horizon);
        double early = 0;
        for (Forbidden f : forbidden(horizon)) {
            int[] claims = claims(settings, f.series(), runs);
            early = Math.max(early, percent(claims, f.within()));
        }
        int[] white = claims(settings, r -> steady(r, 0, horizon), runs);
        return new Strictness("Plateau", horizon, -1, early, white[runs / 2]);
    }

    private Strictness strictness(ComparedRule rule, int horizon) {
        double needed = 0;
        List<double[]> all = new ArrayList<>();
        for (Forbidden f : forbidden(horizon)) {
            double[] most =
                    MonteCarlo.each(
                                    i -> {
                                        double[] x = f.series().apply(MonteCarlo.seeded(i));
                                        return ComparedRule.most(rule.looks(x), f.within());
                                    },
                                    runs)
                            .mapToDouble(Double::doubleValue)
                            .sorted()
                            .toArray();
            all.add(most);
            double limit = most[runs - 1 - (int) (EQUAL * runs)];
            needed = Math.max(needed, Math.nextUp(limit));
        }
        double strict = needed;
        least.get(rule).put(horizon, strict);
        double early =
                all.stream()
                        .mapToDouble(m -> Arrays.stream(m).filter(v -> v >= strict).count())
                        .max()
                        .orElse(0);
        int[] white =
                MonteCarlo.each(
                                i -> {
                                    double[] x = steady(MonteCarlo.seeded(i), 0, horizon);
                                    return ComparedRule.claim(rule.looks(x), strict);
                                },
                                runs)
                        .mapToInt(Integer::intValue)
                        .sorted()
                        .toArray();
        return new Strictness(rule.text(), horizon, strict, 100 * early / runs, white[runs / 2]);
    }

    /** Series that may not be called steady before so many samples. */
    private record Forbidden(double within, Function<Random, double[]> series) {}

    private static List<Forbidden> forbidden(int horizon) {
        double third = 0.3 * horizon;
        double slope = TOLERANCE / horizon;
        double slow = 0.8 * horizon;
        List<Forbidden> all = new ArrayList<>();
        for (double c : MonteCarlo.CORRELATIONS) {
            all.add(new Forbidden(NEVER, r -> Noise.line(steady(r, c, horizon), slope)));
        }
        double period = 0.037 * horizon;
        all.add(
                new Forbidden(
                        NEVER,
                        r ->
                                Noise.line(
                                        Noise.oscillation(steady(r, 0, horizon), 2, period, 0),
                                        slope)));
        all.add(
                new Forbidden(
                        third * Math.log(20 / TOLERANCE),
                        r -> Noise.relaxation(steady(r, 0, horizon), 20, third)));
        all.add(
                new Forbidden(
                        slow * Math.log(4 / TOLERANCE),
                        r ->
                                Noise.relaxation(
                                        Noise.relaxation(steady(r, 0, horizon), 20, third / 10),
                                        4,
                                        slow)));
        return all;
    }

    private static double[] steady(Random random, double correlation, int horizon) {
        return Noise.autoregressive(random, correlation, LENGTH * horizon);
    }

    /** How strict the two are in each of the columns but the first. */
    private List<Double> strict() {
        List<Double> all = new ArrayList<>();
        for (ComparedRule rule : ComparedRule.values()) {
            all.add(least.get(rule).get(HORIZON));
            all.add(least.get(rule).values().stream().mapToDouble(d -> d).max().orElseThrow());
        }
        return all;
    }

    private static int[] claims(
            EquilibrationSettings settings, Function<Random, double[]> series, int each) {
        return MonteCarlo.each(
                        i ->
                                MonteCarlo.course(settings, series.apply(MonteCarlo.seeded(i)))
                                        .settled(),
                        each)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
    }

    private static double percent(int[] claims, double before) {
        return 100.0 * Arrays.stream(claims).filter(n -> n < before).count() / claims.length;
    }

    /** The rules, as strict as {@link #strictness} has found, over every kind of series. */
    List<Kind> kinds(int each) {
        return ComparedSeries.all(TOLERANCE, HORIZON).stream()
                .map(series -> kind(series, each))
                .toList();
    }

    private Kind kind(ComparedSeries series, int each) {
        EquilibrationSettings told = MonteCarlo.tolerating(TOLERANCE).withHorizon(HORIZON);
        List<Double> strict = strict();
        List<int[]> runs =
                MonteCarlo.each(
                                i -> {
                                    double[] x = series.series().apply(MonteCarlo.seeded(i));
                                    int[] claims = new int[1 + strict.size()];
                                    claims[0] = MonteCarlo.course(told, x).settled();
                                    Map<ComparedRule, List<ComparedRule.Look>> looks = looks(x);
                                    for (int who = 1; who < claims.length; who++) {
                                        claims[who] =
                                                ComparedRule.claim(
                                                        looks.get(rule(who)), strict.get(who - 1));
                                    }
                                    return claims;
                                },
                                each)
                        .toList();
        int length = series.series().apply(MonteCarlo.seeded(0)).length;
        double[] claimed = new double[1 + strict.size()];
        double[] early = new double[claimed.length];
        for (int who = 0; who < claimed.length; who++) {
            int w = who;
            int[] sorted = runs.stream().mapToInt(r -> r[w]).sorted().toArray();
            claimed[who] = sorted[each / 2];
            early[who] = percent(sorted, series.within());
        }
        return new Kind(series.name(), series.within(), length, claimed, early);
    }

    private static ComparedRule rule(int who) {
        return ComparedRule.values()[(who - 1) / 2];
    }

    private static Map<ComparedRule, List<ComparedRule.Look>> looks(double[] x) {
        return Arrays.stream(ComparedRule.values())
                .collect(Collectors.toMap(rule -> rule, rule -> rule.looks(x)));
    }

    /** How soon each notices a change that nobody could foresee, in runs that it called steady. */
    List<Reaction> reactions(int each) {
        return ComparedSeries.changing().stream().map(change -> reaction(change, each)).toList();
    }

    private Reaction reaction(ComparedSeries.Changing change, int each) {
        List<Double> strict = strict();
        List<int[]> runs =
                MonteCarlo.each(
                                i -> {
                                    ComparedSeries.Changed c = change.make(MonteCarlo.seeded(i));
                                    int[] after = new int[1 + strict.size()];
                                    after[0] = ours(c);
                                    Map<ComparedRule, List<ComparedRule.Look>> looks = looks(c.x());
                                    for (int who = 1; who < after.length; who++) {
                                        after[who] =
                                                theirs(
                                                        c,
                                                        looks.get(rule(who)),
                                                        strict.get(who - 1));
                                    }
                                    return after;
                                },
                                each)
                        .toList();
        double[] noticed = new double[1 + strict.size()];
        double[] after = new double[noticed.length];
        for (int who = 0; who < noticed.length; who++) {
            int w = who;
            int[] claimed =
                    runs.stream().mapToInt(r -> r[w]).filter(n -> n >= 0).sorted().toArray();
            noticed[who] = claimed.length == 0 ? Double.NaN : percent(claimed, NEVER);
            after[who] = claimed.length == 0 ? Double.NaN : claimed[claimed.length / 2];
        }
        return new Reaction(change.name(), noticed, after);
    }

    /** Samples from the first change after a claim; -1 if nothing was claimed before a change. */
    private static int ours(ComparedSeries.Changed c) {
        EquilibrationTest test =
                new EquilibrationTest(MonteCarlo.tolerating(TOLERANCE).withHorizon(HORIZON));
        int change = -1;
        for (int i = 0; i < c.x().length; i++) {
            test.add(i, c.x()[i]);
            boolean steady = test.verdict().settled();
            if (steady && change < 0) {
                change = c.after(i);
            } else if (!steady && change >= 0 && i >= change) {
                return i + 1 - change;
            }
        }
        return change < 0 || change == NEVER ? -1 : NEVER;
    }

    private static int theirs(
            ComparedSeries.Changed c, List<ComparedRule.Look> looks, double strict) {
        int claim = ComparedRule.claim(looks, strict);
        int change = claim == NEVER ? NEVER : c.after(claim - 1);
        if (change == NEVER) {
            return -1;
        }
        int denied = ComparedRule.denial(looks, strict, change);
        return denied == NEVER ? NEVER : denied - change;
    }

    /** Geometric mean over the kinds that may be called steady of the wait, the test's being 1. */
    static double[] relativeWaits(List<Kind> kinds) {
        return IntStream.range(0, columns().size())
                .mapToDouble(
                        who ->
                                Math.exp(
                                        kinds.stream()
                                                .filter(Kind::steady)
                                                .mapToDouble(k -> Math.log(k.wait(who) / k.wait(0)))
                                                .average()
                                                .orElseThrow()))
                .toArray();
    }
}
