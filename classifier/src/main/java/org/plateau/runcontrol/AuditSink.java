package org.plateau.runcontrol;

import java.util.Map;

/** Where audit lines go: the run's {@code events.jsonl}. Called on run control's thread. */
@FunctionalInterface
public interface AuditSink {

    /**
     * Takes one line.
     *
     * @param event what happened: stop-advised, stop-decided, stop-adapter, stop-vetoed,
     *     stop-veto-lifted, stop-resumed, stop-restart, stop-error
     * @param modelTime model time, on the time axis of the results
     * @param details numbers, texts, lists and maps of these, as they shall stand in JSON
     */
    void event(String event, double modelTime, Map<String, Object> details);
}
