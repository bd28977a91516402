package org.plateau.equilibration;

import java.nio.ByteBuffer;

/**
 * Follows an oscillation of known period sample by sample, when the batches have become too long to
 * show it: its amplitude since the last look, by demodulation.
 */
final class CycleWatch {

    static final int BYTES = 5 * 8 + 8;

    private static final double LEAST = 0.5;
    private static final double MOST = 2;

    private double period;
    private double amplitude;
    private double mean;
    private double cosine;
    private double sine;
    private long count;

    double period() {
        return period;
    }

    double amplitude() {
        return amplitude;
    }

    /** Takes the period, in samples, and the amplitude to follow from here on. */
    void follow(double newPeriod, double newAmplitude, double newMean) {
        period = newPeriod;
        amplitude = newAmplitude;
        mean = newMean;
        clear();
    }

    private void clear() {
        cosine = 0;
        sine = 0;
        count = 0;
    }

    void add(long sample, double value) {
        double angle = 2 * Math.PI * (sample / period - Math.floor(sample / period));
        double distance = value - mean;
        cosine += distance * Math.cos(angle);
        sine += distance * Math.sin(angle);
        count++;
    }

    /** True if what has come since the last call oscillates as before, or is too short to say. */
    boolean persists() {
        if (count < 2 * period) {
            return true;
        }
        double now = 2 * Math.hypot(cosine, sine) / count;
        clear();
        return now >= LEAST * amplitude && now <= MOST * amplitude;
    }

    void save(ByteBuffer to) {
        to.putDouble(period).putDouble(amplitude).putDouble(mean);
        to.putDouble(cosine).putDouble(sine).putLong(count);
    }

    void restore(ByteBuffer from) {
        period = from.getDouble();
        amplitude = from.getDouble();
        mean = from.getDouble();
        cosine = from.getDouble();
        sine = from.getDouble();
        count = from.getLong();
    }
}
