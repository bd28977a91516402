package org.plateau.equilibration;

import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;

/**
 * Noise that is no first-order autoregression, of about unit standard deviation and zero mean.
 *
 * @param inefficiency statistical inefficiency; of long memory, which has none, 10
 * @param series of so many samples
 */
record OtherNoise(String name, double inefficiency, BiFunction<Random, Integer, double[]> series) {

    static List<OtherNoise> all() {
        return List.of(
                new OtherNoise("correlation -0.9", 0.1 / 1.9, alternating()),
                new OtherNoise("rounded to 2 sd", 1, (r, n) -> rounded(white(r, n), 2)),
                new OtherNoise("Student's t, 3 degrees of freedom", 1, OtherNoise::student),
                new OtherNoise("one sample in 1,000 30 sd higher", 1, OtherNoise::spiked),
                new OtherNoise("moving average over five", 5, OtherNoise::moving),
                new OtherNoise("second order, period of about 20", 2, OtherNoise::nearlyCyclic),
                slow(0.2, 0.98),
                slow(0.05, 0.995),
                new OtherNoise("long memory, d = 0.2", 10, (r, n) -> fractional(r, n, 0.2)),
                new OtherNoise("long memory, d = 0.3", 10, (r, n) -> fractional(r, n, 0.3)));
    }

    /** White noise over an autoregression that has that share of the variance. */
    static OtherNoise slow(double share, double correlation) {
        return new OtherNoise(
                "white over " + share + " of correlation " + correlation,
                1 - share + share * Noise.inefficiency(correlation),
                (r, n) -> {
                    double[] x = Noise.autoregressive(r, correlation, n);
                    for (int i = 0; i < n; i++) {
                        double fast = Math.sqrt(1 - share) * r.nextGaussian();
                        x[i] = fast + Math.sqrt(share) * x[i];
                    }
                    return x;
                });
    }

    private static BiFunction<Random, Integer, double[]> alternating() {
        return (r, n) -> Noise.autoregressive(r, -0.9, n);
    }

    private static double[] white(Random r, int n) {
        return Noise.autoregressive(r, 0, n);
    }

    private static double[] rounded(double[] x, double step) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.rint(x[i] / step) * step;
        }
        return x;
    }

    static double[] student(Random r, int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            double a = r.nextGaussian();
            double b = r.nextGaussian();
            double c = r.nextGaussian();
            x[i] = r.nextGaussian() / Math.sqrt(a * a + b * b + c * c);
        }
        return x;
    }

    static double[] spiked(Random r, int n) {
        double[] x = white(r, n);
        for (int i = 0; i < n; i++) {
            x[i] += (r.nextInt(1000) == 0 ? 30 : 0) - 0.03;
        }
        return x;
    }

    private static double[] moving(Random r, int n) {
        double[] e = white(r, n + 4);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = (e[i] + e[i + 1] + e[i + 2] + e[i + 3] + e[i + 4]) / Math.sqrt(5);
        }
        return x;
    }

    /** A damped oscillator driven by white noise, of which it makes 7.42 times the deviation. */
    private static double[] nearlyCyclic(Random r, int n) {
        double damping = 0.95;
        double turn = 2 * damping * Math.cos(2 * Math.PI / 20);
        double[] x = new double[n];
        double before = 0;
        double last = 0;
        for (int i = -500; i < n; i++) {
            double next = turn * last - damping * damping * before + r.nextGaussian() / 7.42;
            before = last;
            last = next;
            if (i >= 0) {
                x[i] = next;
            }
        }
        return x;
    }

    /** Fractionally integrated white noise (Granger and Joyeux 1980), of unit variance. */
    private static double[] fractional(Random r, int n, double d) {
        int memory = 3000;
        double[] weight = new double[memory];
        weight[0] = 1;
        double squares = 1;
        for (int k = 1; k < memory; k++) {
            weight[k] = weight[k - 1] * (k - 1 + d) / k;
            squares += weight[k] * weight[k];
        }
        double[] e = white(r, n + memory);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int k = 0; k < memory; k++) {
                sum += weight[k] * e[i + memory - k];
            }
            x[i] = sum / Math.sqrt(squares);
        }
        return x;
    }
}
