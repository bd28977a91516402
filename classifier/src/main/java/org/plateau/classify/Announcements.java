package org.plateau.classify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.plateau.assembly.Step;
import org.plateau.grid.Pressures;
import org.plateau.results.EventLog;

/** Writes an event when a level's verdict or regime is another one than before, and for gaps. */
final class Announcements {
    private final EventLog events;
    private String[] verdicts = {};
    private String[] regimes = {};
    private String column;

    Announcements(EventLog events) {
        this.events = events;
    }

    /** Looks at a step that has been committed. */
    void committed(Step step, LabelledStep labelled, ResultsStore store) {
        Frame frame = store.frame();
        Verdicts now = store.verdicts();
        Supplier<Map<String, Object>> at = () -> at(step, labelled.time(), frame);
        if (!step.complete()) {
            gap(step, at.get());
        }
        int levels = frame.levels();
        if (verdicts.length != levels) {
            verdicts = new String[levels];
            regimes = new String[levels];
        }
        for (int level = 0; level < levels; level++) {
            double pressure = frame.pressure()[level];
            verdicts[level] = changed(at, pressure, "verdict", now.level(level), verdicts[level]);
            if (labelled.gap()[level] == 0) {
                regimes[level] =
                        changed(
                                at,
                                pressure,
                                "label",
                                StatusReport.regime(labelled, level),
                                regimes[level]);
            }
        }
        column(at, store.column().verdict());
    }

    private String changed(
            Supplier<Map<String, Object>> at,
            double pressure,
            String what,
            String now,
            String before) {
        if (!now.equals(before)) {
            Map<String, Object> details = new LinkedHashMap<>(at.get());
            details.put("pressure", pressure);
            details.put("level", Pressures.text(pressure));
            change(what, details, now, before);
        }
        return now;
    }

    private void column(Supplier<Map<String, Object>> at, String now) {
        if (!now.equals(column)) {
            Map<String, Object> details = new LinkedHashMap<>(at.get());
            details.put("level", "column");
            change("verdict", details, now, column);
            column = now;
        }
    }

    private void change(String what, Map<String, Object> details, String now, String before) {
        details.put("now", now);
        details.put("before", before);
        events.append(what, details);
    }

    /** A time without a map, before there is a frame: in the units of the file itself. */
    void gap(Step step) {
        gap(step, at(step.time().value(), step.time().units().text(), step));
    }

    private void gap(Step step, Map<String, Object> at) {
        Map<String, Object> details = new LinkedHashMap<>(at);
        details.put("reason", step.absence().text());
        details.put("detail", step.detail());
        events.append("gap", details);
    }

    /**
     * When an event happened: on the time axis of the results, with its units, and as a date.
     *
     * @param time of the step in the frame's units
     */
    static Map<String, Object> at(Step step, double time, Frame frame) {
        return at(time, frame.timeUnits(), step);
    }

    private static Map<String, Object> at(double time, String units, Step step) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("modelTime", time);
        details.put("units", units);
        details.put("date", step.time().toString());
        return details;
    }
}
