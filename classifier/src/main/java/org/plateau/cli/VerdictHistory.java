package org.plateau.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plateau.equilibration.EquilibrationSettings;
import org.plateau.equilibration.EquilibrationTest;
import org.plateau.equilibration.Estimates;
import org.plateau.equilibration.Verdict;

/** The equilibration test over a series whose times are its sample numbers, with every change. */
final class VerdictHistory {

    private final EquilibrationTest test;
    private final List<Entry> changes = new ArrayList<>();
    private Entry last;
    private long missing;

    /**
     * A verdict after so many samples.
     *
     * @param since 0-based number of the first sample retained; null if nothing is claimed
     */
    record Entry(long sample, Verdict verdict, Long since) {

        String text() {
            StringBuilder text = new StringBuilder(verdict.name());
            if (since != null) {
                text.append(" since ").append(since);
            }
            details(verdict)
                    .forEach((k, v) -> text.append(String.format(Locale.ROOT, ", %s %.6g", k, v)));
            if (verdict instanceof Verdict.Revoked revoked) {
                text.append(" (").append(revoked.reason().text()).append(')');
            }
            return text.toString();
        }
    }

    VerdictHistory(EquilibrationSettings settings) {
        test = new EquilibrationTest(settings);
        last = new Entry(0, test.verdict(), null);
    }

    void add(double value) {
        long seen = test.samples();
        missing += Double.isFinite(value) ? 0 : 1;
        test.add(seen, value);
        Verdict now = test.verdict();
        Entry entry = new Entry(seen + 1, now, since(now));
        boolean changed = now.code() != last.verdict.code();
        if (changed) {
            changes.add(entry);
        }
        last = entry;
    }

    private static Long since(Verdict verdict) {
        if (verdict instanceof Verdict.Equilibrated e) {
            return e.first();
        }
        return verdict instanceof Verdict.Cyclic c ? c.first() : null;
    }

    /** What a verdict says beyond the common numbers, by the name it has in outputs. */
    static Map<String, Double> details(Verdict verdict) {
        Map<String, Double> map = new LinkedHashMap<>();
        if (verdict instanceof Verdict.Cyclic c) {
            map.put("period", c.period());
            map.put("amplitude", c.amplitude());
        } else if (verdict instanceof Verdict.Insufficient i) {
            map.put("samplesNeeded", i.samplesNeeded());
        } else if (verdict instanceof Verdict.Undecided u) {
            map.put("samplesNeeded", u.samplesNeeded());
        } else if (verdict instanceof Verdict.Drifting d) {
            map.put("driftPer1000", d.drift());
            map.put("driftBoundPer1000", d.bound());
        } else if (verdict instanceof Verdict.Revoked r) {
            map.put("changed", r.changed());
        } else if (verdict instanceof Verdict.Degenerate d) {
            map.put("value", d.value());
        }
        return map;
    }

    Entry last() {
        return last;
    }

    List<Entry> changes() {
        return changes;
    }

    long samples() {
        return test.samples();
    }

    long missing() {
        return missing;
    }

    /** The numbers over what is retained at the end; null if there are too few samples. */
    Estimates estimates() {
        return test.estimates().orElse(null);
    }
}
