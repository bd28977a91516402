package org.plateau.field;

import java.util.Arrays;

/**
 * A calendar of the CF conventions (section 4.4.1): {@code standard} and {@code gregorian} (Julian
 * before 15 October 1582), {@code proleptic_gregorian}, {@code julian}, {@code noleap}, {@code
 * all_leap}, {@code 360_day}, and a user-defined one with its own month lengths and day length.
 * Immutable.
 */
public final class ModelCalendar {
    private static final int[] COMMON = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /** First day of the Gregorian calendar, 15 October 1582, in proleptic days since 0000-01-01. */
    private static final long REFORM = daysFrom(1582, 10, 15, LeapRule.GREGORIAN, COMMON, 2);

    private final String name;
    private final LeapRule rule;
    private final int[] months;
    private final int leapMonth;
    private final double dayLength;

    /** Which years are longer by a day. */
    private enum LeapRule {
        NEVER,
        JULIAN,
        GREGORIAN,
        MIXED
    }

    private ModelCalendar(
            String name, LeapRule rule, int[] months, int leapMonth, double dayLength) {
        this.name = name;
        this.rule = rule;
        this.months = months;
        this.leapMonth = leapMonth;
        this.dayLength = dayLength;
    }

    /**
     * The calendar of a CF {@code calendar} attribute; {@code none} and {@code user_defined} count
     * days of 86,400 s without knowing months of their own. The names that XIOS ({@code d360}),
     * IOIPSL ({@code 360d}) and FMS ({@code thirty_day}, {@code no_calendar}) write are known.
     *
     * @throws IllegalArgumentException if the name is not one of CF's
     */
    public static ModelCalendar named(String attribute) {
        String name = attribute.trim().toLowerCase(java.util.Locale.ROOT);
        return switch (name) {
            case "", "standard", "gregorian" -> of("standard", LeapRule.MIXED, COMMON);
            case "proleptic_gregorian" -> of(name, LeapRule.GREGORIAN, COMMON);
            case "julian" -> of(name, LeapRule.JULIAN, COMMON);
            case "noleap", "365_day" -> of("noleap", LeapRule.NEVER, COMMON);
            case "all_leap", "366_day" -> of("all_leap", LeapRule.NEVER, lengthened(COMMON));
            case "360_day", "d360", "360d", "thirty_day", "thirty_day_months" ->
                    of("360_day", LeapRule.NEVER, thirties());
            case "none", "no_calendar" -> of("none", LeapRule.NEVER, COMMON);
            case "user_defined" -> of(name, LeapRule.NEVER, COMMON);
            default ->
                    throw new IllegalArgumentException(
                            "calendar: expected one of CF's (standard, proleptic_gregorian, julian,"
                                    + " noleap, all_leap, 360_day, none), found '"
                                    + attribute
                                    + "'");
        };
    }

    /**
     * A calendar that the writer describes itself.
     *
     * @param monthLengths days per month, one per month of the year
     * @param dayLength s per day
     */
    public static ModelCalendar userDefined(int[] monthLengths, double dayLength) {
        if (monthLengths.length == 0 || Arrays.stream(monthLengths).anyMatch(n -> n < 1)) {
            throw new IllegalArgumentException(
                    "calendar: expected month_lengths of at least a day each, found "
                            + Arrays.toString(monthLengths));
        }
        if (!(dayLength > 0)) {
            throw new IllegalArgumentException(
                    "calendar: expected a positive day_length in s, found " + dayLength);
        }
        return new ModelCalendar(
                "user_defined", LeapRule.NEVER, monthLengths.clone(), 0, dayLength);
    }

    private static ModelCalendar of(String name, LeapRule rule, int[] months) {
        return new ModelCalendar(name, rule, months, 2, 86400);
    }

    private static int[] lengthened(int[] months) {
        int[] longer = months.clone();
        longer[1]++;
        return longer;
    }

    private static int[] thirties() {
        int[] months = new int[12];
        Arrays.fill(months, 30);
        return months;
    }

    /** CF's name. */
    public String name() {
        return name;
    }

    /** Length of a day in s. */
    public double dayLength() {
        return dayLength;
    }

    /** Mean length of a year in s: what a time unit of a year means in this calendar. */
    public double yearLength() {
        int days = Arrays.stream(months).sum();
        return switch (rule) {
            case NEVER -> days * dayLength;
            case JULIAN -> 365.25 * dayLength;
            case GREGORIAN, MIXED -> 365.2425 * dayLength;
        };
    }

    /** Seconds since the start of the year 0 of this calendar. */
    public double seconds(CalendarDate date) {
        return days(date.year(), date.month(), date.day()) * dayLength + date.seconds();
    }

    /** The date that lies so many seconds after the start of the year 0. */
    public CalendarDate date(double seconds) {
        long day = (long) Math.floor(seconds / dayLength);
        double rest = seconds - day * dayLength;
        if (dayLength - rest < 5e-4) {
            day++;
            rest = 0;
        }
        LeapRule used = rule == LeapRule.MIXED && day < REFORM ? LeapRule.JULIAN : rule;
        return split(used == LeapRule.JULIAN && rule == LeapRule.MIXED ? day + 2 : day, used, rest);
    }

    private long days(int year, int month, int day) {
        if (month < 1 || month > months.length) {
            throw new IllegalArgumentException(
                    "date: expected a month from 1 to " + months.length + ", found " + month);
        }
        if (rule != LeapRule.MIXED) {
            return daysFrom(year, month, day, rule, months, leapMonth);
        }
        boolean julian = year * 10000L + month * 100 + day < 15821015;
        // On 1 January 0 the Julian calendar stands two days before the Gregorian one.
        return julian
                ? daysFrom(year, month, day, LeapRule.JULIAN, months, leapMonth) - 2
                : daysFrom(year, month, day, LeapRule.GREGORIAN, months, leapMonth);
    }

    private static long daysFrom(
            int year, int month, int day, LeapRule rule, int[] months, int leapMonth) {
        long days = startOfYear(year, rule, months) + day - 1;
        for (int m = 1; m < month; m++) {
            days += months[m - 1] + (m == leapMonth && leap(year, rule) ? 1 : 0);
        }
        return days;
    }

    private static long startOfYear(long year, LeapRule rule, int[] months) {
        long common = year * Arrays.stream(months).sum();
        long last = year - 1;
        return switch (rule) {
            case NEVER -> common;
            case JULIAN -> common + Math.floorDiv(last, 4) + 1;
            case GREGORIAN, MIXED ->
                    common
                            + Math.floorDiv(last, 4)
                            - Math.floorDiv(last, 100)
                            + Math.floorDiv(last, 400)
                            + 1;
        };
    }

    private CalendarDate split(long day, LeapRule used, double rest) {
        long year = (long) Math.floor(day * dayLength / yearLength()) - 1;
        while (startOfYear(year + 1, used, months) <= day) {
            year++;
        }
        int left = (int) (day - startOfYear(year, used, months));
        int month = 1;
        while (true) {
            int length = months[month - 1] + (month == leapMonth && leap(year, used) ? 1 : 0);
            if (left < length) {
                return new CalendarDate((int) year, month, left + 1, rest);
            }
            left -= length;
            month++;
        }
    }

    private static boolean leap(long year, LeapRule rule) {
        return switch (rule) {
            case NEVER -> false;
            case JULIAN -> Math.floorMod(year, 4) == 0;
            case GREGORIAN, MIXED ->
                    Math.floorMod(year, 4) == 0
                            && (Math.floorMod(year, 100) != 0 || Math.floorMod(year, 400) == 0);
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
