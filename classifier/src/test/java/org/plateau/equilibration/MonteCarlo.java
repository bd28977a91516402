package org.plateau.equilibration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What the test does with series of known nature, with one setting for all and fixed seeds. {@link
 * #main} prints the tables of docs/EQUILIBRATION_MEASURED.md; the unit tests run a short one.
 */
final class MonteCarlo {

    static final double[] CORRELATIONS = {0, 0.5, 0.9};

    private final int runs;

    MonteCarlo(int runs) {
        this.runs = runs;
    }

    /** What the test said of one series: when first settled, since when, when first revoked. */
    record Course(int settled, long since, int revoked, int revocations, int cyclic, Verdict last) {
        static final int NEVER = Integer.MAX_VALUE;
    }

    static Course course(EquilibrationSettings settings, double[] x) {
        EquilibrationTest test = new EquilibrationTest(settings);
        int settled = Course.NEVER;
        int revoked = Course.NEVER;
        int revocations = 0;
        int cyclic = Course.NEVER;
        long since = -1;
        int before = 0;
        for (int i = 0; i < x.length; i++) {
            test.add(i, x[i]);
            Verdict now = test.verdict();
            if (now.code() != before) {
                if (now.settled() && settled == Course.NEVER) {
                    settled = i + 1;
                    since = first(now);
                }
                cyclic = now instanceof Verdict.Cyclic ? Math.min(cyclic, i + 1) : cyclic;
                if (now instanceof Verdict.Revoked) {
                    revocations++;
                    revoked = Math.min(revoked, i + 1);
                }
                before = now.code();
            }
        }
        return new Course(settled, since, revoked, revocations, cyclic, test.verdict());
    }

    private static long first(Verdict verdict) {
        if (verdict instanceof Verdict.Equilibrated e) {
            return e.first();
        }
        return verdict instanceof Verdict.Cyclic c ? c.first() : -1;
    }

    static EquilibrationSettings tolerating(double tolerance) {
        return EquilibrationSettings.DEFAULT.withTolerance(tolerance, 0);
    }

    /** The courses of as many series, each from its own seed. */
    Course[] courses(EquilibrationSettings settings, Function<Random, double[]> series) {
        return each(i -> course(settings, series.apply(seeded(i))), runs).toArray(Course[]::new);
    }

    static Random seeded(int run) {
        return new Random(7919L * run + 17);
    }

    static <T> java.util.stream.Stream<T> each(IntFunction<T> one, int runs) {
        return IntStream.range(0, runs).parallel().mapToObj(one);
    }

    static double quantile(Course[] courses, ToDoubleFunction<Course> of, double part) {
        double[] sorted = Arrays.stream(courses).mapToDouble(of).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, part * sorted.length)];
    }

    static double share(Course[] courses, java.util.function.Predicate<Course> of) {
        return (double) Arrays.stream(courses).filter(of).count() / courses.length;
    }

    /** Share of runs ever called steady while they drift by just the tolerance over the horizon. */
    double wrongClaims(double correlation, double tolerance, double horizonInefficiencies) {
        double horizon = horizonInefficiencies * Noise.inefficiency(correlation);
        int samples = (int) (1.3 * horizon) + 200;
        Course[] all =
                courses(
                        tolerating(tolerance).withHorizon(horizon),
                        r ->
                                Noise.line(
                                        Noise.autoregressive(r, correlation, samples),
                                        tolerance / horizon));
        return share(all, c -> c.settled() < Course.NEVER);
    }

    /** Quantile of the samples until a steady series is called so, in inefficiencies. */
    double delay(double correlation, double tolerance, double part) {
        double g = Noise.inefficiency(correlation);
        int samples = (int) (2500 * g);
        Course[] all =
                courses(tolerating(tolerance), r -> Noise.autoregressive(r, correlation, samples));
        return quantile(all, Course::settled, part) / g;
    }

    /** Mean number of times that a steady series is called changed, over 10,000 inefficiencies. */
    double wrongRevocations(double correlation, double tolerance) {
        int samples = (int) (10_000 * Noise.inefficiency(correlation));
        Course[] all =
                courses(tolerating(tolerance), r -> Noise.autoregressive(r, correlation, samples));
        return Arrays.stream(all).mapToInt(Course::revocations).average().orElseThrow();
    }

    /** A relaxation with a horizon told: early claims, and the error of the start. */
    record Relaxed(int early, double settled, double startError) {}

    Relaxed relaxation(double correlation, double tolerance, double amplitude, double time) {
        double horizon = 1000;
        double within = time * Math.log(amplitude / tolerance);
        int samples = (int) (within + 6000 * Noise.inefficiency(correlation));
        Course[] all =
                courses(
                        tolerating(tolerance).withHorizon(horizon),
                        r ->
                                Noise.relaxation(
                                        Noise.autoregressive(r, correlation, samples),
                                        amplitude,
                                        time));
        int early = (int) Math.round(share(all, c -> c.settled() < within) * all.length);
        return new Relaxed(
                early,
                quantile(all, Course::settled, 0.5),
                quantile(all, c -> c.since() - within, 0.5));
    }

    /** Two relaxations, the slower one small: early claims in all runs. */
    int twoTimes(double correlation) {
        double[] time = {30, 800};
        double[] amplitude = {20, 4};
        double tolerance = 0.5;
        double within = time[1] * Math.log(amplitude[1] / tolerance);
        int samples = (int) (within + 3000 * Noise.inefficiency(correlation));
        Course[] all =
                courses(
                        tolerating(tolerance).withHorizon(1000),
                        r ->
                                Noise.relaxation(
                                        Noise.relaxation(
                                                Noise.autoregressive(r, correlation, samples),
                                                amplitude[0],
                                                time[0]),
                                        amplitude[1],
                                        time[1]));
        return (int) Math.round(share(all, c -> c.settled() < within) * all.length);
    }

    /** Median samples, in inefficiencies, from a late step to the verdict's revocation. */
    double stepSeenAfter(double correlation, double tolerance, double height) {
        double g = Noise.inefficiency(correlation);
        int at = (int) (3000 * g);
        Course[] all =
                courses(
                        tolerating(tolerance),
                        r ->
                                Noise.step(
                                        Noise.autoregressive(r, correlation, (int) (4000 * g)),
                                        height,
                                        at));
        return quantile(all, c -> c.revoked() < at ? Course.NEVER : c.revoked() - at, 0.5) / g;
    }

    /** Nanoseconds per sample over a run of white noise. */
    static double nanosecondsPerSample(int samples) {
        double[] x = Noise.autoregressive(seeded(1), 0, samples);
        course(tolerating(0.5), x);
        long start = System.nanoTime();
        course(tolerating(0.5), x);
        return (System.nanoTime() - start) / (double) samples;
    }

    public static void main(String[] arguments) {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        Locale.setDefault(Locale.ROOT);
        new MonteCarloTable(new MonteCarlo(runs), System.out).print();
    }

    int runs() {
        return runs;
    }
}
