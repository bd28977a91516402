package org.plateau.classify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plateau.assembly.Account;
import org.plateau.assembly.Outcome;
import org.plateau.equilibration.Verdict;
import org.plateau.field.ModelTime;
import org.plateau.message.RecordView;
import org.plateau.metrics.LevelMetric;
import org.plateau.metrics.Metrics;
import org.plateau.network.Devices;
import org.plateau.network.Engine;
import org.plateau.regimes.Regime;
import org.plateau.results.StatusFile;

/**
 * Makes {@code status.json}, at most once a second and at least as often as {@link #HEARTBEAT}, so
 * that its age tells whether anybody still writes it, and {@code summary.json} at the end. What
 * stands in them: docs/OUTPUTS.md.
 */
final class StatusReport {
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final ClassifierSettings settings;
    private final Devices devices;
    private final Judgement judgement;
    private final Clock clock;
    private final StatusFile status;
    private final StatusFile summary;
    private final Health health;
    private final NodeStatus nodes;
    private final Due due = new Due();
    private Instant written = Instant.EPOCH;
    private ModelTime time;
    private Instant lastOutput;
    private LabelledStep latest;
    private boolean changed = true;

    StatusReport(ClassifierSettings settings, Devices devices, Judgement judgement, Clock clock) {
        this.settings = settings;
        this.devices = devices;
        this.judgement = judgement;
        this.clock = clock;
        this.status = new StatusFile(settings.directory().resolve("status.json"));
        this.summary = new StatusFile(settings.directory().resolve("summary.json"));
        this.health = new Health(clock, devices.provenance().device());
        this.nodes = new NodeStatus(settings.directory(), clock);
    }

    void seen(RecordView record) {
        health.seen(record);
        changed = true;
    }

    /**
     * Takes an output that is in the journal.
     *
     * @param seen when the model wrote it; 1970 if unknown
     */
    void latest(ModelTime now, LabelledStep step, Instant seen) {
        health.labelled(seen);
        time = now;
        lastOutput = seen.equals(Instant.EPOCH) ? null : seen;
        latest = step;
        changed = true;
    }

    /** The foremost regime of a level in the latest step. */
    static String regime(LabelledStep step, int level) {
        Regime best = foremost(step, level);
        return step.nothing()[level] > probability(step, level, best)
                ? "nothing recognised"
                : best.text();
    }

    private static Regime foremost(LabelledStep step, int level) {
        Regime best = Regime.ASYMMETRIC;
        for (Regime regime : Regime.values()) {
            boolean more = probability(step, level, regime) > probability(step, level, best);
            best = regime.horizontal() && more ? regime : best;
        }
        return best;
    }

    private static float probability(LabelledStep step, int level, Regime regime) {
        return step.probability()[level * Regime.values().length + regime.ordinal()];
    }

    void write(ResultsStore store, Account account, boolean ended) {
        Instant now = clock.instant();
        Duration pause = changed ? Duration.ofSeconds(1) : HEARTBEAT;
        if (!ended && !due.after(pause, now)) {
            return;
        }
        due.done(now);
        written = now;
        changed = false;
        Map<String, Object> report = report(store, account, ended);
        status.write(report);
        if (ended) {
            summary.write(report);
        }
    }

    private Map<String, Object> report(ResultsStore store, Account account, boolean ended) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("run", settings.run().name());
        String state = judgement.stopping() ? "stopping" : "running";
        root.put("state", ended ? "ended" : state);
        root.put("wall", written.toString());
        if (time != null) {
            Map<String, Object> at = new LinkedHashMap<>();
            at.put("value", latest.time());
            at.put("units", store.frame().timeUnits());
            at.put("calendar", store.frame().calendar());
            at.put("date", time.toString());
            root.put("modelTime", at);
            root.put("elapsedDays", store.verdicts().elapsed());
            root.put("lastOutput", lastOutput == null ? null : lastOutput.toString());
        }
        root.put("outputs", store.outputs());
        List<Object> levels = new ArrayList<>();
        for (int level = 0; time != null && level < store.frame().levels(); level++) {
            levels.add(level(store, level));
        }
        root.put("levels", levels);
        if (time != null) {
            root.put("column", column(store));
        }
        root.put("run_verdict", judgement.verdict());
        root.put("stop", judgement.stop());
        root.put("account", account(account));
        root.put("hook", health.hook());
        root.put("health", health.report());
        root.put("nodes", nodes.latest());
        root.put("engine", engine());
        return root;
    }

    private Map<String, Object> engine() {
        Engine.Provenance p = devices.provenance();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("description", devices.description());
        map.put("network", p.network());
        map.put("engine", p.engine());
        map.put("device", p.device());
        map.put("natives", p.natives());
        map.put("threads", p.threads());
        map.put("labelledByDevice", devices.labelled());
        return map;
    }

    private Map<String, Object> level(ResultsStore store, int level) {
        Map<String, Object> map = new LinkedHashMap<>();
        double pressure = store.frame().pressure()[level];
        map.put("pressure", pressure);
        map.put("required", settings.stop().policy().requires(pressure));
        boolean labelled = latest.gap()[level] == 0;
        map.put("regime", labelled ? regime(latest, level) : null);
        map.put(
                "probability",
                labelled ? finite(probability(latest, level, foremost(latest, level))) : null);
        map.put("nothing", finite(latest.nothing()[level]));
        map.put("unlike", finite(latest.unlike()[level]));
        map.put("gaps", store.gaps(level));
        map.put("verdict", store.verdicts().level(level));
        List<Object> metrics = new ArrayList<>();
        List<LevelMetric> all = Metrics.list();
        for (int m = 0; m < all.size(); m++) {
            Verdict verdict = store.verdicts().of(level, m);
            double value = latest.metrics()[level * all.size() + m];
            metrics.add(metric(store, all.get(m).name(), all.get(m).unit(), value, verdict));
        }
        map.put("metrics", metrics);
        return map;
    }

    private static Map<String, Object> metric(
            ResultsStore store, String name, String unit, double value, Verdict verdict) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", name);
        one.put("unit", unit);
        one.put("value", finite(value));
        one.put("verdict", verdict.name());
        one.put("detail", VerdictText.of(verdict, unit, store.verdicts().latest()));
        return one;
    }

    private Map<String, Object> column(ResultsStore store) {
        ColumnVerdicts column = store.column();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("required", settings.stop().policy().requiresColumn());
        map.put("verdict", column.verdict());
        map.put("stale", column.stale(store.verdicts().latest()));
        map.put(
                "metrics",
                column.known().stream()
                        .map(s -> metric(store, s.metric.name(), s.unit(), s.value(), s.verdict()))
                        .toList());
        return map;
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** The account as it stands in status, summary and events. */
    Map<String, Object> account(Account account) {
        Map<String, Object> all = totals(account.total());
        List<Object> sources = new ArrayList<>();
        for (long source : account.sources()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("source", Long.toHexString(source));
            one.putAll(totals(account.of(source)));
            sources.add(one);
        }
        all.put("bySource", sources);
        return all;
    }

    private static Map<String, Object> totals(Account.Totals totals) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("written", totals.written());
        for (Outcome outcome : Outcome.values()) {
            map.put(outcome.text(), totals.of(outcome));
        }
        map.put("pending", totals.pending());
        map.put("reasons", totals.reasons());
        return map;
    }
}
