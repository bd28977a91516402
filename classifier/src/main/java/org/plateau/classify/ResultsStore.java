package org.plateau.classify;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.plateau.assembly.Absence;
import org.plateau.assembly.Account;
import org.plateau.equilibration.EquilibrationSection;
import org.plateau.equilibration.Verdict;
import org.plateau.journal.Journal;
import org.plateau.metrics.Metrics;
import org.plateau.network.NetworkGrid;
import org.plateau.network.Workers;
import org.plateau.regimes.Regime;
import org.plateau.results.LevelFields;
import org.plateau.results.Results;
import org.plateau.results.ResultsLayout;
import org.plateau.results.ResultsRow;

/**
 * The journal and what is derived from it: rows by model time, verdicts, {@code results.nc}. What a
 * commit has appended to the journal has happened; everything else is made from it again at start.
 * One thread.
 */
final class ResultsStore implements AutoCloseable {
    private static final int OPENED = 1;
    private static final int COORDINATE = 2;
    private static final int FRAME = 3;
    private static final int STEP = 4;
    private static final int POSITION = 5;
    private static final int WRITTEN = 6;

    private final Path directory;
    private final RunVerdicts verdicts;
    private final BiConsumer<LabelledStep, RunVerdicts> before;
    private final Account account;
    private final Set<ByteBuffer> coordinates = new LinkedHashSet<>();
    private final List<ResultsRow> restored = new ArrayList<>();
    private final GapCount gaps = new GapCount();
    private final Journal journal;
    private Map<String, String> provenance = Map.of();
    private String inbox = "";
    private long position;
    private ResultsFile results;

    /**
     * @param sync whether the journal waits for the disk
     * @param workers that share out the levels of the verdicts
     * @param before told of every step that the journal has already, in order, with the verdicts
     *     after it
     */
    ResultsStore(
            Path directory,
            boolean sync,
            EquilibrationSection equilibration,
            Account account,
            Workers workers,
            BiConsumer<LabelledStep, RunVerdicts> before)
            throws IOException {
        this.directory = directory;
        this.before = before;
        verdicts = new RunVerdicts(equilibration, workers, this::past, this::put);
        this.account = account;
        Files.createDirectories(directory);
        journal = Journal.open(directory.resolve("journal"), sync, (kind, content) -> {});
        int[] entry = {0};
        journal.read(
                Integer.MAX_VALUE, (kind, content) -> restore(entry[0]++, kind, stream(content)));
    }

    private static DataInputStream stream(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    private void restore(int entry, int kind, DataInputStream in) throws IOException {
        switch (kind) {
            case OPENED -> inbox = in.readUTF();
            case COORDINATE -> coordinates.add(ByteBuffer.wrap(in.readAllBytes()));
            case FRAME -> verdicts.begin(Frame.restore(in));
            case STEP -> {
                position = in.readLong();
                account.restore(in);
                LabelledStep step = LabelledStep.restore(in);
                gaps.add(step.key(), step.gap());
                restore(verdicts.add(entry, step), verdicts.row(step));
                before.accept(step, verdicts);
            }
            case WRITTEN -> verdicts.add(entry, WrittenMean.restore(in));
            case POSITION -> {
                position = in.readLong();
                account.restore(in);
            }
            default -> throw new IOException("journal: an entry of kind " + kind + " is unknown");
        }
    }

    private void restore(ResultsRow row, int at) {
        if (at < restored.size()) {
            restored.set(at, row);
        } else {
            restored.add(row);
        }
    }

    private void past(int before, RunVerdicts.Taker taker) throws IOException {
        int[] entry = {0};
        journal.read(
                before,
                (kind, content) -> {
                    if (kind == STEP) {
                        DataInputStream in = stream(content);
                        in.readLong();
                        new Account().restore(in);
                        taker.step(entry[0], LabelledStep.restore(in));
                    } else if (kind == WRITTEN) {
                        taker.written(entry[0], WrittenMean.restore(stream(content)));
                    }
                    entry[0]++;
                });
    }

    private void put(ResultsRow.Column column, int row) {
        if (results != null) {
            results.put(row, column);
        }
    }

    /** Says what the results are made with, from which inbox, and repairs results.nc. */
    void open(String inboxIdentity, Map<String, String> madeWith) throws IOException {
        provenance = madeWith;
        if (!inbox.equals(inboxIdentity)) {
            position = 0;
            append(OPENED, out -> out.writeUTF(inboxIdentity));
            inbox = inboxIdentity;
        }
        if (frame() != null) {
            createResults();
        }
    }

    private void createResults() throws IOException {
        results = ResultsFile.create(directory, layout(), restored, verdicts);
        restored.clear();
    }

    /** What is fixed about the results; only after the first complete step. */
    ResultsLayout layout() {
        return new ResultsLayout(
                frame().timeUnits(),
                frame().calendar(),
                frame().pressure(),
                Arrays.stream(Regime.values()).map(Regime::text).toList(),
                Metrics.list().stream().map(m -> new Results.Quantity(m.name(), m.unit())).toList(),
                verdicts.column().all().size(),
                Verdict.NAMES,
                Arrays.stream(Absence.values()).map(Absence::meaning).toList(),
                NetworkGrid.GRID,
                provenance);
    }

    /** Fixes levels and time units with the first complete step. */
    void begin(Frame fixed) throws IOException {
        append(FRAME, fixed::save);
        verdicts.begin(fixed);
        createResults();
    }

    /** Keeps a coordinate for a restart, once. */
    void coordinate(ByteBuffer record) throws IOException {
        byte[] bytes = new byte[record.remaining()];
        record.duplicate().get(bytes);
        if (coordinates.add(ByteBuffer.wrap(bytes))) {
            journal.append(COORDINATE, ByteBuffer.wrap(bytes));
        }
    }

    /** Commits a step with the account and the position from which to read on after a crash. */
    void commit(LabelledStep step, List<LevelFields> maps, long resume) throws IOException {
        append(
                STEP,
                out -> {
                    out.writeLong(resume);
                    account.save(out);
                    step.save(out);
                });
        gaps.add(step.key(), step.gap());
        position = resume;
        ResultsRow row = verdicts.add(journal.entries() - 1, step);
        results.put(verdicts.row(step), row, maps);
    }

    /** Waits until the disk has what was committed, if the settings want that. */
    void sync() throws IOException {
        journal.sync();
    }

    /** Keeps a mean of what the model writes besides, and judges the column by it. */
    void commit(WrittenMean mean) throws IOException {
        append(WRITTEN, mean::save);
        verdicts.add(journal.entries() - 1, mean);
    }

    /** Commits the account and the position alone. */
    void commit(long resume) throws IOException {
        append(
                POSITION,
                out -> {
                    out.writeLong(resume);
                    account.save(out);
                });
        position = resume;
    }

    private interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private void append(int kind, Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        content.writeTo(out);
        out.flush();
        journal.append(kind, ByteBuffer.wrap(bytes.toByteArray()));
    }

    void flush() {
        if (results != null) {
            results.flush(verdicts);
        }
    }

    /** Nothing more will come. */
    void finish() {
        verdicts.finish();
    }

    RunVerdicts run() {
        return verdicts;
    }

    /** Levels and time units; null before the first complete step. */
    Frame frame() {
        return verdicts.frame();
    }

    /** Null before the first complete step. */
    Verdicts verdicts() {
        return verdicts.levels();
    }

    /** Null before the first complete step. */
    ColumnVerdicts column() {
        return verdicts.column();
    }

    /** Outputs at which a level has no label. */
    int gaps(int level) {
        return gaps.of(level);
    }

    int outputs() {
        return verdicts.rows();
    }

    long position() {
        return position;
    }

    List<ByteBuffer> coordinates() {
        return List.copyOf(coordinates);
    }

    @Override
    public void close() {
        if (results != null) {
            results.close();
        }
        try {
            journal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("journal: " + e.getMessage(), e);
        }
    }
}
