package org.plateau.equilibration;

/**
 * Whether two parts of a series vary differently beyond what the scatter of the batches' own mean
 * squares explains (Welch's t): a single burst, or noise whose strength itself comes and goes,
 * makes one part louder by chance.
 */
final class Loudness {

    /** Standard errors of the difference. */
    private static final double CLEARLY = 2;

    /** A part that varies that many times as much is another series, be it for a single sample. */
    private static final double BURST = 25;

    private static final double MOST_CORRELATED = 0.95;

    private Loudness() {}

    /**
     * True if the mean squares of the batches in [from, middle) and of those from there on differ.
     *
     * @param ratio of the two variances
     */
    static boolean differ(Retained s, int from, int middle, double ratio) {
        if (ratio > BURST || 1 / ratio > BURST) {
            return true;
        }
        double[] before = powers(s, from, middle);
        double[] after = powers(s, middle, s.count);
        double difference = Math.abs(mean(after) - mean(before));
        return difference > CLEARLY * Math.sqrt(error(before) + error(after));
    }

    private static double[] powers(Retained s, int from, int to) {
        double mean = s.mean(from, to);
        double[] powers = new double[to - from];
        for (int i = from; i < to; i++) {
            powers[i - from] = s.power(i, mean);
        }
        return powers;
    }

    private static double mean(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v;
        }
        return sum / x.length;
    }

    /** Squared standard error of the mean, from the scatter and its lag-1 correlation. */
    private static double error(double[] x) {
        double mean = mean(x);
        double squares = 0;
        double products = 0;
        for (int i = 0; i < x.length; i++) {
            squares += (x[i] - mean) * (x[i] - mean);
            products += i == 0 ? 0 : (x[i] - mean) * (x[i - 1] - mean);
        }
        double r = squares > 0 ? Math.max(0, Math.min(MOST_CORRELATED, products / squares)) : 0;
        return squares / x.length / Math.max(1, x.length - 1) * (1 + r) / (1 - r);
    }
}
