package org.plateau.equilibration;

/**
 * The two rules that are in use, read from their papers, for comparison: Chodera 2016 (J. Chem.
 * Theory Comput. 12, 1799: the start that leaves most effective samples) and MSER-5 (White, Cobb
 * and Spratt 2000: the start that makes the standard error of means of five smallest). Both give a
 * start for any series; as stopping rules they are asked for a start in the first half and enough
 * samples after it.
 */
final class ReferenceRules {

    private static final int STARTS = 30;
    private static final int SHORTEST_LAG_CUT = 3;

    private ReferenceRules() {}

    /** A start and the number of independent samples (MSER-5: means of five) that it leaves. */
    record Start(int first, double effective) {}

    /** Starts are tried from the last to the first, so that the poor ones are left early. */
    static Start chodera(double[] x, int samples) {
        Start best = new Start(0, 0);
        for (int i = STARTS - 1; i >= 0; i--) {
            int first = (int) ((long) samples * i / STARTS);
            double most = (samples - first) / best.effective;
            double g = inefficiency(x, first, samples, most);
            double effective = (samples - first) / g;
            if (g <= most && effective >= best.effective) {
                best = new Start(first, effective);
            }
        }
        return best;
    }

    /**
     * 1 + 2 sum (1 - t/N) C(t), up to the first C(t) that is not positive.
     *
     * @param most beyond it, it does not matter how large it is; it only grows after the first lags
     */
    static double inefficiency(double[] x, int from, int to, double most) {
        int n = to - from;
        double mean = 0;
        for (int i = from; i < to; i++) {
            mean += x[i] / n;
        }
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = x[from + i] - mean;
        }
        double variance = products(y, 0) / n;
        double g = 1;
        for (int lag = 1; lag < n - 1 && variance > 0; lag++) {
            double c = products(y, lag);
            c /= (n - lag) * variance;
            boolean counted = lag > SHORTEST_LAG_CUT;
            if (counted && (c <= 0 || g > most)) {
                break;
            }
            g += 2 * c * (1 - (double) lag / n);
        }
        return Math.max(1, g);
    }

    /** Sum of y(t) y(t + lag). */
    private static double products(double[] y, int lag) {
        int n = y.length - lag;
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            a += y[i] * y[i + lag];
            b += y[i + 1] * y[i + 1 + lag];
            c += y[i + 2] * y[i + 2 + lag];
            d += y[i + 3] * y[i + 3 + lag];
        }
        for (; i < n; i++) {
            a += y[i] * y[i + lag];
        }
        return a + b + c + d;
    }

    static Start mser5(double[] x, int samples) {
        int k = samples / 5;
        double sum = 0;
        double squares = 0;
        double best = Double.POSITIVE_INFINITY;
        int at = 0;
        for (int d = k - 1; d >= 0; d--) {
            double m = 0;
            for (int i = 0; i < 5; i++) {
                m += (x[5 * d + i] - x[samples - 1]) / 5;
            }
            sum += m;
            squares += m * m;
            double n = k - d;
            double objective = (squares - sum * sum / n) / (n * n);
            if (n >= 5 && objective < best) {
                best = objective;
                at = d;
            }
        }
        return new Start(5 * at, k - at);
    }
}
