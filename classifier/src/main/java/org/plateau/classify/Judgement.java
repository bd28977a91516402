package org.plateau.classify;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plateau.assembly.Step;
import org.plateau.equilibration.Verdict;
import org.plateau.metrics.LevelMetric;
import org.plateau.metrics.Metrics;
import org.plateau.results.EventLog;
import org.plateau.results.NetcdfTimes;
import org.plateau.runcontrol.RestartCheck;
import org.plateau.runcontrol.RestartTimes;
import org.plateau.runcontrol.RunControl;
import org.plateau.runcontrol.Snapshot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verdict on the run, and what run control makes of it. Where no model can be stopped, as in a
 * replay, run control is left out and only the verdict is given. One thread.
 */
final class Judgement {
    private static final String LABELS = "probability_";

    private static final Logger LOG = LoggerFactory.getLogger(Judgement.class);

    private final ClassifierSettings settings;
    private final EventLog events;
    private final RunControl control;
    private final Clock clock;
    private Committed committed;
    private Snapshot latest;
    private boolean levelsSaid;
    private RestartCheck.Found restart;
    private Instant asked = Instant.MIN;
    private final Pace pace = new Pace();

    Judgement(ClassifierSettings settings, boolean live, EventLog events, Clock clock) {
        this.settings = settings;
        this.events = events;
        this.clock = clock;
        control =
                live
                        ? new RunControl(
                                settings.stop(),
                                settings.directory(),
                                (event, time, details) -> append(events, event, details))
                        : null;
    }

    private void append(EventLog events, String event, Map<String, Object> details) {
        Map<String, Object> line =
                new LinkedHashMap<>(committed == null ? Map.of() : committed.at());
        line.putAll(details);
        events.append(event, line);
    }

    /** Takes a step that the journal has from before a restart, and the verdicts after it. */
    void before(LabelledStep step, RunVerdicts verdicts) {
        if (control != null) {
            control.before(
                    new Snapshot(
                            step.time(),
                            verdicts.levels().elapsed(),
                            Instant.EPOCH,
                            !step.incomplete(),
                            levels(step, verdicts)));
        }
    }

    private static List<Snapshot.Level> levels(LabelledStep step, RunVerdicts verdicts) {
        List<Snapshot.Level> levels = new ArrayList<>();
        for (int level = 0; level < verdicts.frame().levels(); level++) {
            levels.add(level(level, step, verdicts.frame(), verdicts.levels()));
        }
        levels.add(column(verdicts.column(), verdicts.levels(), step.days()));
        return levels;
    }

    /** Looks at the verdicts as they are after a step that has been committed. */
    void consider(Step step, LabelledStep labelled, RunVerdicts now) {
        committed = new Committed(step, labelled, now);
        latest = null;
        pace.add(labelled.days(), step.written() * 1e-9);
        sayWhichLevels();
        if (control != null) {
            ask();
        }
    }

    /** An output whose verdicts nobody has asked for yet. */
    private record Committed(Step step, LabelledStep labelled, RunVerdicts verdicts) {
        Map<String, Object> at() {
            return Announcements.at(step, labelled.time(), verdicts.frame());
        }

        Snapshot snapshot() {
            return new Snapshot(
                    labelled.time(),
                    verdicts.levels().elapsed(),
                    Instant.ofEpochSecond(0, step.written()),
                    step.complete(),
                    Judgement.levels(labelled, verdicts));
        }
    }

    /** Verdicts after the latest output, made when they are wanted. */
    private Snapshot latest() {
        latest = latest == null ? committed.snapshot() : latest;
        return latest;
    }

    private Outlook outlook() {
        return Outlook.of(
                settings.stop(),
                latest(),
                settings.equilibration().common().minimumSamples(),
                control == null ? 0 : control.state().held(),
                pace);
    }

    /** At the first output: which levels are meant, and which that are asked for there are not. */
    private void sayWhichLevels() {
        if (levelsSaid) {
            return;
        }
        levelsSaid = true;
        List<String> unmatched = settings.stop().policy().unmatched(latest());
        String meant = settings.stop().policy().meant(latest());
        append(events, "stop-levels", Map.of("meant", meant, "unmatched", unmatched));
        LOG.info("stop.levels: {}", meant);
        unmatched.forEach(
                line ->
                        LOG.error(
                                "stop.levels: expected pressures of the run's levels, got {}; it can"
                                        + " not stop by itself like this",
                                line));
    }

    private static Snapshot.Level level(
            int level, LabelledStep labelled, Frame frame, Verdicts verdicts) {
        Map<String, Verdict> physical = new LinkedHashMap<>();
        boolean veto = false;
        List<LevelMetric> metrics = Metrics.list();
        for (int m = 0; m < metrics.size(); m++) {
            Verdict verdict = verdicts.inResultsTime(level, m);
            if (metrics.get(m).name().startsWith(LABELS)) {
                veto |= !verdict.settled();
            } else {
                physical.put(metrics.get(m).name(), verdict);
            }
        }
        return new Snapshot.Level(
                frame.pressure()[level], labelled.gap()[level] != 0, veto, physical);
    }

    private static Snapshot.Level column(ColumnVerdicts column, Verdicts verdicts, double now) {
        Map<String, Verdict> all = new LinkedHashMap<>();
        column.known().forEach(s -> all.put(s.metric.name(), verdicts.inResultsTime(s.verdict())));
        return Snapshot.Level.column(!column.stale(now).isEmpty(), all);
    }

    /** Asks run control again when nothing new has come, about once a second. */
    void again() {
        if (committed != null && !clock.instant().isBefore(asked.plusSeconds(1))) {
            ask();
        }
    }

    private void ask() {
        asked = clock.instant();
        if (control != null) {
            control.step(latest(), asked);
        }
    }

    /** The model has ended: looks at the restart that it left if it was asked to end. */
    void finish() {
        if (control == null || committed == null) {
            return;
        }
        RestartCheck check =
                new RestartCheck(
                        settings.stop().restart(),
                        settings.directory(),
                        (file, name) -> {
                            NetcdfTimes.Value value = NetcdfTimes.read(file, name);
                            return new RestartTimes.Value(value.number(), value.units());
                        });
        restart = control.finish(latest(), check, committed.step.time()).orElse(null);
    }

    /** Whether a stop has been decided that no veto holds back. */
    boolean stopping() {
        return decided() && !control.state().vetoed();
    }

    private boolean decided() {
        return control != null && control.state().decided();
    }

    /** {@code run_verdict} of the status: whether all is steady that the settings ask for. */
    Map<String, Object> verdict() {
        Map<String, Object> map = new LinkedHashMap<>();
        boolean none = committed == null;
        List<String> missing =
                none ? List.of("the first output") : settings.stop().policy().missing(latest());
        map.put("verdict", missing.isEmpty() ? "equilibrated" : "not equilibrated");
        map.put("missing", missing);
        map.put("levels", none ? "" : settings.stop().policy().meant(latest()));
        map.put("outlook", (none ? Outlook.NONE : outlook()).report(pace));
        return map;
    }

    /** Why a stop was decided, in a line; empty if none was. */
    private String because() {
        return switch (control.state().decidedBy()) {
            case "" -> "";
            case "policy" ->
                    "all that was asked for was steady at "
                            + control.state().hold()
                            + (control.state().hold() == 1 ? " output" : " outputs in a row");
            default -> "a person ordered it";
        };
    }

    /** {@code stop} of the status. */
    Map<String, Object> stop() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("decided", decided());
        if (control != null) {
            map.put("by", control.state().decidedBy());
            map.put("because", because());
            map.put("mode", control.state().mode().name().toLowerCase(Locale.ROOT));
            map.put("satisfied", control.state().satisfied());
            map.put("held", control.state().held());
            map.put("hold", control.state().hold());
            map.put("vetoed", control.state().vetoed());
            map.put("waitingFor", control.state().waitingFor());
            if (restart != null) {
                map.put(
                        "restart",
                        Map.of("result", restart.result().text(), "detail", restart.detail()));
            }
        }
        return map;
    }
}
