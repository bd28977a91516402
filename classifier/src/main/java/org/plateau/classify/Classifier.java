package org.plateau.classify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.plateau.assembly.Account;
import org.plateau.assembly.Assembler;
import org.plateau.assembly.Outcome;
import org.plateau.assembly.Spill;
import org.plateau.assembly.Step;
import org.plateau.message.RecordView;
import org.plateau.network.Devices;
import org.plateau.network.NetworkGrid;
import org.plateau.network.Workers;
import org.plateau.results.EventLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline from records to results. {@link #step} does a little of everything that can be done
 * now and returns how much it did; {@link #finish} deals with what is left once no record will
 * come. One thread calls it.
 */
public final class Classifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Classifier.class);
    private static final int RECORDS_AT_ONCE = 64;
    private static final int COMMIT_AFTER = 4096;

    /**
     * While behind, the journal is put on the disk and results.nc brought up to date this often,
     * ns.
     */
    private static final long FLUSH_AFTER = 1_000_000_000L;

    private final ClassifierSettings settings;
    private final Inbox inbox;
    private final Account account = new Account();
    private final ResultsStore store;
    private final Syncing syncing;
    private final Assembler assembler;
    private final Workers workers;
    private final Labelling labelling;
    private final MapKeeper keeper;
    private final EventLog events;
    private final StatusReport status;
    private final Assembled assembled;
    private final RecordView view = new RecordView();
    private final Preparation preparation;
    private final Judgement judgement;
    private final Announcements announcements;
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
        workers = new Workers(settings.network().threads(), "maps");
        store =
                new ResultsStore(
                        settings.directory(),
                        settings.classify().sync(),
                        settings.equilibration(),
                        account,
                        workers,
                        judgement::before);
        syncing = new Syncing(store, inbox);
        MapMaker maps = new MapMaker(NetworkGrid.GRID, settings, workers);
        assembled = new Assembled(store, account, events);
        assembler =
                new Assembler(
                        settings.assembly(),
                        settings.inputs(),
                        account,
                        assembled,
                        maps.layouts()::alsoNeeds,
                        Spill.in(
                                settings.directory().resolve("spill"),
                                settings.assembly().disk(),
                                settings.queue().keepFree()));
        labelling =
                new Labelling(
                        devices, settings.planet().scales(), settings.classify().batch(), workers);
        keeper = new MapKeeper(settings.directory(), settings.classify().maps(), live);
        announcements = new Announcements(events);
        status = new StatusReport(settings, devices, judgement, clock);
        preparation = new Preparation(maps, store, dump(settings), assembled);
        begin(devices);
    }

    private static FieldDump dump(ClassifierSettings settings) throws IOException {
        String folder = settings.classify().dumpFields();
        return folder.isEmpty() ? null : new FieldDump(Path.of(folder));
    }

    private void begin(Devices devices) throws IOException {
        store.open(inbox.identity(), settings.provenance(devices.provenance()));
        assembled.restoring(true);
        store.coordinates().forEach(bytes -> assembler.restore(view.on(bytes.duplicate())));
        assembled.restoring(false);
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
        done += label(done == 0 ? 20 : 0, done == 0);
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
            assembled.notice("malformed", "record " + index + " of the inbox: " + e.getMessage());
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
        for (Step step = assembled.next(); step != null; step = assembled.next()) {
            labelling.add(preparation.prepared(step));
        }
    }

    /**
     * Commits what has been labelled.
     *
     * @param millis how long to wait for it
     * @param caughtUp whether nothing was there to be read, so that readers want to see it now
     */
    private int label(long millis, boolean caughtUp) {
        List<LabelledMaps> done = labelling.poll(millis);
        for (int i = 0; i < done.size(); i++) {
            commit(done.get(i), done.subList(i + 1, done.size()));
        }
        unseen |= !done.isEmpty();
        boolean idle = caughtUp && labelling.idle();
        syncing.look();
        if (unseen && (idle || System.nanoTime() - flushed > FLUSH_AFTER)) {
            if (idle) {
                syncing.now();
            } else {
                syncing.start();
            }
            store.flush();
            flushed = System.nanoTime();
            unseen = false;
        }
        return done.size();
    }

    private void commit(LabelledMaps done, List<LabelledMaps> after) {
        Step step = done.step().step();
        if (store.frame() == null) {
            announcements.gap(step);
            return;
        }
        LabelledStep labelled = done.labelled(store.frame());
        step.writes().forEach(w -> account.settle(w.source(), w.sequence(), Outcome.USED, ""));
        try {
            store.commit(labelled, done.fields(labelled.time()), resume(after));
        } catch (IOException e) {
            throw new UncheckedIOException("journal: " + e.getMessage(), e);
        }
        sinceCommit = 0;
        keeper.put(store.layout(), store.outputs() - 1, labelled.time(), done.step().maps());
        status.latest(step.time(), labelled, Instant.ofEpochSecond(0, step.written()));
        announcements.committed(step, labelled, store);
        judgement.consider(step, labelled, store.run());
    }

    /** From where records have to be read again if the process dies now. */
    private long resume(List<LabelledMaps> after) {
        long needed = next;
        OptionalLong oldest = assembler.oldestNeeded();
        needed = oldest.isPresent() ? Math.min(needed, oldest.getAsLong()) : needed;
        for (LabelledMaps maps : after) {
            needed = Math.min(needed, maps.step().step().firstIndex());
        }
        for (PreparedStep step : labelling.unfinished()) {
            needed = Math.min(needed, step.step().firstIndex());
        }
        return Math.min(needed, assembled.firstIndex());
    }

    private void commitPosition() {
        try {
            store.commit(resume(List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException("journal: " + e.getMessage(), e);
        }
        sinceCommit = 0;
        syncing.now();
    }

    /**
     * No record will come any more: everything gets its outcome, and the files their last state.
     */
    public void finish() {
        assembler.finish();
        prepare();
        while (!labelling.idle()) {
            label(1000, true);
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
                assembled.notice("dropped", lost + " captured writes never left their rings");
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
    public void close() {
        labelling.close();
        keeper.close();
        workers.close();
        syncing.close();
        store.close();
        inbox.close();
    }
}
