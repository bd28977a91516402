package org.plateau.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ModelCalendarTest {
    private static final List<String> ALL =
            List.of(
                    "standard",
                    "gregorian",
                    "proleptic_gregorian",
                    "julian",
                    "noleap",
                    "all_leap",
                    "360_day",
                    "none");

    @Property(tries = 500)
    void everyDateComesBackFromItsSeconds(
            @ForAll @IntRange(min = -50, max = 4000) int year,
            @ForAll @IntRange(min = 1, max = 12) int month,
            @ForAll @IntRange(min = 1, max = 28) int day,
            @ForAll @IntRange(min = 0, max = 86399) int seconds) {
        CalendarDate date = new CalendarDate(year, month, day, seconds);
        for (String name : ALL) {
            boolean neverWas = year == 1582 && month == 10 && day > 4 && day < 15;
            if (!neverWas) {
                ModelCalendar calendar = ModelCalendar.named(name);
                assertEquals(date, calendar.date(calendar.seconds(date)), name);
            }
        }
    }

    @Property(tries = 500)
    void timeNeverRunsBackwards(@ForAll @IntRange(min = -10_000, max = 900_000) int day) {
        for (String name : ALL) {
            ModelCalendar calendar = ModelCalendar.named(name);
            CalendarDate date = calendar.date(day * 86400.0);
            assertEquals(day * 86400.0, calendar.seconds(date), name + " " + date);
        }
    }

    @Test
    void theReformFollowsTheFourthByTheFifteenthOfOctober() {
        ModelCalendar calendar = ModelCalendar.named("standard");
        double last = calendar.seconds(new CalendarDate(1582, 10, 4, 0));
        assertEquals("1582-10-15T00:00:00", calendar.date(last + 86400).toString());
    }

    @Test
    void leapDaysFollowTheCalendarsRule() {
        assertEquals(86400 * 366.0, year("julian", 1900));
        assertEquals(86400 * 365.0, year("standard", 1900));
        assertEquals(86400 * 366.0, year("standard", 2000));
        assertEquals(86400 * 365.0, year("noleap", 2000));
        assertEquals(86400 * 366.0, year("all_leap", 1999));
        assertEquals(86400 * 360.0, year("360_day", 1999));
    }

    private static double year(String name, int year) {
        ModelCalendar calendar = ModelCalendar.named(name);
        return calendar.seconds(new CalendarDate(year + 1, 1, 1, 0))
                - calendar.seconds(new CalendarDate(year, 1, 1, 0));
    }

    @Test
    void aPlanetMayHaveItsOwnMonthsAndDays() {
        ModelCalendar calendar = ModelCalendar.userDefined(new int[] {10, 20}, 304535);
        double seconds = calendar.seconds(new CalendarDate(3, 2, 20, 304534));
        assertEquals(new CalendarDate(3, 2, 20, 304534), calendar.date(seconds));
        assertEquals(new CalendarDate(4, 1, 1, 0), calendar.date(seconds + 1));
    }

    @Test
    void anUnknownCalendarIsNamedInTheComplaint() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ModelCalendar.named("martian"));
        assertEquals(true, e.getMessage().contains("martian"));
    }

    @Test
    void equalTimesInDifferentUnitsHaveEqualKeys() {
        ModelCalendar calendar = ModelCalendar.named("360_day");
        ModelTime days =
                new ModelTime(1.5, TimeUnits.of("days since 2000-01-01 00:00:00", calendar));
        ModelTime seconds =
                new ModelTime(43200, TimeUnits.of("seconds since 2000-01-02", calendar));
        assertEquals(days.key(), seconds.key());
        assertEquals("2000-01-02T12:00:00", days.toString());
    }

    @Test
    void aReferenceThatIsNoDateIsTheOriginItself() {
        TimeUnits units =
                TimeUnits.of(
                        "days since model start (25 s steps)", ModelCalendar.named("standard"));
        assertEquals(86400, units.seconds(1));
    }
}
