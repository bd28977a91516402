package org.plateau.equilibration;

/** Quantiles of the normal and Student's t distribution. */
final class Quantile {

    private static final double[] A = {
        -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
        1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00
    };
    private static final double[] B = {
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01,
        1
    };
    private static final double[] C = {
        -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
        -2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00
    };
    private static final double[] D = {
        7.784695709041462e-03,
        3.224671290700398e-01,
        2.445134137142996e+00,
        3.754408661907416e+00,
        1
    };

    private Quantile() {}

    /** The value that a standard normal variate exceeds with probability {@code tail} &lt; 0.5. */
    static double normal(double tail) {
        if (tail < 0.02425) {
            double q = Math.sqrt(-2 * Math.log(tail));
            return -polynomial(C, q) / polynomial(D, q);
        }
        double q = 0.5 - tail;
        double r = q * q;
        return polynomial(A, r) * q / polynomial(B, r);
    }

    /**
     * The value that Student's t with {@code degrees} of freedom exceeds with probability {@code
     * tail}: Cornish-Fisher expansion (Abramowitz and Stegun 26.7.5), good to 1e-3 from 8 degrees.
     */
    static double student(double tail, double degrees) {
        double x = normal(tail);
        double n = Math.max(4, degrees);
        double x2 = x * x;
        double g1 = x * (x2 + 1) / 4;
        double g2 = x * ((5 * x2 + 16) * x2 + 3) / 96;
        double g3 = x * (((3 * x2 + 19) * x2 + 17) * x2 - 15) / 384;
        double g4 = x * ((((79 * x2 + 776) * x2 + 1482) * x2 - 1920) * x2 - 945) / 92160;
        return x + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n;
    }

    private static double polynomial(double[] c, double x) {
        double sum = 0;
        for (double v : c) {
            sum = sum * x + v;
        }
        return sum;
    }
}
