package org.plateau.classify;

import java.util.LinkedHashMap;
import java.util.Map;
import org.plateau.assembly.Step;
import org.plateau.grid.Pressures;
import org.plateau.results.EventLog;

/** Writes an event when a level's verdict or regime is another one than before, and for gaps. */
final class Announcements {
    private final EventLog events;
    private String[] verdicts = {};
    private String[] regimes = {};

    Announcements(EventLog events) {
        this.events = events;
    }

    /** Looks at a step that has been committed. */
    void committed(
            Step step, LabelledStep labelled, Frame frame, Verdicts now, StatusReport status) {
        if (!step.complete()) {
            gap(step);
        }
        int levels = frame.levels();
        if (verdicts.length != levels) {
            verdicts = new String[levels];
            regimes = new String[levels];
        }
        for (int level = 0; level < levels; level++) {
            double pressure = frame.pressure()[level];
            verdicts[level] = changed(step, pressure, "verdict", now.level(level), verdicts[level]);
            if (labelled.gap()[level] == 0) {
                regimes[level] =
                        changed(step, pressure, "label", status.regime(level), regimes[level]);
            }
        }
    }

    private String changed(Step step, double pressure, String what, String now, String before) {
        if (!now.equals(before)) {
            Map<String, Object> details = at(step);
            details.put("pressure", pressure);
            details.put("level", Pressures.text(pressure));
            details.put("now", now);
            details.put("before", before);
            events.append(what, details);
        }
        return now;
    }

    /** A time without a map. */
    void gap(Step step) {
        Map<String, Object> details = at(step);
        details.put("reason", step.absence().text());
        details.put("detail", step.detail());
        events.append("gap", details);
    }

    private static Map<String, Object> at(Step step) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("modelTime", step.time().value());
        details.put("date", step.time().toString());
        return details;
    }
}
