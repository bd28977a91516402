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

    /** Farther than this part of it from a quantile that Newton's method has found all is clear. */
    private static final double KNOWN = 1e-11;

    private static final int NEWTON = 20;

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
     * tail} &lt; 0.5, by halving intervals of its distribution function. The function is asked only
     * near the value, as Newton's method finds it; elsewhere the answer is known.
     */
    static double student(double tail, double degrees) {
        double constant = constant(degrees);
        double low = normal(tail);
        double near = newton(tail, degrees, constant, start(low, degrees));
        double high = 2 * Math.max(1, low);
        while (above(high, near, tail, degrees, constant)) {
            low = high;
            high *= 2;
        }
        for (int i = 0; i < 60 && high - low > 1e-10 * high; i++) {
            double middle = 0.5 * (low + high);
            if (above(middle, near, tail, degrees, constant)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    /** Terms of the quantile's expansion about the normal one's (Abramowitz and Stegun 26.7.5). */
    private static double start(double normal, double degrees) {
        double square = normal * normal;
        double first = normal * (square + 1) / 4;
        double second = normal * ((5 * square + 16) * square + 3) / 96;
        return normal + (first + second / degrees) / degrees;
    }

    /** Whether t is exceeded with more than that probability. */
    private static boolean above(
            double t, double near, double tail, double degrees, double constant) {
        return Math.abs(t - near) > KNOWN * near
                ? t < near
                : studentTail(t, degrees, constant) > tail;
    }

    /** About the quantile, from below; NaN if it is not found quickly. */
    private static double newton(double tail, double degrees, double constant, double start) {
        double t = start;
        for (int i = 0; i < NEWTON; i++) {
            double there = studentTail(t, degrees, constant);
            double x = degrees / (degrees + t * t);
            double density =
                    Math.exp(constant + (degrees + 1) / 2 * Math.log(x)) / Math.sqrt(degrees);
            double step = there / density * Math.log(there / tail);
            t += step;
            if (!(t > 0)) {
                return Double.NaN;
            }
            if (Math.abs(step) < 1e-7 * t) {
                return t; // the next step would be of the order of the square of this
            }
        }
        return Double.NaN;
    }

    /** Probability that Student's t exceeds t &gt; 0 (Abramowitz and Stegun 26.7.1, 26.5.8). */
    static double studentTail(double t, double degrees) {
        return studentTail(t, degrees, constant(degrees));
    }

    /** Logarithm of one over the beta function of half the degrees and one half. */
    private static double constant(double degrees) {
        double a = degrees / 2;
        return logGamma(a + 0.5) - logGamma(a) - logGamma(0.5);
    }

    private static double studentTail(double t, double degrees, double constant) {
        double a = degrees / 2;
        double x = degrees / (degrees + t * t);
        double front = Math.exp(constant + a * Math.log(x) + 0.5 * Math.log1p(-x));
        return x < (a + 1) / (a + 2.5)
                ? 0.5 * front * fraction(x, a, 0.5) / a
                : 0.5 * (1 - front * fraction(1 - x, 0.5, a) / 0.5);
    }

    /** Continued fraction of the incomplete beta function, by Lentz's method. */
    private static double fraction(double x, double a, double b) {
        double c = 1;
        double d = 1 / tiny(1 - (a + b) * x / (a + 1));
        double result = d;
        for (int m = 1; m <= 500; m++) {
            double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / tiny(1 + even * d);
            c = tiny(1 + even / c);
            result *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / tiny(1 + odd * d);
            c = tiny(1 + odd / c);
            result *= d * c;
            if (Math.abs(d * c - 1) < 1e-14) {
                break;
            }
        }
        return result;
    }

    private static double tiny(double value) {
        return Math.abs(value) < 1e-300 ? 1e-300 : value;
    }

    /**
     * Logarithm of the gamma function for x &gt; 0: recurrence up to 10, then Stirling's series.
     */
    private static double logGamma(double x) {
        double shift = 0;
        double z = x;
        while (z < 10) {
            shift += Math.log(z);
            z++;
        }
        double r = 1 / (z * z);
        double series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r / 1680))) / z;
        return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
    }

    private static double polynomial(double[] c, double x) {
        double sum = 0;
        for (double v : c) {
            sum = sum * x + v;
        }
        return sum;
    }
}
