package org.plateau.classify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.plateau.assembly.Absence;
import org.plateau.assembly.Account;
import org.plateau.assembly.Assembler;
import org.plateau.assembly.AssemblyListener;
import org.plateau.assembly.Field;
import org.plateau.assembly.Outcome;
import org.plateau.assembly.Spill;
import org.plateau.assembly.Step;
import org.plateau.assembly.Write;
import org.plateau.field.LevelMap;
import org.plateau.message.Attribute;
import org.plateau.message.RecordView;
import org.plateau.metrics.Metrics;
import org.plateau.network.Classification;
import org.plateau.network.Devices;
import org.plateau.network.NetworkGrid;
import org.plateau.network.Workers;
import org.plateau.regimes.Regime;
import org.plateau.results.EventLog;
import org.plateau.results.LevelFields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline from records to results. {@link #step} does a little of everything that can be done
 * now and returns how much it did; {@link #finish} deals with what is left once no record will
 * come. One thread calls it.
 */
public final class Classifier implements AutoCloseable, AssemblyListener {
    private static final Logger LOG = LoggerFactory.getLogger(Classifier.class);
    private static final int RECORDS_AT_ONCE = 64;
    private static final int COMMIT_AFTER = 4096;

    /** While behind, results.nc is brought up to date this often, ns. */
    private static final long FLUSH_AFTER = 1_000_000_000L;

    private final ClassifierSettings settings;
    private final Inbox inbox;
    private final Account account = new Account();
    private final ResultsStore store;
    private final Assembler assembler;
    private final Workers workers;
    private final MapMaker maps;
    private final SphereMean means;
    private final Labelling labelling;
    private final MapKeeper keeper;
    private final EventLog events;
    private final StatusReport status;
    private final Deque<Step> assembled = new ArrayDeque<>();
    private final RecordView view = new RecordView();
    private final FieldDump dump;
    private final Judgement judgement;
    private final Announcements announcements;
    private boolean restoring;
    private long next;
    private int sinceCommit;
    private boolean unseen;
    private long flushed;

    /**
     * @param devices closed with this
     * @param inbox read from where the journal says; closed with this
     * @param live whether there is a model that could be stopped
     * @throws IOException if the run directory cannot be written
     */
    public Classifier(
            ClassifierSettings settings, Inbox inbox, Devices devices, boolean live, Clock clock)
            throws IOException {
        this.settings = settings;
        this.inbox = inbox;
        Files.createDirectories(settings.directory());
        events = new EventLog(settings.directory().resolve("events.jsonl"), clock);
        judgement = new Judgement(settings, live, events, clock);
        store =
                new ResultsStore(
                        settings.directory(),
                        settings.classify().sync(),
                        settings.equilibration(),
                        account,
                        judgement::before);
        workers = new Workers(settings.network().threads(), "maps");
        maps = new MapMaker(NetworkGrid.GRID, settings, workers);
        assembler =
                new Assembler(
                        settings.assembly(),
                        settings.inputs(),
                        account,
                        this,
                        maps.layouts()::alsoNeeds,
                        Spill.in(
                                settings.directory().resolve("spill"),
                                settings.assembly().disk(),
                                settings.queue().keepFree()));
        means = new SphereMean(NetworkGrid.GRID);
        labelling =
                new Labelling(
                        devices, settings.planet().scales(), settings.classify().batch(), workers);
        keeper = new MapKeeper(settings.directory(), settings.classify().maps(), live);
        announcements = new Announcements(events);
        status = new StatusReport(settings, devices, judgement, clock);
        dump =
                settings.classify().dumpFields().isEmpty()
                        ? null
                        : new FieldDump(java.nio.file.Path.of(settings.classify().dumpFields()));
        begin(devices);
    }

    private void begin(Devices devices) throws IOException {
        store.open(inbox.identity(), settings.provenance(devices.provenance()));
        restoring = true;
        store.coordinates().forEach(bytes -> assembler.restore(view.on(bytes.duplicate())));
        restoring = false;
        next = store.position();
        inbox.moveTo(next);
        events.append("engine", Map.of("description", devices.description()));
        LOG.info("{}", devices.description());
    }

    /** Does what can be done now; returns 0 if there is nothing to do until more records come. */
    public int step() {
        int done = 0;
        while (done < RECORDS_AT_ONCE && !labelling.full()) {
            ByteBuffer record = inbox.poll();
            if (record == null) {
                break;
            }
            accept(record);
            done++;
        }
        done += label(done == 0 ? 20 : 0);
        if (sinceCommit >= COMMIT_AFTER && labelling.idle()) {
            commitPosition();
        }
        if (done == 0) {
            judgement.again();
            makeRoom();
        }
        status.write(store, account, false);
        return labelling.idle() ? done : done + 1;
    }

    /**
     * Everything has been read, and yet the inbox is half full: nothing would come any more once it
     * is full. So what was read is committed, and then the oldest that still waits is let go.
     */
    private void makeRoom() {
        if (labelling.idle() && inbox.crowded()) {
            if (sinceCommit > 0 || assembler.giveUpOldest()) {
                prepare();
                commitPosition();
            }
        }
    }

    private void accept(ByteBuffer record) {
        long index = inbox.index();
        try {
            view.on(record);
        } catch (org.plateau.message.RecordException e) {
            notice("malformed", "record " + index + " of the inbox: " + e.getMessage());
            next = index + 1;
            return;
        }
        status.seen(view);
        assembler.accept(view, index);
        next = index + 1;
        sinceCommit++;
        prepare();
    }

    private void prepare() {
        for (Step step = assembled.poll(); step != null; step = assembled.poll()) {
            if (dump != null) {
                dump.write(step);
            }
            labelling.add(prepared(step));
        }
    }

    private PreparedStep prepared(Step step) {
        if (!step.complete()) {
            return gap(step, step.absence());
        }
        try {
            if (!maps.layouts().together(step)) {
                return gap(step, Absence.GRIDS_DIFFER);
            }
            frame(step);
            if (!maps.hasLevels(step, store.frame().pressure())) {
                return gap(step, Absence.GRIDS_DIFFER);
            }
            Absence[] gaps = new Absence[store.frame().levels()];
            List<LevelMap> made = maps.maps(step, store.frame().pressure(), gaps);
            step.release();
            return new PreparedStep(step, made, gaps);
        } catch (SourceLayout.LayoutException | IllegalArgumentException e) {
            notice("coordinates", e.getMessage());
            return gap(step, Absence.GRIDS_DIFFER);
        }
    }

    private PreparedStep gap(Step step, Absence why) {
        int levels = store.frame() == null ? 0 : store.frame().levels();
        Absence[] gaps = new Absence[levels];
        Arrays.fill(gaps, why);
        return new PreparedStep(step, Arrays.asList(new LevelMap[levels]), gaps);
    }

    private void frame(Step step) {
        if (store.frame() != null) {
            return;
        }
        try {
            store.begin(
                    new Frame(
                            step.time().units().text(),
                            step.time().units().calendar().name(),
                            maps.pressures(step),
                            maps.radiativeTimes(step)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LOG.info("{} levels", store.frame().levels());
    }

    private int label(long millis) {
        List<Labelling.Maps> done = labelling.poll(millis);
        for (int i = 0; i < done.size(); i++) {
            commit(done.get(i), done.subList(i + 1, done.size()));
        }
        if (!done.isEmpty()) {
            synced();
            unseen = true;
        }
        if (unseen && (labelling.idle() || System.nanoTime() - flushed > FLUSH_AFTER)) {
            store.flush();
            flushed = System.nanoTime();
            unseen = false;
        }
        return done.size();
    }

    /** What is committed is on the disk; what it was made of may go. */
    private void synced() {
        try {
            store.sync();
        } catch (IOException e) {
            throw new UncheckedIOException("journal: " + e.getMessage(), e);
        }
        inbox.released(store.position() - 1);
    }

    private void commit(Labelling.Maps done, List<Labelling.Maps> after) {
        Step step = done.step().step();
        if (store.frame() == null) {
            announcements.gap(step);
            return;
        }
        double time =
                store.frame().timeUnits().equals(step.time().units().text())
                        ? step.time().value()
                        : org.plateau.field.TimeUnits.of(
                                        store.frame().timeUnits(), step.time().units().calendar())
                                .value(step.time().seconds());
        LabelledStep labelled =
                LabelledStep.empty(
                        time,
                        step.time().seconds() / 86400,
                        step.time().key(),
                        store.frame().levels(),
                        Regime.values().length,
                        Metrics.list().size());
        if (done.step().maps().isEmpty()) {
            // given up before the first map, when nobody knew how many levels there are
            Absence why = step.complete() ? Absence.GRIDS_DIFFER : step.absence();
            Arrays.fill(labelled.gap(), (byte) why.ordinal());
        }
        List<LevelFields> fields = fill(labelled, done);
        step.writes().forEach(w -> account.settle(w.source(), w.sequence(), Outcome.USED, ""));
        try {
            store.commit(labelled, fields, resume(after));
        } catch (IOException e) {
            throw new UncheckedIOException("journal: " + e.getMessage(), e);
        }
        sinceCommit = 0;
        keeper.put(store.layout(), store.outputs() - 1, labelled.time(), done.step().maps());
        status.latest(step.time(), labelled, Instant.ofEpochSecond(0, step.written()));
        announcements.committed(step, labelled, store);
        judgement.consider(step, labelled, store.run());
    }

    private List<LevelFields> fill(LabelledStep labelled, Labelling.Maps done) {
        List<LevelFields> fields = new ArrayList<>();
        int label = 0;
        for (int level = 0; level < done.step().maps().size(); level++) {
            LevelMap map = done.step().maps().get(level);
            labelled.gap()[level] = (byte) done.step().gaps()[level].ordinal();
            if (map == null) {
                continue;
            }
            double[] values = done.metrics().get(label);
            Classification c = done.labels().get(label++);
            int regimes = c.probabilities().length;
            System.arraycopy(
                    c.probabilities(), 0, labelled.probability(), level * regimes, regimes);
            labelled.nothing()[level] = c.nothing();
            labelled.unlike()[level] = c.unlike();
            System.arraycopy(values, 0, labelled.metrics(), level * values.length, values.length);
            fields.add(
                    new LevelFields(level, labelled.time(), map.temperature(), map.u(), map.v()));
        }
        return fields;
    }

    /** From where records have to be read again if the process dies now. */
    private long resume(List<Labelling.Maps> after) {
        long needed = next;
        OptionalLong oldest = assembler.oldestNeeded();
        needed = oldest.isPresent() ? Math.min(needed, oldest.getAsLong()) : needed;
        for (Labelling.Maps maps : after) {
            needed = Math.min(needed, maps.step().step().firstIndex());
        }
        for (PreparedStep step : labelling.unfinished()) {
            needed = Math.min(needed, step.step().firstIndex());
        }
        for (Step step : assembled) {
            needed = Math.min(needed, step.firstIndex());
        }
        return needed;
    }

    private void commitPosition() {
        try {
            store.commit(resume(List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException("journal: " + e.getMessage(), e);
        }
        sinceCommit = 0;
        synced();
    }

    /**
     * No record will come any more: everything gets its outcome, and the files their last state.
     */
    public void finish() {
        assembler.finish();
        prepare();
        while (!labelling.idle()) {
            label(1000);
        }
        loseTheRest();
        store.finish();
        commitPosition();
        store.flush();
        judgement.finish();
        events.append("account", status.account(account));
        status.write(store, account, true);
    }

    private void loseTheRest() {
        try {
            long lost = LeftInRings.settle(settings.directory(), account);
            if (lost > 0) {
                notice("dropped", lost + " captured writes never left their rings");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("end.json: " + e.getMessage(), e);
        }
    }

    /** What became of every captured write so far. */
    public Account account() {
        return account;
    }

    /** Output times in the results. */
    public int outputs() {
        return store.outputs();
    }

    @Override
    public void step(Step step) {
        assembled.add(step);
    }

    @Override
    public void written(String metric, Field field, List<Write> writes) {
        Outcome outcome = Outcome.USED;
        String reason = "";
        try {
            store.commit(
                    new WrittenMean(
                            metric,
                            field.variable().attribute("units").map(Attribute::text).orElse("1"),
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

    @Override
    public void close() {
        labelling.close();
        keeper.close();
        workers.close();
        store.close();
        inbox.close();
    }
}
