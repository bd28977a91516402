package org.plateau.equilibration;

/**
 * The valid batches from one batch on, as plain arrays: values relative to the last one (against
 * cancellation), times relative to the first.
 */
final class Retained {

    /** Relative spacing of numbers of single precision. */
    private static final double SINGLE = 0x1p-23;

    final int count;
    final double[] value;
    final double[] time;
    final int[] position;
    final double origin;
    final double startTime;
    final long validSamples;
    private final double[] squares;
    private final int[] valid;

    Retained(Batches batches, int from) {
        int n = 0;
        int[] at = new int[batches.full()];
        for (int i = from; i < batches.full(); i++) {
            if (!batches.missing(i)) {
                at[n++] = i;
            }
        }
        count = n;
        position = at;
        value = new double[n];
        time = new double[n];
        squares = new double[n];
        valid = new int[n];
        origin = n == 0 ? 0 : batches.mean(at[n - 1]);
        startTime = n == 0 ? 0 : batches.time(at[0]);
        long samples = 0;
        for (int i = 0; i < n; i++) {
            value[i] = batches.mean(at[i]) - origin;
            time[i] = batches.time(at[i]) - startTime;
            squares[i] = batches.squares(at[i]);
            valid[i] = batches.valid(at[i]);
            samples += valid[i];
        }
        validSamples = samples;
    }

    private Retained(Retained like, double[] values) {
        count = like.count;
        value = values;
        time = like.time;
        position = like.position;
        origin = like.origin;
        startTime = like.startTime;
        validSamples = like.validSamples;
        squares = like.squares;
        valid = like.valid;
    }

    /** The same batches with other means. */
    Retained with(double[] means) {
        return new Retained(this, means);
    }

    /** Time from the first batch's to the last one's middle. */
    double span() {
        return count < 2 ? 0 : time[count - 1];
    }

    /** Time that all batches cover, their own lengths included. */
    double window() {
        return count < 2 ? 0 : span() * count / (count - 1.0);
    }

    /** Samples from the first batch's middle to the last one's, for batches of that size. */
    double samplesSpanned(int size) {
        return count < 2 ? 1 : (double) (position[count - 1] - position[0]) * size;
    }

    double mean(int from, int to) {
        double sum = 0;
        long n = 0;
        for (int i = from; i < to; i++) {
            sum += value[i] * valid[i];
            n += valid[i];
        }
        return sum / n;
    }

    /** Variance of the samples themselves about their mean over the batches [from, to). */
    double variance(int from, int to) {
        double m = mean(from, to);
        double sum = 0;
        long n = 0;
        for (int i = from; i < to; i++) {
            double d = value[i] - m;
            sum += squares[i] + valid[i] * d * d;
            n += valid[i];
        }
        return sum / Math.max(1, n - 1);
    }

    /** Mean square of a batch's samples about that mean. */
    double power(int batch, double mean) {
        double d = value[batch] - mean;
        return squares[batch] / valid[batch] + d * d;
    }

    /** The least change that a number of single precision as large as the largest can hold. */
    double resolution() {
        double largest = 0;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, Math.abs(value[i] + origin));
        }
        return largest * SINGLE;
    }

    double range(int from, int to) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            low = Math.min(low, value[i]);
            high = Math.max(high, value[i]);
        }
        return high - low;
    }

    /** True if every sample has the same value: no deviation inside any batch nor between them. */
    boolean constant() {
        for (int i = 0; i < count; i++) {
            if (value[i] != 0 || squares[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
