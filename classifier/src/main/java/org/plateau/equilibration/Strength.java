package org.plateau.equilibration;

/**
 * How much of a series single frequencies explain. Several are computed side by side, each by the
 * same operations in the same order as alone.
 */
final class Strength {
    /** Fewer than that go in pairs in local variables, more in loops over arrays. */
    private static final int MANY = 8;

    private Strength() {}

    /**
     * Sum of squares that each frequency explains over [from, to).
     *
     * @param grid values at equal distances
     * @param frequencies per value
     */
    static double[] of(double[] grid, int from, int to, double... frequencies) {
        double[] squares = new double[frequencies.length];
        if (frequencies.length >= MANY) {
            many(grid, from, to, frequencies, squares);
        } else {
            for (int k = 0; k < frequencies.length; k += 2) {
                pair(grid, from, to, frequencies, k, squares);
            }
        }
        for (int k = 0; k < squares.length; k++) {
            double pairs = Cycle.fastest(frequencies[k], to - from) ? 1 : 2;
            squares[k] = pairs * squares[k] / (to - from);
        }
        return squares;
    }

    private static double turnRe(double frequency) {
        return Math.cos(2 * Math.PI * frequency);
    }

    private static double turnIm(double frequency) {
        return Math.sin(2 * Math.PI * frequency);
    }

    /** Numbers {@code k} and {@code k + 1}, if there is one. */
    private static void pair(
            double[] grid, int from, int to, double[] frequencies, int k, double[] squares) {
        int other = Math.min(k + 1, frequencies.length - 1);
        double turnReA = turnRe(frequencies[k]);
        double turnImA = turnIm(frequencies[k]);
        double turnReB = turnRe(frequencies[other]);
        double turnImB = turnIm(frequencies[other]);
        double reA = 1;
        double imA = 0;
        double reB = 1;
        double imB = 0;
        double sumReA = 0;
        double sumImA = 0;
        double sumReB = 0;
        double sumImB = 0;
        for (int i = from; i < to; i++) {
            double value = grid[i];
            sumReA += value * reA;
            sumImA += value * imA;
            sumReB += value * reB;
            sumImB += value * imB;
            double nextA = reA * turnReA - imA * turnImA;
            imA = reA * turnImA + imA * turnReA;
            reA = nextA;
            double nextB = reB * turnReB - imB * turnImB;
            imB = reB * turnImB + imB * turnReB;
            reB = nextB;
        }
        squares[k] = sumReA * sumReA + sumImA * sumImA;
        squares[other] = sumReB * sumReB + sumImB * sumImB;
    }

    private static void many(
            double[] grid, int from, int to, double[] frequencies, double[] squares) {
        int count = frequencies.length;
        double[] turnRe = new double[count];
        double[] turnIm = new double[count];
        double[] re = new double[count];
        double[] im = new double[count];
        double[] sumRe = new double[count];
        double[] sumIm = new double[count];
        for (int k = 0; k < count; k++) {
            turnRe[k] = turnRe(frequencies[k]);
            turnIm[k] = turnIm(frequencies[k]);
            re[k] = 1;
        }
        for (int i = from; i < to; i++) {
            add(grid[i], re, im, sumRe, sumIm);
            turn(re, im, turnRe, turnIm);
        }
        for (int k = 0; k < count; k++) {
            squares[k] = sumRe[k] * sumRe[k] + sumIm[k] * sumIm[k];
        }
    }

    private static void add(
            double value, double[] re, double[] im, double[] sumRe, double[] sumIm) {
        for (int k = 0; k < re.length; k++) {
            sumRe[k] += value * re[k];
            sumIm[k] += value * im[k];
        }
    }

    private static void turn(double[] re, double[] im, double[] turnRe, double[] turnIm) {
        for (int k = 0; k < re.length; k++) {
            double next = re[k] * turnRe[k] - im[k] * turnIm[k];
            im[k] = re[k] * turnIm[k] + im[k] * turnRe[k];
            re[k] = next;
        }
    }
}
