package org.plateau.field;

/**
 * A point in a model's time.
 *
 * @param value in {@code units}
 * @param units with the calendar
 */
public record ModelTime(double value, TimeUnits units) {
    /** Seconds since the calendar's year 0. */
    public double seconds() {
        return units.seconds(value);
    }

    /**
     * Milliseconds since the calendar's year 0: equal times have equal keys, whatever the units.
     */
    public long key() {
        return Math.round(seconds() * 1000);
    }

    @Override
    public String toString() {
        return units.describe(value);
    }
}
