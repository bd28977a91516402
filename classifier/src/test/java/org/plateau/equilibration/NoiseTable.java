package org.plateau.equilibration;

import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.IntStream;

/** What the test makes of noise that is no first-order autoregression, as a table in Markdown. */
final class NoiseTable {

    private static final double TOLERANCE = 1;
    private static final double HORIZON = 100;
    private static final int LONGEST = 10_000;

    private final int runs;
    private final PrintStream out;

    NoiseTable(int runs, PrintStream out) {
        this.runs = runs;
        this.out = out;
    }

    /**
     * Of one steady series: samples until it is called so, whether its mean is right, revocations.
     */
    record Steady(double settled, boolean right, int revocations) {}

    static Steady steady(EquilibrationSettings settings, double[] x) {
        EquilibrationTest test = new EquilibrationTest(settings);
        double settled = MonteCarlo.Course.NEVER;
        boolean right = false;
        int revocations = 0;
        int before = 0;
        for (int i = 0; i < x.length; i++) {
            test.add(i, x[i]);
            int now = test.verdict().code();
            if (now != before && test.verdict().settled() && settled > x.length) {
                Estimates e = test.estimates().orElseThrow();
                settled = i + 1;
                right = Math.abs(e.mean()) <= 1.96 * e.standardError();
            }
            boolean revoked = now != before && test.verdict() instanceof Verdict.Revoked;
            revocations += revoked ? 1 : 0;
            before = now;
        }
        return new Steady(settled, right, revocations);
    }

    void print() {
        out.println();
        out.println("Noise of other kinds, tolerance 1 sd, " + runs + " runs");
        out.println();
        out.println(
                "| noise | inefficiency g | wrong claims, % | claimed after (g) |"
                        + " mean within 1.96 standard errors, % | wrong revocations |");
        out.println("|---|---|---|---|---|---|");
        OtherNoise.all().forEach(this::row);
    }

    /** Share of runs ever called steady while they drift by just the tolerance over the horizon. */
    static double wrongClaims(OtherNoise noise, double tolerance, int runs) {
        double horizon = HORIZON * Math.max(1, noise.inefficiency());
        int samples = (int) (1.3 * horizon) + 200;
        EquilibrationSettings told = MonteCarlo.tolerating(tolerance).withHorizon(horizon);
        return MonteCarlo.each(
                        i ->
                                MonteCarlo.course(
                                                told,
                                                Noise.line(
                                                        noise.series()
                                                                .apply(
                                                                        MonteCarlo.seeded(i),
                                                                        samples),
                                                        tolerance / horizon))
                                        .settled(),
                        runs)
                .mapToInt(c -> c < MonteCarlo.Course.NEVER ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private void row(OtherNoise noise) {
        double g = Math.max(1, noise.inefficiency());
        Steady[] all =
                MonteCarlo.each(
                                i ->
                                        steady(
                                                MonteCarlo.tolerating(TOLERANCE),
                                                noise.series()
                                                        .apply(MonteCarlo.seeded(i), LONGEST)),
                                runs)
                        .toArray(Steady[]::new);
        double[] settled =
                IntStream.range(0, runs).mapToDouble(i -> all[i].settled()).sorted().toArray();
        int claimed = (int) IntStream.range(0, runs).filter(i -> settled[i] < LONGEST).count();
        int right = (int) IntStream.range(0, runs).filter(i -> all[i].right()).count();
        double revoked =
                IntStream.range(0, runs).map(i -> all[i].revocations()).average().orElseThrow();
        out.printf(
                Locale.ROOT,
                "| %s | %.2g | %.2f | %.0f | %.0f | %.2f |%n",
                noise.name(),
                noise.inefficiency(),
                100 * wrongClaims(noise, TOLERANCE, runs),
                settled[runs / 2] / g,
                100.0 * right / Math.max(1, claimed),
                revoked);
    }

    public static void main(String[] arguments) {
        new NoiseTable(Integer.parseInt(arguments[0]), System.out).print();
    }
}
