package org.plateau.equilibration;

import java.nio.ByteBuffer;

/**
 * A series in bounded memory: batches of equal numbers of consecutive samples, each with its number
 * of valid samples, mean, sum of squared deviations and mean time. When {@value #CAPACITY} are full
 * they are merged in pairs. Means are updated by Welford's formula, so that a constant keeps its
 * exact value and a zero sum of squares.
 */
final class Batches {

    static final int CAPACITY = 224;

    private final int[] valid = new int[CAPACITY];
    private final double[] mean = new double[CAPACITY];
    private final double[] squares = new double[CAPACITY];
    private final double[] time = new double[CAPACITY];
    private int full;
    private int size = 1;
    private int inCurrent;
    private long first;
    private long validTotal;

    /** Number of complete batches. */
    int full() {
        return full;
    }

    /** Samples per batch, missing ones included. */
    int size() {
        return size;
    }

    /** Number, in the whole series, of the first sample kept. */
    long first() {
        return first;
    }

    /** Samples since the first one kept, missing ones included. */
    long samples() {
        return (long) full * size + inCurrent;
    }

    int valid(int batch) {
        return valid[batch];
    }

    double mean(int batch) {
        return mean[batch];
    }

    double squares(int batch) {
        return squares[batch];
    }

    double time(int batch) {
        return time[batch];
    }

    /** A batch counts as missing below half of the usual share of valid samples. */
    boolean missing(int batch) {
        return valid[batch] == 0 || 2.0 * valid[batch] * samples() < (double) validTotal * size;
    }

    void add(double t, double value) {
        int b = full;
        if (inCurrent == 0) {
            valid[b] = 0;
            mean[b] = 0;
            squares[b] = 0;
            time[b] = 0;
        }
        inCurrent++;
        if (!Double.isNaN(value)) {
            int n = ++valid[b];
            double before = value - mean[b];
            mean[b] = n == 1 ? value : mean[b] + before / n;
            squares[b] += n == 1 ? 0 : before * (value - mean[b]);
            time[b] = n == 1 ? t : time[b] + (t - time[b]) / n;
            validTotal++;
        }
        if (inCurrent == size) {
            inCurrent = 0;
            if (++full == CAPACITY) {
                halve();
            }
        }
    }

    private void halve() {
        for (int i = 0; i < CAPACITY / 2; i++) {
            merge(2 * i, 2 * i + 1, i);
        }
        full = CAPACITY / 2;
        size *= 2;
    }

    private void merge(int a, int b, int to) {
        int na = valid[a];
        int nb = valid[b];
        int n = na + nb;
        double m = na == 0 ? mean[b] : mean[a];
        double s = squares[a] + squares[b];
        double t = na == 0 ? time[b] : time[a];
        if (na > 0 && nb > 0) {
            double share = (double) nb / n;
            double d = mean[b] - mean[a];
            m += d * share;
            s += d * d * na * share;
            t += (time[b] - time[a]) * share;
        }
        valid[to] = n;
        mean[to] = m;
        squares[to] = s;
        time[to] = t;
    }

    /** Forgets everything; the next sample has that number in the whole series. */
    void restart(long next) {
        full = 0;
        size = 1;
        inCurrent = 0;
        first = next;
        validTotal = 0;
    }

    /** The number, in the whole series, of a batch's first sample. */
    long firstSample(int batch) {
        return first + (long) batch * size;
    }

    /** The first batch that holds nothing from before that sample. */
    int batchFrom(long sample) {
        return (int) Math.max(0, (sample - first + size - 1) / size);
    }

    int bytes() {
        return 3 * 4 + 2 * 8 + kept() * 28;
    }

    private int kept() {
        return full + (inCurrent > 0 ? 1 : 0);
    }

    void save(ByteBuffer to) {
        to.putInt(full).putInt(size).putInt(inCurrent).putLong(first).putLong(validTotal);
        for (int i = 0; i < kept(); i++) {
            to.putInt(valid[i]).putDouble(mean[i]).putDouble(squares[i]).putDouble(time[i]);
        }
    }

    void restore(ByteBuffer from) {
        full = from.getInt();
        size = from.getInt();
        inCurrent = from.getInt();
        first = from.getLong();
        validTotal = from.getLong();
        if (full < 0 || full >= CAPACITY || size < 1 || inCurrent < 0 || inCurrent >= size) {
            throw new IllegalArgumentException(
                    "expected 0 to 223 batches in the saved state, got " + full + " of " + size);
        }
        for (int i = 0; i < kept(); i++) {
            valid[i] = from.getInt();
            mean[i] = from.getDouble();
            squares[i] = from.getDouble();
            time[i] = from.getDouble();
        }
    }
}
