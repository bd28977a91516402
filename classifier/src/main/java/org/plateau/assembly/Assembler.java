package org.plateau.assembly;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.plateau.message.DescriptorCache;
import org.plateau.message.RecordException;
import org.plateau.message.RecordView;

/**
 * Makes steps of records. Records come in the order of the inbox; each source's own order is kept
 * there, that between sources is not to be relied on. The same records give the same steps whenever
 * they come. One thread.
 */
public final class Assembler {
    /**
     * Files that are closed and finished whose coordinates are kept, should they be appended to.
     */
    private static final int CLOSED_FILES = 256;

    private final InputNames names;
    private final Account account;
    private final AssemblyListener listener;
    private final DescriptorCache descriptors = new DescriptorCache(4096);
    private final Map<String, Dataset> datasets = new LinkedHashMap<>();
    private final Map<Long, SequenceSet> taken = new HashMap<>();
    private final GivingUp givingUp;
    private final Matching matching;
    private final HandOver handOver;
    private final Intake intake;

    /** For vertical axes that need nothing but themselves. */
    public Assembler(
            AssemblySettings settings,
            InputNames names,
            Account account,
            AssemblyListener listener) {
        this(settings, names, account, listener, field -> Set.of(), Spill.NONE);
    }

    /**
     * @param alsoNeeds which roles besides those of the map the vertical axis of a temperature
     *     field needs
     * @param disk where fields wait that {@code assembly.memory} has no room for
     */
    public Assembler(
            AssemblySettings settings,
            InputNames names,
            Account account,
            AssemblyListener listener,
            Function<Field, Set<Role>> alsoNeeds,
            Spill disk) {
        this.names = names;
        this.account = account;
        this.listener = listener;
        UnitReader units =
                new UnitReader(names.meaning().units(), text -> listener.notice("units", text));
        this.givingUp = new GivingUp(settings, account, listener, datasets.values(), disk, units);
        this.matching =
                new Matching(
                        names.operation(),
                        settings.keepIncomplete(),
                        alsoNeeds,
                        listener::step,
                        writes -> writes.forEach(w -> settle(w, Outcome.SUPERSEDED, "")),
                        givingUp::orphan);
        this.handOver = new HandOver(names, listener, givingUp, matching, units);
        this.intake = new Intake(account, listener, givingUp, matching, handOver, units);
    }

    /**
     * Takes the next record.
     *
     * @param index its position in the inbox
     */
    public void accept(RecordView record, long index) {
        try {
            account.written(record.source(), record.sequence());
            switch (record.kind()) {
                case DATA -> data(record, index);
                case GAP -> gap(record);
                case TORN -> torn(record);
                case FILE_CLOSE -> close(record);
                case WRITER_END -> end(record.source());
            }
        } catch (RecordException | IllegalArgumentException | ArithmeticException e) {
            orphan(record, "unreadable: " + e.getMessage());
        }
    }

    private void orphan(RecordView record, String reason) {
        listener.notice("malformed", record + ": " + reason);
        if (record.accounted() > 0) {
            account.settle(
                    record.source(),
                    record.sequence(),
                    Outcome.ORPHAN,
                    reason.substring(0, Math.min(80, reason.length())),
                    record.accounted());
        }
    }

    private void data(RecordView record, long index) {
        Variable variable = Variable.of(descriptors.of(record), names);
        Dataset dataset = datasets.computeIfAbsent(variable.dataset(), Dataset::new);
        variable = dataset.coordinates.surfacePressure(variable);
        Write write = new Write(record.source(), record.sequence(), index, record.written());
        switch (variable.kind()) {
            case COORDINATE -> coordinate(record, variable, dataset, write);
            case OTHER -> {
                settle(write, Outcome.ORPHAN, "not an input");
                progress(record, variable, dataset);
            }
            case INPUT, SMALL, WRITTEN -> records(record, variable, dataset, write);
        }
    }

    private void coordinate(RecordView record, Variable variable, Dataset dataset, Write write) {
        dataset.coordinates.field(variable).add(record, variable.placement(), write, 0);
        listener.coordinate(record);
        if (record.lastPiece()) {
            settle(write, Outcome.METADATA, "");
        }
    }

    private void records(RecordView record, Variable variable, Dataset dataset, Write write) {
        boolean settled =
                account.settled(record.source(), record.sequence()) || repeated(record, variable);
        int elements = Math.toIntExact(record.elements() / Math.max(1, record.count(0)));
        for (int k = 0; k < record.count(0); k++) {
            long number = record.start(0) + k * Math.max(1, record.stride(0));
            intake.add(
                    new Intake.Part(record, variable, dataset, write, number, k * elements),
                    settled);
        }
        progress(record, variable, dataset);
        matching.settle(givingUp::gone);
        givingUp.retire(dataset);
    }

    /** Whether this process has taken the whole write before. */
    private boolean repeated(RecordView record, Variable variable) {
        return variable.kind() != Variable.Kind.SMALL
                && record.piece() == 0
                && record.lastPiece()
                && !taken.computeIfAbsent(record.source(), s -> new SequenceSet())
                        .add(record.sequence());
    }

    private void progress(RecordView record, Variable variable, Dataset dataset) {
        if (variable.placement().recordDimension() == 0 && record.count(0) > 0) {
            dataset.reached(
                    new Dataset.WriterId(record.source(), record.file()),
                    record.start(0) + record.count(0) - 1);
            pass(dataset);
        }
    }

    private void pass(Dataset dataset) {
        for (RecordState state : dataset.newlyPassed()) {
            handOver.ready(dataset, state);
            dataset.roles.forEach(
                    (role, name) -> givingUp.missing(matching, dataset, state, role, name));
        }
    }

    private void settle(Write write, Outcome outcome, String reason) {
        account.settle(write.source(), write.sequence(), outcome, reason);
    }

    private void gap(RecordView record) {
        Variable variable =
                record.hasDescriptor() ? Variable.of(descriptors.of(record), names) : null;
        String reason = record.reason().text();
        account.settle(
                record.source(),
                record.sequence(),
                Outcome.DROPPED,
                variable == null ? reason : reason + ": " + variable.name(),
                record.missing());
        if (variable != null) {
            Dataset dataset = datasets.computeIfAbsent(variable.dataset(), Dataset::new);
            dataset.dropped.add(variable.name());
            variable.role().ifPresent(role -> dataset.roles.put(role, variable.name()));
        } else {
            datasets.values().forEach(d -> d.dropped.add(""));
        }
    }

    private void torn(RecordView record) {
        givingUp.died(record.source());
        account.settle(
                record.source(),
                record.sequence(),
                Outcome.TORN,
                "writer died while writing",
                record.missing());
    }

    private void close(RecordView record) {
        if (record.hasDescriptor()) {
            Dataset dataset = datasets.get(Variable.dataset(descriptors.of(record)));
            if (dataset != null) {
                dataset.close(new Dataset.WriterId(record.source(), record.file()));
                pass(dataset);
                passOldest();
                matching.settle(givingUp::gone);
                givingUp.retire(dataset);
                forgetOldFiles();
            }
        }
    }

    /** A model that writes a file per output time writes thousands, with coordinates in each. */
    private void forgetOldFiles() {
        List<String> finished =
                datasets.entrySet().stream()
                        .filter(file -> file.getValue().finished())
                        .map(Map.Entry::getKey)
                        .toList();
        int surplus = finished.size() - CLOSED_FILES;
        datasets.keySet().removeAll(finished.subList(0, Math.max(0, surplus)));
    }

    /** Of many files that are closed and not whole the oldest wait no longer. */
    private void passOldest() {
        List<Dataset> waiting =
                datasets.values().stream().filter(Dataset::awaitsOnlyOthers).toList();
        int surplus = waiting.size() - Dataset.UNHEARD_OF;
        for (Dataset dataset : waiting.subList(0, Math.max(0, surplus))) {
            dataset.awaitNobodyElse();
            pass(dataset);
            givingUp.retire(dataset);
        }
    }

    private void end(long source) {
        datasets.values().forEach(d -> d.closeAll(source));
        datasets.values().forEach(this::pass);
        givingUp.ended(source);
        matching.settle(givingUp::gone);
        datasets.values().forEach(givingUp::retire);
    }

    /** Nothing more will come: everything that is still waiting gets its outcome. */
    public void finish() {
        datasets.values().forEach(Dataset::closeAll);
        datasets.values().forEach(Dataset::awaitNobodyElse);
        datasets.values().forEach(this::pass);
        givingUp.allEnded();
        matching.settle(givingUp::gone);
        while (matching.retireOldest()) {
            // one by one
        }
        for (Dataset dataset : datasets.values()) {
            List.copyOf(dataset.states()).forEach(state -> givingUp.release(dataset, state, ""));
        }
    }

    /** Takes a coordinate that an earlier process has kept. */
    public void restore(RecordView record) {
        data(record, Long.MAX_VALUE);
    }

    /**
     * Lets go of what needs the oldest record, so that the inbox can shrink; some of it may take
     * several calls.
     *
     * @return false if nothing is needed any more
     */
    public boolean giveUpOldest() {
        OptionalLong oldest = oldestNeeded();
        oldest.ifPresent(index -> givingUp.letGoOf(index, matching));
        return oldest.isPresent();
    }

    /** Position in the inbox of the oldest record that is still needed, if any is. */
    public OptionalLong oldestNeeded() {
        return LongStream.concat(
                        LongStream.of(matching.firstIndex()),
                        datasets.values().stream()
                                .flatMap(d -> d.states().stream())
                                .mapToLong(RecordState::firstIndex))
                .filter(index -> index < Long.MAX_VALUE)
                .min();
    }
}
