package org.plateau.plot;

import java.util.ArrayList;
import java.util.List;

/** From numbers to places on an axis, with its ticks. */
final class Scale {
    /** A tick; minor ones have no label. */
    record Tick(double value, String label) {
        boolean isMajor() {
            return !label.isEmpty();
        }
    }

    private final double from;
    private final double to;
    private final double start;
    private final double end;
    private final boolean logarithmic;

    private Scale(double from, double to, double start, double end, boolean logarithmic) {
        this.from = from;
        this.to = to;
        this.start = start;
        this.end = end;
        this.logarithmic = logarithmic;
    }

    static Scale linear(double from, double to, double start, double end) {
        return new Scale(from, to == from ? from + 1 : to, start, end, false);
    }

    static Scale logarithmic(double from, double to, double start, double end) {
        return new Scale(from, to, start, end, true);
    }

    double at(double value) {
        double share =
                logarithmic
                        ? Math.log(value / from) / Math.log(to / from)
                        : (value - from) / (to - from);
        return start + share * (end - start);
    }

    /** About so many labelled ticks. */
    List<Tick> ticks(int about) {
        return logarithmic ? decades() : nice(about);
    }

    /** Those ticks that have labels. */
    List<Tick> majorTicks(int about) {
        return ticks(about).stream().filter(Tick::isMajor).toList();
    }

    /** Labelled ticks at all multiples of a step. */
    List<Tick> every(double step) {
        double low = Math.min(from, to);
        double high = Math.max(from, to);
        int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        List<Tick> ticks = new ArrayList<>();
        for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
            ticks.add(new Tick(k * step, Decimal.fixed(k == 0 ? 0 : k * step, digits)));
        }
        return ticks;
    }

    /** Multiples of a step of 1, 2 or 5 times a power of ten. */
    private List<Tick> nice(int about) {
        return every(step(Math.abs(to - from) / Math.max(1, about)));
    }

    private static double step(double rough) {
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * decade >= rough * 0.999) {
                return factor * decade;
            }
        }
        return 10 * decade;
    }

    private List<Tick> decades() {
        double low = Math.min(from, to);
        double high = Math.max(from, to);
        boolean few = high / low < 30;
        List<Tick> ticks = new ArrayList<>();
        for (int e = (int) Math.floor(Math.log10(low)); Math.pow(10, e) <= high; e++) {
            for (int k = 1; k < 10; k++) {
                double value = k * Math.pow(10, e);
                if (value >= low * 0.9999 && value <= high * 1.0001) {
                    boolean labelled = k == 1 || few && (k == 2 || k == 5);
                    ticks.add(new Tick(value, labelled ? label(value, e, k) : ""));
                }
            }
        }
        return ticks;
    }

    private static String label(double value, int exponent, int digit) {
        if (exponent >= -4 && exponent <= 4) {
            return Decimal.of(value, 6);
        }
        return digit == 1 ? Decimal.power(exponent) : "";
    }
}
