package org.plateau.runcontrol;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
    private double lastModelTime = Double.NEGATIVE_INFINITY;
    private int held;
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
        this.audit = audit;
        this.adapters = List.copyOf(adapters);
        state = state(List.of("the first output"), "");
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
        lastModelTime = snapshot.modelTime();
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
        for (String name :
                List.of(
                        ControlFiles.FLAG,
                        ControlFiles.STOP,
                        ControlFiles.DECISION,
                        ControlFiles.VETO,
                        ControlFiles.RESUME)) {
            files.remove(name);
        }
        held = 0;
        advised = false;
        tell("stop-resumed", snapshot, Map.of());
    }

    private void noteVeto(Snapshot snapshot) {
        boolean now = files.has(ControlFiles.VETO);
        if (now != vetoed) {
            vetoed = now;
            tell(now ? "stop-vetoed" : "stop-veto-lifted", snapshot, Map.of());
        }
    }

    private StopState judge(Snapshot snapshot, Instant now) throws IOException {
        boolean fresh = snapshot.modelTime() > lastModelTime;
        List<String> missing = new ArrayList<>(settings.policy().missing(snapshot));
        missing.addAll(0, unsound(snapshot, now));
        if (!missing.isEmpty()) {
            held = 0;
            advised = false;
        } else if (fresh) {
            held++;
        }
        boolean person = files.has(ControlFiles.STOP);
        boolean met = missing.isEmpty() && held >= settings.hold();
        Optional<Decision> decision = Decision.load(files);
        if (decision.isEmpty() && !vetoed && (person || met)) {
            decision = decide(snapshot, now, person);
        }
        if (decision.isPresent() && (person || missing.isEmpty())) {
            act(decision.get(), snapshot, now);
        }
        return state(missing, decision.map(Decision::by).orElse(""));
    }

    private List<String> unsound(Snapshot snapshot, Instant now) {
        List<String> faults = new ArrayList<>();
        if (!snapshot.complete()) {
            faults.add("the output is incomplete");
        }
        Duration age = Duration.between(snapshot.written(), now);
        if (age.compareTo(settings.maximumAge()) > 0) {
            faults.add("the output is " + age.toSeconds() + " s old");
        }
        if (snapshot.modelTime() < lastModelTime) {
            faults.add("the output is older than the one before");
        }
        return faults;
    }

    private Optional<Decision> decide(Snapshot snapshot, Instant now, boolean person)
            throws IOException {
        Map<String, Object> evidence = new HashMap<>();
        evidence.put("by", person ? "person" : "policy");
        evidence.put("held", held);
        evidence.put("elapsed", snapshot.elapsed());
        evidence.put("verdicts", settings.policy().evidence(snapshot));
        if (!person && settings.mode() == StopMode.ADVISE) {
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
        tell("stop-decided", snapshot, evidence);
        return Optional.of(decision);
    }

    private void act(Decision decision, Snapshot snapshot, Instant now) throws IOException {
        if (!decision.sameAdapters(adapters)) {
            throw new IOException(
                    "the settings' adapters are not those of the decision in "
                            + files.path(ControlFiles.DECISION)
                            + "; plateau resume forgets it");
        }
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
        if (!open || !decision.due(i, now) || files.has(ControlFiles.VETO)) {
            return;
        }
        int attempt = decision.attempts(i) + 1;
        String result;
        String detail = "";
        try {
            if (!adapter.ready(decision.decided())) {
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
                held,
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
