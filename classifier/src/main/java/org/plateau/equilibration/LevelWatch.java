package org.plateau.equilibration;

import java.nio.ByteBuffer;

/**
 * Watches a steady series for a change of level: Page's cumulative sums (CUSUM; Page 1954), both
 * ways, of the distance from the mean beyond half the tolerance.
 *
 * <p>The threshold comes from the rate of false alarms of a cumulative sum with independent
 * increments of the series' long-run variance v = s^2 g: 2 a^2/v exp(-2 a h/v) per sample and side
 * for the allowance a and threshold h. It is set to {@value #RATE} per sample over the number of
 * samples seen, so that false alarms grow only with the logarithm of a run's length. One sample
 * counts for at most a third of the threshold, so that no spike alone raises an alarm.
 */
final class LevelWatch {

    private static final double RATE = 0.005;
    private static final double LEAST_EXPONENT = 6;
    private static final double LEAST_DEVIATIONS = 3;
    static final int BYTES = 7 * 8;

    private double mean;
    private double allowance;
    private double threshold;
    private double up;
    private double down;
    private long upFrom;
    private long downFrom;

    /**
     * Takes the level to hold.
     *
     * @param a what is known of the series
     * @param centre the level
     * @param samples how many samples there are
     * @param excursion sum of distances that an oscillation makes within half a cycle
     */
    void hold(Assessment a, double centre, double samples, double excursion) {
        mean = centre;
        allowance = Math.max(0.25 * a.tolerance(), 0.5 * a.tolerance() - a.standardError());
        double longRun =
                Math.max(
                        a.deviation() * a.deviation() * a.inefficiency(),
                        1e-3 * a.tolerance() * a.tolerance());
        double rate = 4 * allowance * allowance / longRun;
        double exponent = Math.max(LEAST_EXPONENT, Math.log(rate * samples / RATE));
        threshold =
                Math.max(
                                exponent * longRun / (2 * allowance),
                                Math.max(LEAST_DEVIATIONS * a.deviation(), 0.5 * a.tolerance()))
                        + excursion;
    }

    void reset() {
        up = 0;
        down = 0;
    }

    /** Takes a valid sample; true if the level has changed. */
    boolean add(long sample, double value) {
        double most = threshold / 3;
        double distance = value - mean;
        up = Math.max(0, up + Math.min(most, distance - allowance));
        down = Math.max(0, down + Math.min(most, -distance - allowance));
        if (up == 0) {
            upFrom = sample + 1;
        }
        if (down == 0) {
            downFrom = sample + 1;
        }
        return up > threshold || down > threshold;
    }

    /** The number of the sample at which the change probably began. */
    long changed() {
        return up > down ? upFrom : downFrom;
    }

    void save(ByteBuffer to) {
        to.putDouble(mean).putDouble(allowance).putDouble(threshold).putDouble(up).putDouble(down);
        to.putLong(upFrom).putLong(downFrom);
    }

    void restore(ByteBuffer from) {
        mean = from.getDouble();
        allowance = from.getDouble();
        threshold = from.getDouble();
        up = from.getDouble();
        down = from.getDouble();
        upFrom = from.getLong();
        downFrom = from.getLong();
    }
}
