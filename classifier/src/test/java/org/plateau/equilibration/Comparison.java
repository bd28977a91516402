package org.plateau.equilibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * The test beside Chodera's rule and MSER-5, made into stopping rules: at looks a twentieth apart,
 * from 64 samples on, a start in the first half that leaves at least so many effective samples.
 * Tolerance half a standard deviation, horizon 1,000 samples told; correlation 0.5.
 */
final class Comparison {

    private static final double CORRELATION = 0.5;
    private static final double TOLERANCE = 0.5;
    private static final int HORIZON = 1000;
    private static final int SAMPLES = 3000;
    private static final double[] LEAST = {50, 100, 200, 400, 800};

    /** Rates in percent of the runs, the delay in samples. */
    record Row(String rule, double drifts, double relaxations, double delay) {}

    private final int runs;

    Comparison(int runs) {
        this.runs = runs;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.add(row("Plateau", settled(x -> ours(x))));
        for (double least : LEAST) {
            rows.add(
                    row(
                            "Chodera 2016, " + (int) least + " effective samples",
                            settled(x -> first(x, least, ReferenceRules::chodera))));
        }
        for (double least : LEAST) {
            rows.add(
                    row(
                            "MSER-5, " + (int) least + " means of five",
                            settled(x -> first(x, least, ReferenceRules::mser5))));
        }
        return rows;
    }

    private Row row(String rule, int[][] settled) {
        double within = 300 * Math.log(20 / TOLERANCE);
        long drifts = Arrays.stream(settled[0]).filter(n -> n < MonteCarlo.Course.NEVER).count();
        long early = Arrays.stream(settled[1]).filter(n -> n < within).count();
        Arrays.sort(settled[2]);
        return new Row(rule, 100.0 * drifts / runs, 100.0 * early / runs, settled[2][runs / 2]);
    }

    /** When each run of drifts, relaxations and steady series is called steady. */
    private int[][] settled(java.util.function.ToIntFunction<double[]> rule) {
        int[][] found = new int[3][];
        for (int kind = 0; kind < 3; kind++) {
            int k = kind;
            found[kind] =
                    MonteCarlo.each(i -> rule.applyAsInt(series(k, MonteCarlo.seeded(i))), runs)
                            .mapToInt(Integer::intValue)
                            .toArray();
        }
        return found;
    }

    private static double[] series(int kind, Random random) {
        double[] x = Noise.autoregressive(random, CORRELATION, SAMPLES);
        return switch (kind) {
            case 0 -> Noise.line(x, TOLERANCE / HORIZON);
            case 1 -> Noise.relaxation(x, 20, 300);
            default -> x;
        };
    }

    private static int ours(double[] x) {
        return MonteCarlo.course(MonteCarlo.tolerating(TOLERANCE).withHorizon(HORIZON), x)
                .settled();
    }

    private static int first(
            double[] x, double least, BiFunction<double[], Integer, ReferenceRules.Start> rule) {
        for (double n = 64; n <= x.length; n *= 1.05) {
            int samples = (int) n;
            ReferenceRules.Start start = rule.apply(x, samples);
            if (start.first() < samples / 2 && start.effective() >= least) {
                return samples;
            }
        }
        return MonteCarlo.Course.NEVER;
    }
}
