package org.plateau.results;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The units and calendar of a model's time as every reader of CF files takes them. A model without
 * dates, or with a calendar that none has but itself, would make a file that cdo reads and xarray
 * does not open.
 *
 * @param units with a date
 * @param calendar a CF calendar
 * @param remark what the date stands for, where the model gives none; empty otherwise
 */
public record CfTime(String units, String calendar, String remark) {
    private static final Pattern SINCE =
            Pattern.compile("\\s*(\\w+)\\s+since\\s+(.*\\S)\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern DATE = Pattern.compile("[-+]?\\d{1,6}-(\\d{1,2})-(\\d{1,2}).*");
    private static final Pattern NO_DATE = Pattern.compile("[-+]?0+-0?0-0?0(.*)");

    /** As UDUNITS has them, longer ones before those that they begin with. */
    private static final List<String> SINGULAR =
            List.of("month", "min", "s", "h", "d", "year", "week");

    /** Days of 86,400 s and no leap years, as in Plateau's own calendar of that name. */
    private static final String WITHOUT_A_NAME = "noleap";

    /**
     * @param units {@code UNIT since REFERENCE}, where the reference may be no date
     * @param calendar a CF calendar or {@code none}
     */
    public static CfTime of(String units, String calendar) {
        String known = calendar.equals("none") ? WITHOUT_A_NAME : calendar;
        Matcher since = SINCE.matcher(units);
        if (!since.matches()) {
            return new CfTime(units, known, "");
        }
        String reference = since.group(2);
        Matcher none = NO_DATE.matcher(reference);
        if (none.matches()) {
            return new CfTime(since.group(1) + " since 0000-01-01" + none.group(1), known, "");
        }
        if (DATE.matcher(reference).matches()) {
            return new CfTime(units, known, "");
        }
        String yearsFromOne = known.equals("standard") ? WITHOUT_A_NAME : known;
        return new CfTime(
                since.group(1) + " since 0001-01-01 00:00:00",
                yearsFromOne,
                "the model gives no date: 0001-01-01 stands for '" + reference + "'");
    }

    /**
     * The unit of a time that may be missing, counted from the same origin. A reader that makes
     * dates of times cannot make one of a missing time in every calendar (xarray does not open such
     * a file), so that these are no CF times but numbers; and the unit is in the singular, because
     * xarray makes lengths of time of what counts {@code days}.
     */
    String elapsed() {
        Matcher since = SINCE.matcher(units);
        String unit = since.matches() ? since.group(1).toLowerCase(Locale.ROOT) : units;
        return SINGULAR.stream().filter(unit::startsWith).findFirst().orElse(unit);
    }
}
