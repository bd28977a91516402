package org.plateau.field;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plateau.units.UnitConversion;

/**
 * CF time units, {@code days since 2000-01-01 00:00:00}, in a calendar. A reference that is no date
 * ({@code days since model start}) is taken as the origin itself, and {@code 0000-00-00}, which FMS
 * writes without a calendar, as the first day of the year 0. Immutable.
 */
public final class TimeUnits {
    private static final Pattern FORM =
            Pattern.compile("\\s*([A-Za-z]+)\\s+since\\s+(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATE =
            Pattern.compile(
                    "([-+]?\\d{1,6})-(\\d{1,2})-(\\d{1,2})"
                            + "(?:[T ]+(\\d{1,2})(?::(\\d{1,2}))?(?::(\\d{1,2}(?:\\.\\d*)?))?)?"
                            + "\\s*(?:Z|UTC|GMT|[-+]00:?(?:00)?)?\\s*");

    private final String text;
    private final ModelCalendar calendar;
    private final double unit;
    private final double origin;
    private final boolean dated;

    private TimeUnits(
            String text, ModelCalendar calendar, double unit, double origin, boolean dated) {
        this.text = text;
        this.calendar = calendar;
        this.unit = unit;
        this.origin = origin;
        this.dated = dated;
    }

    /**
     * Units and calendar as they stand in a file.
     *
     * @throws IllegalArgumentException if {@code units} does not read as "UNIT since REFERENCE"
     */
    public static TimeUnits of(String units, ModelCalendar calendar) {
        Matcher form = FORM.matcher(units);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "time units: expected such as 'days since 2000-01-01 00:00:00', found '"
                            + units
                            + "'");
        }
        double unit = length(form.group(1), calendar);
        if (Double.isNaN(unit)) {
            throw new IllegalArgumentException(
                    "time units: expected seconds, minutes, hours, days, months or years since a"
                            + " date, found '"
                            + units
                            + "'");
        }
        Matcher date = DATE.matcher(form.group(2));
        boolean dated = date.matches();
        double origin = dated ? calendar.seconds(parsed(date)) : 0;
        return new TimeUnits(units.trim(), calendar, unit, origin, dated);
    }

    /**
     * Units as a model may write them: CF's, or a length of time alone ({@code s}, {@code days}),
     * which counts from the model's start. Empty for all else, such as counts of steps.
     *
     * @throws IllegalArgumentException if a date of the reference is none of the calendar
     */
    public static Optional<TimeUnits> ofModel(String units, ModelCalendar calendar) {
        Matcher form = FORM.matcher(units);
        if (form.matches()) {
            return Double.isNaN(length(form.group(1), calendar))
                    ? Optional.empty()
                    : Optional.of(of(units, calendar));
        }
        return Double.isNaN(length(units.strip(), calendar))
                ? Optional.empty()
                : Optional.of(sinceStart(units.strip(), calendar));
    }

    /**
     * Time that counts from the model's start.
     *
     * @param unit of time
     */
    public static TimeUnits sinceStart(String unit, ModelCalendar calendar) {
        return of(unit + " since the model's start", calendar);
    }

    /** Whether a unit attribute reads like a time coordinate's. */
    public static boolean looksLikeTime(String units) {
        return FORM.matcher(units).matches();
    }

    private static double length(String unit, ModelCalendar calendar) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "s", "sec", "secs", "second", "seconds" -> 1;
            case "min", "mins", "minute", "minutes" -> 60;
            case "h", "hr", "hrs", "hour", "hours" -> 3600;
            case "d", "day", "days" -> calendar.dayLength();
            case "month", "months" -> calendar.yearLength() / 12;
            case "y", "yr", "year", "years" -> calendar.yearLength();
            default ->
                    UnitConversion.between(unit, "s")
                            .filter(conversion -> conversion.offset() == 0)
                            .map(UnitConversion::scale)
                            .orElse(Double.NaN);
        };
    }

    private static CalendarDate parsed(Matcher date) {
        double seconds =
                3600 * number(date.group(4)) + 60 * number(date.group(5)) + number(date.group(6));
        int year = Integer.parseInt(date.group(1));
        int month = Integer.parseInt(date.group(2));
        int day = Integer.parseInt(date.group(3));
        boolean none = year == 0 && month == 0 && day == 0;
        return new CalendarDate(year, none ? 1 : month, none ? 1 : day, seconds);
    }

    private static double number(String text) {
        return text == null ? 0 : Double.parseDouble(text);
    }

    /** Seconds since the calendar's year 0 (since the reference, if that is no date). */
    public double seconds(double value) {
        return origin + value * unit;
    }

    /** The value in these units of so many seconds since the calendar's year 0. */
    public double value(double seconds) {
        return (seconds - origin) / unit;
    }

    /** The date of a value as text, or the value with its units if the reference is no date. */
    public String describe(double value) {
        return dated ? calendar.date(seconds(value)).toString() : value + " " + text;
    }

    /** As in the file. */
    public String text() {
        return text;
    }

    public ModelCalendar calendar() {
        return calendar;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimeUnits units
                && text.equals(units.text)
                && calendar.name().equals(units.calendar.name())
                && unit == units.unit;
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text + " (" + calendar + ")";
    }
}
