package org.plateau.equilibration;

import java.nio.ByteBuffer;

/**
 * Follows an oscillation of known period sample by sample, also when the batches have become too
 * long to show it: amplitude and phase since the last look, by demodulation. The phase's advance
 * from look to look corrects the period.
 */
final class CycleWatch {

    static final int BYTES = 7 * 8 + 3 * 8 + 1;

    private static final double LEAST = 0.5;
    private static final double MOST = 2;
    private static final double FEWEST_PERIODS = 3;
    private static final double TURN = 2 * Math.PI;

    private double period;
    private double amplitude;
    private double mean;
    private double cosine;
    private double sine;
    private double phase;
    private double reference;
    private long count;
    private long begin = -1;
    private long end;
    private boolean phased;

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
        phased = false;
        clear();
    }

    /** True if a period found in batches is the one that is followed. */
    boolean same(double foundPeriod) {
        return Math.abs(foundPeriod / period - 1) < 0.2;
    }

    private void clear() {
        cosine = 0;
        sine = 0;
        count = 0;
        begin = -1;
    }

    void add(long sample, double value) {
        double cycles = (sample - reference) / period;
        double angle = TURN * (cycles - Math.floor(cycles));
        double distance = value - mean;
        cosine += distance * Math.cos(angle);
        sine += distance * Math.sin(angle);
        count++;
        begin = begin < 0 ? sample : begin;
        end = sample;
    }

    /** True if enough has come since the last answer to tell whether it oscillates as before. */
    boolean audible() {
        return count >= FEWEST_PERIODS * period && count >= 8;
    }

    /** True if what has come since the last answer oscillates as before, or is too short to say. */
    boolean persists() {
        if (!audible()) {
            return true;
        }
        double waves = Cycle.fastest(1 / period, count) ? 1 : 2;
        double now = waves * Math.hypot(cosine, sine) / count;
        boolean same = now >= LEAST * amplitude && now <= MOST * amplitude;
        if (same) {
            correct(Math.atan2(sine, cosine), 0.5 * (begin + end));
        }
        clear();
        return same;
    }

    /** The oscillation is the cosine of the angle since the reference, less the measured phase. */
    private void correct(double measured, double centre) {
        double distance = centre - reference;
        double late = phased ? Math.IEEEremainder(measured - phase, TURN) : 0;
        phase = Math.IEEEremainder(measured - TURN * distance / period, TURN);
        if (phased && distance > 0) {
            period = 1 / (1 / period - late / (TURN * distance));
        }
        reference = centre;
        phased = true;
    }

    void save(ByteBuffer to) {
        to.putDouble(period).putDouble(amplitude).putDouble(mean).putDouble(cosine).putDouble(sine);
        to.putDouble(phase).putDouble(reference).putLong(count).putLong(begin).putLong(end);
        to.put((byte) (phased ? 1 : 0));
    }

    void restore(ByteBuffer from) {
        period = from.getDouble();
        amplitude = from.getDouble();
        mean = from.getDouble();
        cosine = from.getDouble();
        sine = from.getDouble();
        phase = from.getDouble();
        reference = from.getDouble();
        count = from.getLong();
        begin = from.getLong();
        end = from.getLong();
        phased = from.get() != 0;
    }
}
