package org.plateau.equilibration;

/**
 * The look at a series without noise, for which statistics have nothing to work with: the range of
 * its last half, extrapolated over the horizon, is within the tolerance, and the second half
 * changes no more than the first. For a relaxation whose e-folding time is within the horizon the
 * extrapolated range is never less than what is still to come.
 *
 * <p>Without a tolerance there is no spread to make one of that would not shrink with the series.
 * Then what has come to rest is held against the least change that single precision, in which
 * models write, can tell: that is no tolerance to judge noise by, so that the last half must also
 * vary less than half as much as the first.
 */
record Laminar(boolean pass, int start, double tolerance, double horizon, double bound) {

    /** Ties and the little that noise can hide from a range must not pass. */
    private static final double STRICT = 0.95;

    /** What has come to rest varies less than that part of what it did before. */
    private static final double CALMER = 0.5;

    static Laminar of(Retained all, EquilibrationSettings settings) {
        int k = all.count;
        int half = k / 2;
        double mean = all.mean(half, k) + all.origin;
        double tolerance = settings.tolerance(mean, Math.sqrt(all.variance(half, k)));
        double horizon = Math.max(all.window(), settings.horizon());
        double after = all.range(half, k);
        if (settings.bySpread() && after < CALMER * all.range(0, half)) {
            tolerance = Math.max(tolerance, all.resolution());
        }
        double bound = after * horizon / (all.time[k - 1] - all.time[half]);
        boolean pass =
                tolerance > 0
                        && tolerance < Double.POSITIVE_INFINITY
                        && bound <= STRICT * tolerance
                        && after <= all.range(0, half);
        return new Laminar(pass, pass ? start(all, tolerance) : half, tolerance, horizon, bound);
    }

    /** The first batch from which the range stays within the tolerance. */
    private static int start(Retained all, double tolerance) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = all.count - 1; i >= 0; i--) {
            low = Math.min(low, all.value[i]);
            high = Math.max(high, all.value[i]);
            if (high - low > tolerance) {
                return i + 1;
            }
        }
        return 0;
    }
}
