package org.plateau.equilibration;

/**
 * A straight line through the retained batches, with its standard error from the residuals' own
 * correlation.
 *
 * <p>Residual lag-1 autocorrelation is corrected for its bias in detrended series, (2 + 4 r)/k; the
 * variance is inflated by (1 + r)/(1 - r), or by what blocks of 2, 4 and 8 batches show where that
 * is clearly more (noise with more than one time scale).
 */
final class Trend {

    /** Blocks must exceed the first estimate by that many of their own standard errors. */
    private static final double CLEARLY = 2.5;

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
        double error = sxx > 0 ? Math.sqrt(variance * inflation / sxx) : 0;
        return new Trend(slope, error, Math.sqrt(variance), inflation, k / inflation);
    }

    private static double inflation(double[] residual, int[] position, double variance) {
        int k = residual.length;
        if (variance <= 0) {
            return 1;
        }
        double sum = 0;
        int pairs = 0;
        for (int i = 1; i < k; i++) {
            if (position[i] == position[i - 1] + 1) {
                sum += residual[i] * residual[i - 1];
                pairs++;
            }
        }
        double raw = pairs == 0 ? 0 : sum / pairs / variance;
        double r = Math.min(0.99, Math.max(-0.05, (raw + 2.0 / k) / (1 - 4.0 / k)));
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
