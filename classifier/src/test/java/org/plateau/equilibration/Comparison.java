package org.plateau.equilibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The test beside Chodera's rule and MSER-5, made into stopping rules: at looks a twentieth apart,
 * from 64 samples on, a start in the first half that leaves at least so many effective samples. How
 * many is chosen so that each errs as rarely as the test does. Tolerance half a standard deviation,
 * horizon 1,000 samples told.
 */
final class Comparison {

    private static final double CORRELATION = 0.5;
    private static final int KINDS = 4;
    private static final double TOLERANCE = 0.5;
    private static final int HORIZON = 1000;
    private static final int SAMPLES = 3000;
    private static final int STEP = 25;
    private static final double EQUAL = 0.01;
    private static final EquilibrationSettings SETTINGS =
            MonteCarlo.tolerating(TOLERANCE).withHorizon(HORIZON);

    /** Rates in percent of the runs, the delay in samples. */
    record Row(String rule, double white, double drifts, double relaxations, double delay) {}

    /** Of one kind of series: when each rule claims (median), and percent of claims too early. */
    record Kind(String series, double[] claimed, double[] early) {}

    /** A look of a rule: whether the start is in the first half, and what it leaves. */
    private record Look(int samples, boolean allowed, double effective) {}

    private enum Rule {
        CHODERA("Chodera 2016", ReferenceRules::chodera),
        MSER5("MSER-5", ReferenceRules::mser5);

        private final String text;
        private final BiFunction<double[], Integer, ReferenceRules.Start> start;

        Rule(String text, BiFunction<double[], Integer, ReferenceRules.Start> start) {
            this.text = text;
            this.start = start;
        }

        /** Missing samples are left out: neither rule knows any. */
        List<Look> looks(double[] x) {
            double[] valid = Arrays.stream(x).filter(Double::isFinite).toArray();
            double share = (double) x.length / valid.length;
            List<Look> looks = new ArrayList<>();
            for (double n = 64; n <= valid.length; n *= 1.05) {
                ReferenceRules.Start s = start.apply(valid, (int) n);
                looks.add(new Look((int) (n * share), s.first() < n / 2, s.effective()));
            }
            return looks;
        }

        int claim(List<Look> looks, double least) {
            return looks.stream()
                    .filter(l -> l.allowed && l.effective >= least)
                    .mapToInt(Look::samples)
                    .findFirst()
                    .orElse(MonteCarlo.Course.NEVER);
        }
    }

    private final int runs;
    private final Map<Rule, Double> equal = new LinkedHashMap<>();

    Comparison(int runs) {
        this.runs = runs;
    }

    /** First to be asked for: it finds how strict the two rules must be. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(row("Plateau", claims(x -> ours(x))));
        for (Rule rule : Rule.values()) {
            List<List<List<Look>>> looks = new ArrayList<>();
            for (int kind = 0; kind < KINDS; kind++) {
                int k = kind;
                looks.add(
                        MonteCarlo.each(i -> rule.looks(series(k, MonteCarlo.seeded(i))), runs)
                                .toList());
            }
            for (double least : new double[] {50, 200}) {
                rows.add(row(name(rule, least), claims(rule, looks, least)));
            }
            double least = STEP;
            while (errs(row("", claims(rule, looks, least)))) {
                least += STEP;
            }
            equal.put(rule, least);
            rows.add(row(name(rule, least), claims(rule, looks, least)));
        }
        return rows;
    }

    private static boolean errs(Row row) {
        return Math.max(row.white, Math.max(row.drifts, row.relaxations)) > 100 * EQUAL;
    }

    private static String name(Rule rule, double least) {
        String what = rule == Rule.MSER5 ? " means of five" : " effective samples";
        return rule.text + ", " + (int) least + what;
    }

    private Row row(String rule, int[][] settled) {
        double within = 300 * Math.log(20 / TOLERANCE);
        int[] steady = settled[3].clone();
        Arrays.sort(steady);
        return new Row(
                rule,
                percent(settled[0], MonteCarlo.Course.NEVER),
                percent(settled[1], MonteCarlo.Course.NEVER),
                percent(settled[2], within),
                steady[steady.length / 2]);
    }

    private static double percent(int[] claims, double before) {
        return 100.0 * Arrays.stream(claims).filter(n -> n < before).count() / claims.length;
    }

    private static int[][] claims(Rule rule, List<List<List<Look>>> looks, double least) {
        return looks.stream()
                .map(all -> all.stream().mapToInt(one -> rule.claim(one, least)).toArray())
                .toArray(int[][]::new);
    }

    /** When each run of drifts (two), relaxations and steady series is called steady. */
    private int[][] claims(java.util.function.ToIntFunction<double[]> rule) {
        int[][] found = new int[KINDS][];
        for (int kind = 0; kind < KINDS; kind++) {
            int k = kind;
            found[kind] =
                    MonteCarlo.each(i -> rule.applyAsInt(series(k, MonteCarlo.seeded(i))), runs)
                            .mapToInt(Integer::intValue)
                            .toArray();
        }
        return found;
    }

    private static double[] series(int kind, Random random) {
        double correlation = kind == 0 ? 0 : CORRELATION;
        int samples = kind == 3 ? 2 * SAMPLES : SAMPLES;
        double[] x = Noise.autoregressive(random, correlation, samples);
        return switch (kind) {
            case 0, 1 -> Noise.line(x, TOLERANCE / HORIZON);
            case 2 -> Noise.relaxation(x, 20, 300);
            default -> x;
        };
    }

    private static int ours(double[] x) {
        return MonteCarlo.course(SETTINGS, x).settled();
    }

    /** The three, as strict as {@link #rows} has found, over every kind of series. */
    List<Kind> kinds(int each) {
        double within = 300 * Math.log(20 / TOLERANCE);
        int never = MonteCarlo.Course.NEVER;
        double slow = 800 * Math.log(4 / TOLERANCE);
        List<Kind> kinds = new ArrayList<>();
        for (double r : new double[] {0, 0.9}) {
            kinds.add(kind("steady, correlation " + r, each, 0, x -> noise(x, r)));
        }
        for (double d : new double[] {0.25, 1, 3, 20}) {
            kinds.add(
                    kind(
                            "drift " + d + " of the tolerance over the horizon",
                            each,
                            d < 1 ? 0 : never,
                            x -> Noise.line(noise(x, 0), d * TOLERANCE / HORIZON)));
        }
        kinds.add(
                kind(
                        "relaxation, e-folding 300",
                        each,
                        within,
                        x -> Noise.relaxation(noise(x, 0), 20, 300)));
        kinds.add(
                kind(
                        "two relaxations, 30 and 800",
                        each,
                        slow,
                        x -> Noise.relaxation(Noise.relaxation(noise(x, 0), 20, 30), 4, 800)));
        kinds.add(kind("cycle of 37 on a drift", each, never, x -> cycleOnDrift(x)));
        kinds.add(kind("cycle of 37", each, 0, x -> Noise.oscillation(noise(x, 0), 2, 37, 0)));
        kinds.add(kind("variance falling", each, 0, x -> Noise.shrinking(noise(x, 0), 9, 300)));
        kinds.add(kind("spikes", each, 60, x -> Noise.spikes(noise(x, 0), 50, 60)));
        kinds.add(kind("constant", each, 0, x -> Noise.scaled(noise(x, 0), 0, 288.15)));
        kinds.add(kind("1e8, noise 1e-6", each, 0, x -> Noise.scaled(noise(x, 0), 1e-6, 1e8)));
        for (double share : new double[] {0.1, 0.5}) {
            kinds.add(
                    kind(
                            (int) (100 * share) + " % missing",
                            each,
                            0,
                            x -> Noise.missing(x, noise(x, 0), share)));
        }
        return kinds;
    }

    private static double[] noise(Random random, double correlation) {
        return Noise.autoregressive(random, correlation, correlation > 0.8 ? 18_000 : 4000);
    }

    private static double[] cycleOnDrift(Random random) {
        return Noise.line(Noise.oscillation(noise(random, 0), 2, 37, 0), TOLERANCE / HORIZON);
    }

    private Kind kind(String name, int each, double within, Function<Random, double[]> series) {
        double[] claimed = new double[3];
        double[] early = new double[3];
        for (int who = 0; who < 3; who++) {
            int w = who;
            int[] n =
                    MonteCarlo.each(i -> claim(w, series.apply(MonteCarlo.seeded(i))), each)
                            .mapToInt(Integer::intValue)
                            .sorted()
                            .toArray();
            claimed[who] = n[each / 2];
            early[who] = percent(n, within);
        }
        return new Kind(name, claimed, early);
    }

    private int claim(int who, double[] x) {
        if (who == 0) {
            return ours(x);
        }
        Rule rule = Rule.values()[who - 1];
        return rule.claim(rule.looks(x), equal.get(rule));
    }
}
