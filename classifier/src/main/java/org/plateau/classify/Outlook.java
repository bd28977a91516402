package org.plateau.classify;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plateau.equilibration.Verdict;
import org.plateau.runcontrol.Snapshot;
import org.plateau.runcontrol.StopSettings;

/**
 * When a run would be stopped if its series go on as they do: the largest of what the tests of the
 * levels and metrics that were asked for say they still need. A series that drifts or still warms
 * up has no such number, and then the run has none either.
 *
 * @param outputs that are still needed; infinite if nobody can tell
 * @param atLeast whether this is only the least, because a test has not begun
 * @param text for people, in a line
 */
record Outlook(double outputs, boolean atLeast, String text) {
    /** Nothing is known before the first output. */
    static final Outlook NONE = new Outlook(Double.POSITIVE_INFINITY, false, "");

    /**
     * What is to be expected after an output.
     *
     * @param minimumSamples outputs before the first look of a test
     * @param held outputs in a row at which all was steady
     */
    static Outlook of(
            StopSettings stop, Snapshot snapshot, int minimumSamples, int held, Pace pace) {
        double needed = Math.max(0, stop.hold() - held);
        double days = stop.policy().minimumElapsed() - snapshot.elapsed();
        if (days > 0) {
            needed = Math.max(needed, Math.ceil(days / pace.days()));
        }
        boolean atLeast = false;
        int endless = 0;
        List<Verdict> unsettled = stop.policy().unsettled(snapshot);
        for (Verdict verdict : unsettled) {
            double samples = samples(verdict, minimumSamples);
            atLeast |= verdict instanceof Verdict.Insufficient;
            endless += Double.isFinite(samples) ? 0 : 1;
            needed = Math.max(needed, samples);
        }
        String text =
                endless > 0
                        ? String.format(
                                Locale.ROOT,
                                "no end can be foreseen: %d of %d series that are not steady yet"
                                        + " still drift or warm up",
                                endless,
                                unsettled.size())
                        : text(needed, atLeast, pace);
        return new Outlook(needed, atLeast, text);
    }

    private static double samples(Verdict verdict, int minimumSamples) {
        if (verdict instanceof Verdict.Insufficient v) {
            return Math.max(1, minimumSamples - v.samples());
        }
        return verdict instanceof Verdict.Undecided v && v.samplesNeeded() > 0
                ? Math.ceil(v.samplesNeeded())
                : Double.POSITIVE_INFINITY;
    }

    private static String text(double needed, boolean atLeast, Pace pace) {
        String text =
                String.format(
                        Locale.ROOT,
                        "would stop %s %.0f more %s",
                        atLeast ? "after at least" : "in about",
                        needed,
                        needed == 1 ? "output" : "outputs");
        return Double.isNaN(pace.days())
                ? text
                : text
                        + ", "
                        + days(needed * pace.days())
                        + " d, "
                        + duration(needed * pace.seconds())
                        + " at this pace";
    }

    private static String days(double days) {
        return new BigDecimal(days).round(new MathContext(3)).stripTrailingZeros().toPlainString();
    }

    /** Two units of time at most, the larger first. */
    static String duration(double seconds) {
        long s = Math.round(seconds);
        if (s < 120) {
            return s + " s";
        } else if (s < 7200) {
            return (s + 30) / 60 + " min";
        } else if (s < 172800) {
            return s / 3600 + " h " + s % 3600 / 60 + " min";
        }
        return s / 86400 + " d " + s % 86400 / 3600 + " h";
    }

    /** As it stands in {@code run_verdict.outlook} of the status. */
    Map<String, Object> report(Pace pace) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", text);
        map.put("outputs", finite(outputs));
        map.put("atLeast", atLeast);
        map.put("modelDays", finite(outputs * pace.days()));
        map.put("wallSeconds", finite(outputs * pace.seconds()));
        return map;
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
