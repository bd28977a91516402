package org.plateau.classify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.plateau.equilibration.EquilibrationSection;
import org.plateau.metrics.Metrics;
import org.plateau.network.Workers;
import org.plateau.results.Results;
import org.plateau.results.ResultsRow;

/**
 * The tests of levels and column as the journal's entries make them. When the model has gone back
 * in time, they are made again of what counts of the entries before. One thread.
 */
final class RunVerdicts {
    private static final String STEPS = "";

    private final EquilibrationSection section;
    private final Workers workers;
    private final Past past;
    private final ObjIntConsumer<ResultsRow.Column> changed;
    private final Map<Long, Integer> rows = new HashMap<>();
    private final RecentRows recent = new RecentRows();
    private final Timeline timeline = new Timeline();
    private final List<WrittenMean> early = new ArrayList<>();
    private Frame frame;
    private Verdicts levels;
    private ColumnVerdicts column;

    /** The entries of the journal, read again. */
    interface Past {
        /** Gives the entries before that number on, in order. */
        void read(int before, Taker taker) throws IOException;
    }

    /** Takes entries with their numbers. */
    interface Taker {
        void step(int entry, LabelledStep step);

        void written(int entry, WrittenMean mean);
    }

    /**
     * @param workers that share out the levels
     * @param changed told of a row's column part, and the row's number, when it was filled up later
     */
    RunVerdicts(
            EquilibrationSection section,
            Workers workers,
            Past past,
            ObjIntConsumer<ResultsRow.Column> changed) {
        this.section = section;
        this.workers = workers;
        this.past = past;
        this.changed = changed;
    }

    /** Fixes the levels. */
    void begin(Frame fixed) {
        frame = fixed;
        anew();
        early.forEach(mean -> column.written(mean, one -> {}));
        early.clear();
    }

    private void anew() {
        levels = new Verdicts(section, frame.radiativeTime(), Metrics.list(), workers);
        column = new ColumnVerdicts(section, frame.pressure(), frame.radiativeTime());
    }

    /** Takes a step that is that entry of the journal, and makes the results' row of it. */
    ResultsRow add(int entry, LabelledStep step) throws IOException {
        if (timeline.accept(STEPS, entry, step.key(), step.allGaps()) == Timeline.Effect.BACK) {
            recent.clear();
            again(entry);
        }
        levels.add(step);
        column.step(step);
        rows.putIfAbsent(step.key(), rows.size());
        return new ResultsRow(
                step.time(),
                step.probability(),
                step.nothing(),
                step.unlike(),
                step.gap(),
                step.metrics(),
                levels.codes(),
                levels.levelCodes(),
                recent.add(row(step), step.key(), column));
    }

    /** The row of a step's time. */
    int row(LabelledStep step) {
        return rows.get(step.key());
    }

    int rows() {
        return rows.size();
    }

    /**
     * Takes a mean that is that entry of the journal. One that there is already comes again after a
     * kill, when records are read again, or from a model that has gone back; the rows of the steps
     * stay, so that what follows from it gets to them.
     */
    void add(int entry, WrittenMean mean) throws IOException {
        Timeline.Effect effect = timeline.accept(mean.name(), entry, mean.key(), false);
        if (frame == null) {
            early.add(mean);
            return;
        }
        if (effect == Timeline.Effect.BACK) {
            again(entry);
        }
        column.written(mean, told());
    }

    private Consumer<ColumnVerdicts.Series> told() {
        return one -> recent.changed(one, changed);
    }

    private void again(int before) throws IOException {
        anew();
        past.read(
                before,
                new Taker() {
                    @Override
                    public void step(int entry, LabelledStep step) {
                        if (timeline.counts(STEPS, entry)) {
                            levels.add(step);
                            column.step(step);
                        }
                    }

                    @Override
                    public void written(int entry, WrittenMean mean) {
                        if (timeline.counts(mean.name(), entry)) {
                            column.written(mean, one -> {});
                        }
                    }
                });
    }

    /** Nothing more will come. */
    void finish() {
        if (column != null) {
            column.finish(told());
        }
    }

    /** Null before the levels are known. */
    Frame frame() {
        return frame;
    }

    /** Null before the levels are known. */
    Verdicts levels() {
        return levels;
    }

    /** Null before the levels are known. */
    ColumnVerdicts column() {
        return column;
    }

    /** Names and units of the column's metrics; no name where nothing has come. */
    List<Results.Quantity> columnMetrics() {
        return column.all().stream()
                .map(one -> new Results.Quantity(one.counts() ? one.metric.name() : "", one.unit()))
                .toList();
    }

    /** What is known of the steady parts of the column's metrics. */
    Results.Steady[] columnSteady() {
        return column.all().stream()
                .map(one -> levels.steady(one.test()))
                .toArray(Results.Steady[]::new);
    }
}
