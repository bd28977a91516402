package org.plateau.field;

import java.util.Locale;

/**
 * A date and time of day in a model's calendar, which need not exist in ours (30 February).
 *
 * @param year any
 * @param month 1..
 * @param day 1..
 * @param seconds since the start of the day
 */
public record CalendarDate(int year, int month, int day, double seconds) {
    /** ISO-like, with whole seconds: {@code 2000-01-01T00:00:00}. */
    @Override
    public String toString() {
        long whole = Math.round(seconds);
        return String.format(
                Locale.ROOT,
                "%04d-%02d-%02dT%02d:%02d:%02d",
                year,
                month,
                day,
                whole / 3600,
                whole / 60 % 60,
                whole % 60);
    }
}
