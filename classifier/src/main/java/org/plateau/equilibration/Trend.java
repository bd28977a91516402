package org.plateau.equilibration;

/**
 * A straight line through the retained batches, with its standard error from the residuals' own
 * correlation.
 *
 * <p>Residual lag-1 autocorrelation is corrected for its bias in detrended series, (2 + 4 r)/k; the
 * variance is inflated by (1 + r)/(1 - r), or by what blocks of 2, 4 and 8 batches show where that
 * is clearly more, or by what the correlation up to lag {@value #MOST_LAGS} shows where that lasts
 * longer (noise with more than one time scale).
 */
final class Trend {

    /** Blocks must exceed the first estimate by that many of their own standard errors. */
    private static final double CLEARLY = 2.5;

    /** Longest lag, in batches, at which correlation is looked for. */
    private static final int MOST_LAGS = 16;

    /** Correlation beyond lag 1 must exceed what the first estimate expects by that many errors. */
    private static final double LASTING = 1.5;

    /** A line that rises by that many deviations of its residuals is one without noise. */
    private static final double PLAIN = 1000;

    final double slope;
    final double slopeError;
    final double residualDeviation;

    /** Batches per independent batch, at least 1. */
    final double inflation;

    /** Independent batches. */
    final double effective;

    private Trend(
            double slope, double slopeError, double deviation, double inflation, double effective) {
        this.slope = slope;
        this.slopeError = slopeError;
        this.residualDeviation = deviation;
        this.inflation = inflation;
        this.effective = effective;
    }

    static Trend of(Retained s) {
        int k = s.count;
        double meanTime = 0;
        double meanValue = 0;
        for (int i = 0; i < k; i++) {
            meanTime += s.time[i] / k;
            meanValue += s.value[i] / k;
        }
        double sxx = 0;
        double sxy = 0;
        for (int i = 0; i < k; i++) {
            double x = s.time[i] - meanTime;
            sxx += x * x;
            sxy += x * (s.value[i] - meanValue);
        }
        double slope = sxx > 0 ? sxy / sxx : 0;
        double[] residual = new double[k];
        double sum = 0;
        for (int i = 0; i < k; i++) {
            residual[i] = s.value[i] - meanValue - slope * (s.time[i] - meanTime);
            sum += residual[i] * residual[i];
        }
        double variance = sum / Math.max(1, k - 2);
        double inflation = inflation(residual, s.position, variance);
        if (Math.abs(slope) * s.span() < PLAIN * Math.sqrt(variance)) {
            inflation = Math.max(inflation, lasting(residual, s.position, variance));
        }
        double error = sxx > 0 ? Math.sqrt(variance * inflation / sxx) : 0;
        return new Trend(slope, error, Math.sqrt(variance), inflation, k / inflation);
    }

    private static double inflation(double[] residual, int[] position, double variance) {
        int k = residual.length;
        if (variance <= 0) {
            return 1;
        }
        double r = first(residual, position, variance);
        double inflation = (1 + r) / (1 - r);
        for (int length = 2; length <= 8 && k / length >= 8; length *= 2) {
            double shown = blockVariance(residual, length) * length / variance;
            double limit = inflation * (1 + CLEARLY * Math.sqrt(2.0 * length / k));
            if (shown > limit) {
                inflation = shown;
            }
        }
        return inflation;
    }

    /** Lag-1 correlation, corrected for its bias. */
    private static double first(double[] residual, int[] position, double variance) {
        int k = residual.length;
        double raw = correlation(residual, position, variance, 1);
        return Math.min(0.99, Math.max(-0.05, (raw + 2.0 / k) / (1 - 4.0 / k)));
    }

    /**
     * The inflation by noise that lasts longer than its lag-1 correlation says, such as a slow
     * component beneath weather; 0 if nothing shows it. What rounding leaves of a plain line is no
     * noise: it is not looked at.
     */
    private static double lasting(double[] residual, int[] position, double variance) {
        int k = residual.length;
        double r = first(residual, position, variance);
        int lags = Math.min(MOST_LAGS, k / 8);
        double sum = r;
        double expected = r;
        double power = r;
        for (int lag = 2; lag <= lags; lag++) {
            power *= r;
            expected += power;
            sum += correlation(residual, position, variance, lag) + 2.0 / k;
        }
        double chance = Math.sqrt((lags - 1) * (1 + r) / (1 - r) / k);
        return lags > 1 && sum - expected > LASTING * chance ? 1 + 2 * sum : 0;
    }

    private static double correlation(double[] residual, int[] position, double variance, int lag) {
        double sum = 0;
        int pairs = 0;
        for (int i = 1, j = 0; i < residual.length; i++) {
            while (position[i] - position[j] > lag) {
                j++;
            }
            if (position[i] - position[j] == lag) {
                sum += residual[i] * residual[j];
                pairs++;
            }
        }
        return pairs == 0 ? 0 : sum / pairs / variance;
    }

    private static double blockVariance(double[] residual, int length) {
        int blocks = residual.length / length;
        double sum = 0;
        for (int b = 0; b < blocks; b++) {
            double block = 0;
            for (int i = 0; i < length; i++) {
                block += residual[b * length + i];
            }
            sum += block * block / length / length;
        }
        return sum / Math.max(1, blocks - 1);
    }
}
