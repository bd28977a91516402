package org.plateau.equilibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * A kind of series over which the rules are compared.
 *
 * @param within samples before which it may not be called steady; NEVER: it may not at all
 */
record ComparedSeries(String name, double within, Function<Random, double[]> series) {

    private static final int SAMPLES = 8000;
    private static final int NEVER = MonteCarlo.Course.NEVER;

    /** Noise of correlation above 0.8 needs longer. */
    private static final int LONG = 24_000;

    /** A change that nobody could foresee comes after so many samples. */
    private static final int LATE = 12_000;

    private static final int LATE_SAMPLES = 18_000;

    /** A series with its changes. */
    @SuppressWarnings("ArrayRecordComponent")
    record Changed(double[] x, int[] changes) {
        /** The first change after that sample, or NEVER. */
        int after(int sample) {
            for (int change : changes) {
                if (change > sample) {
                    return change;
                }
            }
            return NEVER;
        }
    }

    /** A kind of series that changes. */
    record Changing(String name, Function<Random, Changed> series) {
        Changed make(Random random) {
            return series.apply(random);
        }
    }

    static List<ComparedSeries> all(double tolerance, int horizon) {
        List<ComparedSeries> all = new ArrayList<>();
        for (double r : new double[] {0, 0.5, 0.9}) {
            all.add(new ComparedSeries("steady, correlation " + r, 0, x -> noise(x, r)));
        }
        double slope = tolerance / horizon;
        for (double d : new double[] {0.25, 1, 3, 20}) {
            all.add(
                    new ComparedSeries(
                            "drift " + d + " of the tolerance over the horizon",
                            d < 1 ? 0 : NEVER,
                            x -> Noise.line(noise(x, 0), d * slope)));
        }
        all.add(
                new ComparedSeries(
                        "drift 1.0, correlation 0.9",
                        NEVER,
                        x -> Noise.line(noise(x, 0.9), slope)));
        for (double time : new double[] {30, 300, 1000}) {
            all.add(
                    new ComparedSeries(
                            "relaxation, e-folding " + (int) time,
                            time * Math.log(20 / tolerance),
                            x -> Noise.relaxation(noise(x, 0, 2 * SAMPLES), 20, time)));
        }
        all.add(
                new ComparedSeries(
                        "two relaxations, 30 and 800",
                        800 * Math.log(4 / tolerance),
                        x -> Noise.relaxation(Noise.relaxation(noise(x, 0), 20, 30), 4, 800)));
        all.add(
                new ComparedSeries(
                        "relaxation without noise, e-folding 200",
                        200 * Math.log(20 / tolerance),
                        x -> Noise.relaxation(Noise.scaled(noise(x, 0), 0, 300), 20, 200)));
        all.add(new ComparedSeries("cycle of 37", 0, x -> cycle(x, 37)));
        all.add(new ComparedSeries("cycle of 6", 0, x -> cycle(x, 6)));
        all.add(
                new ComparedSeries(
                        "cycle of 37 on a drift of one tolerance",
                        NEVER,
                        x -> Noise.line(cycle(x, 37), slope)));
        all.add(
                new ComparedSeries(
                        "variance falling 100-fold in 300",
                        0,
                        x -> Noise.shrinking(noise(x, 0), 9, 300)));
        all.add(
                new ComparedSeries(
                        "spikes in the first 60", 60, x -> Noise.spikes(noise(x, 0), 50, 60)));
        all.add(new ComparedSeries("constant", 0, x -> Noise.scaled(noise(x, 0), 0, 288.15)));
        all.add(
                new ComparedSeries(
                        "1e8 with noise of 1e-6", 0, x -> Noise.scaled(noise(x, 0), 1e-6, 1e8)));
        for (double share : new double[] {0.1, 0.5}) {
            all.add(
                    new ComparedSeries(
                            (int) (100 * share) + " % missing",
                            0,
                            x -> Noise.missing(x, noise(x, 0), share)));
        }
        return all;
    }

    static List<Changing> changing() {
        List<Changing> all = new ArrayList<>();
        for (double height : new double[] {1, 2, 4}) {
            all.add(
                    late(
                            "step of " + (int) height + " sd after 12,000",
                            x -> Noise.step(noise(x, 0, LATE_SAMPLES), height, LATE)));
        }
        all.add(
                late(
                        "cycle of 37, 2 sd, from 12,000",
                        x -> Noise.oscillation(noise(x, 0, LATE_SAMPLES), 2, 37, LATE)));
        all.add(new Changing("telegraph of 3 sd, dwell 5,000", ComparedSeries::telegraph));
        return all;
    }

    private static Changing late(String name, Function<Random, double[]> series) {
        return new Changing(name, r -> new Changed(series.apply(r), new int[] {LATE}));
    }

    private static Changed telegraph(Random random) {
        double[] x = new double[2 * LATE_SAMPLES];
        Noise.telegraph(random, x, 3, 5000);
        int[] changes =
                java.util.stream.IntStream.range(1, x.length)
                        .filter(i -> x[i] != x[i - 1])
                        .toArray();
        double[] noise = noise(random, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            x[i] += noise[i];
        }
        return new Changed(x, changes);
    }

    private static double[] noise(Random random, double correlation) {
        return noise(random, correlation, correlation > 0.8 ? LONG : SAMPLES);
    }

    private static double[] noise(Random random, double correlation, int samples) {
        return Noise.autoregressive(random, correlation, samples);
    }

    private static double[] cycle(Random random, double period) {
        return Noise.oscillation(noise(random, 0), 2, period, 0);
    }
}
