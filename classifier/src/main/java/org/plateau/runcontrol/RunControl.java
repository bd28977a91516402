package org.plateau.runcontrol;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plateau.field.ModelTime;

/**
 * Turns verdicts into a stop. {@link #step} is called once per output and whenever nothing has come
 * for a while; it throws nothing. Not thread-safe.
 *
 * <p>What holds at every step: nothing is done under a veto, twice, on an output that is
 * incomplete, too old or not newer than the last one, or before the decision is written down.
 */
public final class RunControl {

    private final StopSettings settings;
    private final ControlFiles files;
    private final AuditSink audit;
    private final List<StopAdapter> adapters;
    private final Hold hold;
    private boolean advised;
    private boolean vetoed;
    private String lastTrouble = "";
    private StopState state;

    public RunControl(StopSettings settings, Path runDirectory, AuditSink audit) {
        this(settings, runDirectory, audit, Adapters.of(settings.adapters(), runDirectory));
    }

    RunControl(
            StopSettings settings, Path runDirectory, AuditSink audit, List<StopAdapter> adapters) {
        this.settings = settings;
        this.files = new ControlFiles(runDirectory);
        this.hold = new Hold(files);
        this.audit = audit;
        this.adapters = List.copyOf(adapters);
        state = state(List.of("the first output"), "");
    }

    /**
     * Takes an output from before a restart, in its order: it counts towards the hold as it did
     * when it came, and nothing is done on it.
     */
    public void before(Snapshot snapshot) {
        hold.before(snapshot, settings.policy().missing(snapshot).isEmpty());
        state = state(List.of("the first output since a restart"), "");
    }

    /** Where the stop stands. */
    public StopState state() {
        return state;
    }

    /**
     * Takes what is known after an output.
     *
     * @param now the wall clock
     */
    public StopState step(Snapshot snapshot, Instant now) {
        try {
            resumeIfAsked(snapshot);
            noteVeto(snapshot);
            state = judge(snapshot, now);
            lastTrouble = "";
        } catch (IOException | RuntimeException e) {
            trouble(snapshot, e);
            state = state(List.of("run control: " + e.getMessage()), "");
        }
        hold.passed(snapshot);
        return state;
    }

    /**
     * The model has ended: looks at the restart that it left, if a stop was decided and the
     * settings say what to look for.
     *
     * @param last time of its last output
     */
    public Optional<RestartCheck.Found> finish(
            Snapshot snapshot, RestartCheck check, ModelTime last) {
        try {
            Optional<Decision> decision = Decision.load(files);
            Optional<RestartCheck.Found> found =
                    decision.flatMap(d -> check.look(d.decided(), last));
            found.ifPresent(
                    f ->
                            tell(
                                    "stop-restart",
                                    snapshot,
                                    Map.of("result", f.result().text(), "detail", f.detail())));
            return found;
        } catch (IOException | RuntimeException e) {
            trouble(snapshot, e);
            return Optional.empty();
        }
    }

    private void trouble(Snapshot snapshot, Exception e) {
        String message = String.valueOf(e.getMessage());
        if (!message.equals(lastTrouble)) {
            lastTrouble = message;
            tell("stop-error", snapshot, Map.of("error", message));
        }
    }

    private void resumeIfAsked(Snapshot snapshot) throws IOException {
        if (!files.has(ControlFiles.RESUME)) {
            return;
        }
        Map<String, Object> order = files.order(ControlFiles.RESUME);
        takeBack(snapshot);
        files.removeResumed();
        for (String name : List.of(ControlFiles.FLAG, ControlFiles.DECISION, ControlFiles.RESUME)) {
            files.remove(name);
        }
        hold.resume();
        advised = false;
        tell("stop-resumed", snapshot, Map.of("order", order));
    }

    private void noteVeto(Snapshot snapshot) {
        boolean now = files.forbidden();
        if (now != vetoed) {
            vetoed = now;
            if (now) {
                takeBack(snapshot);
            }
            tell(
                    now ? "stop-vetoed" : "stop-veto-lifted",
                    snapshot,
                    now ? Map.of("order", files.order(ControlFiles.VETO)) : Map.of());
        }
    }

    /** Takes back what has been done of a decision and can be. */
    private void takeBack(Snapshot snapshot) {
        try {
            Optional<Decision> decision = Decision.load(files);
            if (decision.isPresent() && decision.get().sameAdapters(adapters)) {
                for (int i = 0; i < adapters.size(); i++) {
                    if (decision.get().begun(i)) {
                        adapters.get(i).takeBack();
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            tell("stop-error", snapshot, Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private StopState judge(Snapshot snapshot, Instant now) throws IOException {
        List<String> missing = new ArrayList<>(settings.policy().missing(snapshot));
        List<String> unsound = snapshot.unsound(hold.lastModelTime());
        missing.addAll(0, unsound);
        advised &= missing.isEmpty();
        hold.take(snapshot, missing.isEmpty());
        missing.addAll(unsound.size(), snapshot.old(now, settings.maximumAge()));
        boolean person = files.has(ControlFiles.STOP);
        boolean met = missing.isEmpty() && hold.outputs() >= settings.hold();
        Optional<Decision> decision = Decision.load(files);
        if (decision.isEmpty() && !vetoed && (person || met)) {
            decision = decide(snapshot, now, person);
        }
        if (decision.isPresent() && (person || missing.isEmpty() && mayAct())) {
            act(decision.get(), snapshot, now);
        }
        return state(missing, decision.map(Decision::by).orElse(""));
    }

    /** A policy's decision from before the settings went back to advising is not carried out. */
    private boolean mayAct() {
        return settings.mode() == StopMode.ACT;
    }

    private Optional<Decision> decide(Snapshot snapshot, Instant now, boolean person)
            throws IOException {
        Map<String, Object> evidence = new HashMap<>();
        evidence.put("by", person ? "person" : "policy");
        evidence.put("held", hold.outputs());
        evidence.put("elapsed", snapshot.elapsed());
        evidence.put("verdicts", settings.policy().evidence(snapshot));
        if (person) {
            evidence.put("order", files.order(ControlFiles.STOP));
        } else if (!mayAct()) {
            if (!advised) {
                advised = true;
                tell("stop-advised", snapshot, evidence);
            }
            return Optional.empty();
        }
        Decision decision =
                Decision.make(
                        files,
                        now,
                        snapshot.modelTime(),
                        person ? "person" : "policy",
                        evidence,
                        adapters);
        return Optional.of(decision);
    }

    /** The audit line of a decision, also if run control was killed before it could write it. */
    private void announce(Decision decision, Snapshot snapshot) throws IOException {
        if (!decision.announced()) {
            tell("stop-decided", snapshot, decision.evidence());
            decision.markAnnounced();
        }
    }

    private void act(Decision decision, Snapshot snapshot, Instant now) throws IOException {
        if (!decision.sameAdapters(adapters)) {
            throw new IOException(
                    "the settings' adapters are not those of the decision in "
                            + files.path(ControlFiles.DECISION)
                            + "; plateau resume forgets it");
        }
        announce(decision, snapshot);
        for (int i = 0; i < adapters.size(); i++) {
            advance(decision, i, snapshot, now);
        }
    }

    private void advance(Decision decision, int i, Snapshot snapshot, Instant now)
            throws IOException {
        StopAdapter adapter = adapters.get(i);
        String before = decision.state(i);
        if (before.equals(Decision.STARTED) && !adapter.repeatable()) {
            decision.mark(i, Decision.UNKNOWN, decision.attempts(i), now);
            tell(
                    "stop-adapter",
                    snapshot,
                    report(adapter, Decision.UNKNOWN, "cut off; not repeated"));
            return;
        }
        boolean open = before.equals(Decision.PENDING) || before.equals(Decision.STARTED);
        if (!open || !decision.due(i, now)) {
            return;
        }
        int attempt = decision.attempts(i) + 1;
        String result;
        String detail = "";
        try {
            if (!adapter.ready(decision.decided()) || files.forbidden()) {
                return;
            }
            decision.mark(i, Decision.STARTED, attempt, now);
            adapter.act(decision.content());
            result = Decision.DONE;
        } catch (IOException | RuntimeException e) {
            detail = String.valueOf(e.getMessage());
            result = attempt < settings.attempts() ? Decision.PENDING : Decision.FAILED;
        }
        decision.mark(i, result, attempt, now.plus(settings.retryAfter()));
        boolean again = result.equals(Decision.PENDING);
        tell(
                "stop-adapter",
                snapshot,
                report(adapter, again ? "failed, will retry" : result, detail));
    }

    private static Map<String, Object> report(StopAdapter adapter, String result, String detail) {
        return Map.of("adapter", adapter.name(), "result", result, "detail", detail);
    }

    private StopState state(List<String> missing, String decidedBy) {
        return new StopState(
                settings.mode(),
                missing.isEmpty(),
                hold.outputs(),
                settings.hold(),
                decidedBy,
                vetoed,
                missing);
    }

    private void tell(String event, Snapshot snapshot, Map<String, Object> details) {
        try {
            audit.event(event, snapshot.modelTime(), details);
        } catch (RuntimeException e) {
            lastTrouble = "the audit line could not be written: " + e.getMessage();
        }
    }
}
