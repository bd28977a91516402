package org.plateau.equilibration;

import java.util.Random;

/** Series of known nature, of unit standard deviation where they are noise. Times are samples. */
final class Noise {

    private Noise() {}

    /** Stationary first-order autoregression with that lag-1 correlation. */
    static double[] autoregressive(Random random, double correlation, int samples) {
        double[] x = new double[samples];
        double scale = Math.sqrt(1 - correlation * correlation);
        double value = random.nextGaussian();
        for (int i = 0; i < samples; i++) {
            x[i] = value;
            value = correlation * value + scale * random.nextGaussian();
        }
        return x;
    }

    /** Its statistical inefficiency. */
    static double inefficiency(double correlation) {
        return (1 + correlation) / (1 - correlation);
    }

    static double[] line(double[] x, double slope) {
        for (int i = 0; i < x.length; i++) {
            x[i] += slope * i;
        }
        return x;
    }

    static double[] relaxation(double[] x, double amplitude, double time) {
        for (int i = 0; i < x.length; i++) {
            x[i] += amplitude * Math.exp(-i / time);
        }
        return x;
    }

    static double[] step(double[] x, double height, int at) {
        for (int i = at; i < x.length; i++) {
            x[i] += height;
        }
        return x;
    }

    static double[] oscillation(double[] x, double amplitude, double period, int from) {
        for (int i = from; i < x.length; i++) {
            x[i] += amplitude * Math.sin(2 * Math.PI * (i - from) / period);
        }
        return x;
    }

    /** Two states that change at random after that many samples in the mean; first change: [0]. */
    static int telegraph(Random random, double[] x, double height, double dwell) {
        int first = -1;
        int sign = 1;
        for (int i = 0; i < x.length; i++) {
            if (random.nextDouble() * dwell < 1) {
                sign = -sign;
                first = first < 0 ? i : first;
            }
            x[i] += sign * height / 2;
        }
        return first;
    }

    static double[] shrinking(double[] x, double excess, double time) {
        for (int i = 0; i < x.length; i++) {
            x[i] *= 1 + excess * Math.exp(-i / time);
        }
        return x;
    }

    static double[] missing(Random random, double[] x, double share) {
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextDouble() < share ? Double.NaN : x[i];
        }
        return x;
    }

    static double[] scaled(double[] x, double factor, double offset) {
        for (int i = 0; i < x.length; i++) {
            x[i] = x[i] * factor + offset;
        }
        return x;
    }

    /** The numbers as a file in single precision holds them. */
    static double[] single(double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) x[i];
        }
        return x;
    }

    static double[] spikes(double[] x, double height, int samples) {
        for (int i = 0; i < Math.min(samples, x.length); i += 3) {
            x[i] += height;
        }
        return x;
    }
}
