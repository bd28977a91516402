package org.plateau.classify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.plateau.assembly.Account;
import org.plateau.assembly.AssemblyListener;
import org.plateau.assembly.Field;
import org.plateau.assembly.Outcome;
import org.plateau.assembly.Step;
import org.plateau.assembly.Write;
import org.plateau.message.RecordView;
import org.plateau.network.NetworkGrid;
import org.plateau.results.EventLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what the assembler has made: steps wait here for the next part of the pipeline, means and
 * coordinates go to the journal, notices to log and events. One thread.
 */
final class Assembled implements AssemblyListener {
    private static final Logger LOG = LoggerFactory.getLogger(Assembled.class);

    private final ResultsStore store;
    private final Account account;
    private final EventLog events;
    private final SphereMean means = new SphereMean(NetworkGrid.GRID);
    private final Deque<Step> steps = new ArrayDeque<>();
    private boolean restoring;

    Assembled(ResultsStore store, Account account, EventLog events) {
        this.store = store;
        this.account = account;
        this.events = events;
    }

    /** Coordinates that come from the journal are in it. */
    void restoring(boolean now) {
        restoring = now;
    }

    /** Takes the next step, null if there is none. */
    Step next() {
        return steps.poll();
    }

    /** Position in the inbox from which the steps that wait here would have to be read again. */
    long firstIndex() {
        return steps.stream().mapToLong(Step::firstIndex).min().orElse(Long.MAX_VALUE);
    }

    @Override
    public void step(Step step) {
        steps.add(step);
    }

    @Override
    public void written(String metric, Field field, List<Write> writes) {
        Outcome outcome = Outcome.USED;
        String reason = "";
        try {
            store.commit(
                    new WrittenMean(
                            metric,
                            field.unit(),
                            field.time().seconds() / 86400,
                            field.time().key(),
                            means.of(field)));
        } catch (IOException e) {
            throw new UncheckedIOException("journal: " + e.getMessage(), e);
        } catch (SourceLayout.LayoutException e) {
            notice("coordinates", e.getMessage());
            outcome = Outcome.ORPHAN;
            reason = "its grid is not known";
        }
        for (Write write : writes) {
            account.settle(write.source(), write.sequence(), outcome, reason);
        }
    }

    @Override
    public void coordinate(RecordView record) {
        if (restoring) {
            return;
        }
        try {
            store.coordinate(record.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("journal: " + e.getMessage(), e);
        }
    }

    @Override
    public void notice(String kind, String text) {
        LOG.warn("{}", text);
        events.append(kind, Map.of("text", text));
    }
}
