package org.plateau.equilibration;

/**
 * One look at a retained series: how large may its drift over the horizon be, is its shape flat, is
 * its variance steady.
 *
 * @param pass drift, shape and variance are all within bounds
 * @param failure what is clearly out of bounds, or null
 * @param tolerance tolerated change over the horizon
 * @param horizon time over which it must hold
 * @param drift estimate of the change over the horizon, signed
 * @param margin half width of the confidence interval of that change
 * @param mean of the retained samples
 * @param deviation standard deviation of the retained samples
 * @param standardError of the mean
 * @param inefficiency samples per independent sample
 * @param effective independent batches
 * @param enough whether there are independent batches enough to conclude anything, or a line
 *     without noise
 * @param feasible whether the series is long enough to pass at all
 */
record Assessment(
        boolean pass,
        Verdict.Change failure,
        double tolerance,
        double horizon,
        double drift,
        double margin,
        double mean,
        double deviation,
        double standardError,
        double inefficiency,
        double effective,
        boolean enough,
        boolean feasible) {

    /** Fewest independent batches from which anything is concluded. */
    static final double FEWEST_EFFECTIVE = 20;

    private static final double VARIANCE_RATIO = 2;
    private static final double CLEAR_VARIANCE_RATIO = 4;

    /** Residuals below this part of the tolerance are rounding: the series is a line. */
    private static final double NOTHING = 1e-6;

    /**
     * Few batches know their own correlation badly, and the start has been chosen among them: the
     * error counts sqrt(1 + (doubt/independent batches)^2) times.
     */
    private static final double DOUBT = 30;

    /**
     * Degrees of freedom are divided by this where the series is shorter than the horizon: few
     * batches know their own correlation badly, and extrapolation is what that hurts.
     */
    private static final double CAUTION = 3;

    private static final double LOUDER = 2;
    private static final double BEYOND_CHANCE = 5;

    /** A deviation below this part of the tolerance is too small for its changes to matter. */
    private static final double QUIET = 0.25;

    static Assessment of(Retained s, EquilibrationSettings settings, double tail) {
        double mean = s.mean(0, s.count);
        double deviation = Math.sqrt(s.variance(0, s.count));
        return of(s, settings, tail, settings.tolerance(mean + s.origin, deviation), false);
    }

    /** What is left of this series when an oscillation is taken out, at the same tolerance. */
    Assessment without(Cycle cycle, Retained s, EquilibrationSettings settings, double tail) {
        Retained rest = Harmonics.without(s, 1 / cycle.period());
        return of(rest, settings, tail, tolerance, true);
    }

    private static Assessment of(
            Retained s,
            EquilibrationSettings settings,
            double tail,
            double tolerance,
            boolean mayBeLine) {
        int k = s.count;
        Trend trend = Trend.of(s);
        double mean = s.mean(0, k);
        double variance = s.variance(0, k);
        double horizon = Math.max(s.window(), settings.horizon());
        boolean beyond = s.window() < settings.horizon();
        double degrees = beyond ? trend.effective / CAUTION : Math.max(1, trend.effective - 2);
        double q = Quantile.student(tail, degrees);
        double drift = trend.slope * horizon;
        double doubt = Math.hypot(1, DOUBT / trend.effective);
        double margin = q * doubt * trend.slopeError * horizon;
        double third = q * trend.residualDeviation * Math.sqrt(2 / trend.effective);
        double shape = shape(s, mean);
        double ratio = varianceRatio(s, tolerance);
        boolean line = trend.residualDeviation <= NOTHING * tolerance;
        boolean independent = trend.effective >= FEWEST_EFFECTIVE;
        boolean enough = (independent || line) && tolerance < Double.POSITIVE_INFINITY;
        boolean pass =
                enough
                        && (independent || mayBeLine)
                        && Math.abs(drift) + margin <= tolerance
                        && shape + third <= tolerance
                        && ratio <= VARIANCE_RATIO;
        Verdict.Change failure = null;
        if (enough && Math.abs(drift) - margin > tolerance) {
            failure = Verdict.Change.DRIFT;
        } else if (enough && shape - third > tolerance) {
            failure = Verdict.Change.SHAPE;
        } else if (enough && ratio > CLEAR_VARIANCE_RATIO && Loudness.differ(s, 0, k / 2, ratio)) {
            failure = Verdict.Change.VARIANCE;
        }
        double error = trend.residualDeviation / Math.sqrt(trend.effective);
        double perIndependent = variance > 0 ? error * error / variance * s.validSamples : 1;
        return new Assessment(
                pass,
                failure,
                tolerance,
                horizon,
                drift,
                margin,
                mean + s.origin,
                Math.sqrt(variance),
                error,
                Math.max(1, perIndependent),
                trend.effective,
                enough,
                enough && margin <= tolerance);
    }

    /** Largest distance of the mean of a third of the series from the mean of all. */
    private static double shape(Retained s, double mean) {
        double largest = 0;
        for (int i = 0; i < 3; i++) {
            double part = s.mean(s.count * i / 3, s.count * (i + 1) / 3);
            largest = Math.max(largest, Math.abs(part - mean));
        }
        return largest;
    }

    /** Larger over smaller variance of the two halves; 1 where both are too quiet to matter. */
    private static double varianceRatio(Retained s, double tolerance) {
        double before = s.variance(0, s.count / 2);
        double after = s.variance(s.count / 2, s.count);
        double larger = Math.max(before, after);
        double smaller = Math.min(before, after);
        if (larger <= QUIET * tolerance * QUIET * tolerance || larger == smaller) {
            return 1;
        }
        return larger / smaller;
    }

    /**
     * True if the last eighth of the series varies clearly more than the rest: at least twice as
     * much and beyond what chance does to a ratio of variances of so many independent samples.
     */
    boolean louder(Retained s) {
        int from = s.count - s.count / 8;
        double recent = s.variance(from, s.count);
        double before = s.variance(0, from);
        double independent = Math.max(2, s.validSamples / inefficiency / 8);
        double chance = Math.exp(BEYOND_CHANCE * Math.sqrt(2 / independent));
        boolean matters = recent > QUIET * tolerance * QUIET * tolerance;
        return matters
                && recent > before * Math.max(LOUDER, chance)
                && Loudness.differ(s, 0, from, recent / before);
    }

    /** The same with a bound of at most that on the size of the change over the horizon. */
    Assessment bounded(double most) {
        if (!(most < bound())) {
            return this;
        }
        double least = Math.copySign(Math.min(Math.abs(drift), most), drift);
        return new Assessment(
                pass,
                failure,
                tolerance,
                horizon,
                least,
                most - Math.abs(least),
                mean,
                deviation,
                standardError,
                inefficiency,
                effective,
                enough,
                feasible);
    }

    /** Confidence bound on the size of the change over the horizon. */
    double bound() {
        return Math.abs(drift) + margin;
    }

    /**
     * About how many times as long the series must be to pass if it is steady: the slope's error
     * falls with the power 1.5 of the length, and the window grows with it.
     */
    double growthNeeded(double window) {
        double likely = Math.min(Math.abs(drift), 0.25 * margin);
        double factor = 1;
        for (int i = 0; i < 200; i++) {
            double length = Math.max(window * factor, horizon) / horizon;
            if ((likely + margin) * length * Math.pow(factor, -1.5) <= tolerance) {
                return factor;
            }
            factor *= 1.1;
        }
        return Double.POSITIVE_INFINITY;
    }
}
