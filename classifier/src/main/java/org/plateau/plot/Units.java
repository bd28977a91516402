package org.plateau.plot;

import java.util.Locale;
import org.plateau.results.Results.TimeAxis;

/** Model time as pictures show it: in days if the model counts in seconds, minutes or hours. */
final class Units {
    private final TimeAxis time;
    private final double divisor;
    private final String unit;

    Units(TimeAxis time) {
        this.time = time;
        String word = time.units().trim().split("\\s+")[0].toLowerCase(Locale.ROOT);
        this.divisor =
                switch (word) {
                    case "seconds", "second", "secs", "sec", "s" -> 86400;
                    case "minutes", "minute", "mins", "min" -> 1440;
                    case "hours", "hour", "hrs", "hr", "h" -> 24;
                    default -> 1;
                };
        this.unit = divisor > 1 || word.startsWith("day") || word.equals("d") ? "days" : word;
    }

    /** A model time in the pictures' unit. */
    double time(double value) {
        return value / divisor;
    }

    /** "days since 2000-01-01, 360-day calendar". */
    String timeTitle() {
        String since = time.units().replaceFirst("^\\S+\\s*", "");
        since = since.replaceFirst("[T ]00:00:00(\\.0*)?( ?Z| ?UTC)?$", "");
        String calendar = time.calendar().replace("_day", "-day");
        boolean usual = calendar.equals("standard") || calendar.equals("gregorian");
        return unit
                + (since.isEmpty() ? "" : " " + since)
                + (usual ? "" : ", " + calendar + " calendar");
    }

    /** A time with its unit, such as "400 days". */
    String timeText(double value) {
        return Decimal.significant(time(value), 4) + " " + unit;
    }
}
