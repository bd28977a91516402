package org.plateau.equilibration;

/**
 * How strict the test is. The tolerance is the larger of {@code absolute} and {@code relative}
 * times the mean's size; where both are zero it is {@code spread} standard deviations of what is
 * retained.
 *
 * @param absolute tolerated change, in the unit of the series; also the floor of the tolerance
 * @param relative tolerated change as a fraction of the mean's size
 * @param spread tolerated change in standard deviations, where the other two are zero
 * @param horizon the time over which the change must stay within the tolerance, days; 0: as long as
 *     the retained series itself, which is always the least
 * @param alpha chance, over a whole run, of calling a series steady that drifts by just the
 *     tolerance over the horizon
 * @param minimumSamples samples before the first look
 * @param window least time that the retained series must span, days
 */
public record EquilibrationSettings(
        double absolute,
        double relative,
        double spread,
        double horizon,
        double alpha,
        int minimumSamples,
        double window) {

    /** Fewest samples that the batches can be looked at with. */
    public static final int FEWEST_SAMPLES = 16;

    /** Half a standard deviation over the retained series, at most one wrong claim in a hundred. */
    public static final EquilibrationSettings DEFAULT =
            new EquilibrationSettings(0, 0, 0.5, 0, 0.01, 64, 0);

    public EquilibrationSettings {
        require(absolute >= 0 && absolute < 1e300, "absolute tolerance", "0 or more", absolute);
        require(relative >= 0 && relative < 1e300, "relative tolerance", "0 or more", relative);
        require(spread > 0 && spread < 1e300, "spread tolerance", "more than 0", spread);
        require(horizon >= 0 && horizon < 1e300, "horizon", "0 or more", horizon);
        require(alpha > 1e-9 && alpha < 0.5, "alpha", "between 1e-9 and 0.5", alpha);
        require(
                minimumSamples >= FEWEST_SAMPLES,
                "minimum number of samples",
                FEWEST_SAMPLES + " or more",
                minimumSamples);
        require(window >= 0 && window < 1e300, "window", "0 or more", window);
    }

    private static void require(boolean good, String what, String expected, double came) {
        if (!good) {
            throw new IllegalArgumentException(
                    "expected a " + what + " of " + expected + ", got " + came);
        }
    }

    /** The same with another tolerance, absolute and relative. */
    public EquilibrationSettings withTolerance(double newAbsolute, double newRelative) {
        return new EquilibrationSettings(
                newAbsolute, newRelative, spread, horizon, alpha, minimumSamples, window);
    }

    /** The same with another horizon, days. */
    public EquilibrationSettings withHorizon(double newHorizon) {
        return new EquilibrationSettings(
                absolute, relative, spread, newHorizon, alpha, minimumSamples, window);
    }

    /** The same with another chance of a wrong claim. */
    public EquilibrationSettings withAlpha(double newAlpha) {
        return new EquilibrationSettings(
                absolute, relative, spread, horizon, newAlpha, minimumSamples, window);
    }

    /** Whether nobody has given a tolerance. */
    boolean bySpread() {
        return absolute == 0 && relative == 0;
    }

    /** The tolerance for a retained series of that mean and standard deviation. */
    double tolerance(double mean, double standardDeviation) {
        if (bySpread()) {
            return spread * standardDeviation;
        }
        return Math.max(absolute, relative * Math.abs(mean));
    }
}
