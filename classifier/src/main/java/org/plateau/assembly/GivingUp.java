package org.plateau.assembly;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.plateau.field.ModelTime;
import org.plateau.message.VariableDescriptor;

/**
 * When something is given up, and what becomes of it: by how far live writers have come, and by the
 * room that may be taken, in memory and then on disk. One thread.
 */
final class GivingUp {
    private final AssemblySettings settings;
    private final Account account;
    private final AssemblyListener listener;
    private final Collection<Dataset> datasets;
    private final Map<Long, Long> reached = new TreeMap<>();
    private final Set<Long> torn = new HashSet<>();
    private final Set<Long> ended = new HashSet<>();
    private final Spill disk;
    private final UnitReader units;
    private boolean saidDisk;
    private boolean saidFull;

    /**
     * @param datasets a view of all there are
     * @param disk where fields wait that memory has no room for
     * @param units what times are in
     */
    GivingUp(
            AssemblySettings settings,
            Account account,
            AssemblyListener listener,
            Collection<Dataset> datasets,
            Spill disk,
            UnitReader units) {
        this.disk = disk;
        this.units = units;
        this.settings = settings;
        this.account = account;
        this.listener = listener;
        this.datasets = datasets;
    }

    /** Notes that a writer died while it wrote. */
    void died(long source) {
        torn.add(source);
    }

    /** Notes that nothing more comes from a source. */
    void ended(long source) {
        reached.remove(source);
        ended.add(source);
    }

    void allEnded() {
        reached.clear();
    }

    /** Notes the time of a record for the sources that wrote to it. */
    void reach(RecordState state, ModelTime time) {
        state.timeKey = time.key();
        for (long source : state.sources) {
            if (!ended.contains(source)) {
                reached.merge(source, time.key(), Math::max);
            }
        }
    }

    /** Whether every live writer has gone past a time. */
    boolean gone(long time) {
        return reached.values().stream().allMatch(key -> key > time)
                && datasets.stream()
                        .flatMap(d -> d.states().stream())
                        .noneMatch(state -> !state.passed && state.timeKey == time);
    }

    /** Tells the matching why a field of a record that was passed is not there. */
    void missing(Matching matching, Dataset dataset, RecordState state, Role role, String name) {
        PartialField field = state.fields.get(name);
        if (field != null && field.complete()) {
            return;
        }
        Optional<PartialField> known =
                state.fields.values().stream().filter(PartialField::complete).findFirst();
        Optional<VariableDescriptor> like =
                Optional.ofNullable(field).or(() -> known).map(PartialField::variable);
        if (like.isPresent()) {
            String operation = RecordState.operation(like.get());
            Optional<ModelTime> time = state.time(like.get(), operation, units);
            time.ifPresent(t -> reach(state, t));
            time.ifPresent(t -> matching.absent(role, t, operation, why(dataset, state, name)));
        }
    }

    private Absence why(Dataset dataset, RecordState state, String name) {
        if (dataset.unread.contains(name)) {
            return Absence.UNIT;
        }
        if (dataset.dropped.contains(name) || dataset.dropped.contains("")) {
            return Absence.DROPPED;
        }
        if (state.sources.stream().anyMatch(torn::contains)) {
            return Absence.TORN;
        }
        return state.fields.containsKey(name) ? Absence.INCOMPLETE : Absence.NEVER_CAME;
    }

    /** Lets go of what is finished, and of the oldest of what was given up. */
    void retire(Dataset dataset) {
        List<RecordState> passed = dataset.states().stream().filter(s -> s.passed).toList();
        int surplus =
                (int) passed.stream().filter(s -> !s.done()).count() - settings.keepIncomplete();
        for (RecordState state : passed) {
            if (state.done()) {
                release(dataset, state, "");
            } else if (surplus-- > 0) {
                release(dataset, state, "");
            }
        }
    }

    void release(Dataset dataset, RecordState state, String because) {
        dataset.remove(state);
        state.small
                .values()
                .forEach(
                        f ->
                                f.contributions()
                                        .forEach(c -> settle(c.write(), Outcome.METADATA, "")));
        state.writtenData()
                .filter(field -> !field.used())
                .forEach(field -> orphan(field, field.complete() ? noTime(state) : "incomplete"));
        state.fields.forEach(
                (name, field) -> {
                    if (!field.used() && !state.handedOver.contains(name)) {
                        letGo(dataset, state, name, field, because);
                    }
                });
    }

    private static String noTime(RecordState state) {
        return state.timeUnread ? "its time has no unit of time" : "its time never came";
    }

    private void letGo(
            Dataset dataset, RecordState state, String name, PartialField field, String because) {
        String reason = because;
        if (reason.isEmpty()) {
            reason = field.complete() ? noTime(state) : why(dataset, state, name).text();
        }
        if (field.complete() && !state.timeUnread) {
            listener.notice(
                    "time",
                    name + ", record " + state.record + " of " + dataset.path + ": " + reason);
        }
        orphan(field, reason);
    }

    /** Gives every write of a field that outcome. */
    void orphan(PartialField field, String reason) {
        field.discard();
        field.contributions().forEach(c -> settle(c.write(), Outcome.ORPHAN, reason));
    }

    /**
     * Puts the oldest of what waits on disk until the rest takes no more memory than it may; lets
     * go of the oldest where the disk has no room either.
     */
    void keepWithinMemory(RecordState current, Matching matching) {
        while (memory(matching) > settings.memory()) {
            if (spillOldest(current, matching)) {
                if (!saidDisk) {
                    notice("from now on the oldest wait on disk (assembly.disk)");
                }
                saidDisk = true;
            } else if (matching.retireOldest() || dropOldest(current)) {
                if (!saidFull) {
                    notice("and assembly.disk has no room: the oldest are given up");
                }
                saidFull = true;
            } else {
                return;
            }
        }
    }

    /** Lets go of all that needs the record at that position of the inbox. */
    void letGoOf(long index, Matching matching) {
        listener.notice("memory", "more waits for its parts than the inbox has room for");
        for (Dataset dataset : datasets) {
            dataset.states().stream()
                    .filter(state -> state.firstIndex() == index)
                    .forEach(state -> release(dataset, state, "no room in the inbox"));
        }
        matching.letGoOf(index);
    }

    private void notice(String consequence) {
        listener.notice(
                "memory",
                "more fields wait for their parts than assembly.memory holds, " + consequence);
    }

    private boolean spillOldest(RecordState current, Matching matching) {
        Stream<PartialField> waiting =
                datasets.stream()
                        .flatMap(d -> d.states().stream())
                        .filter(state -> state != current)
                        .flatMap(RecordState::unfinished);
        return Stream.concat(waiting, matching.fields())
                .filter(field -> !field.onDisk())
                .min(Comparator.comparingLong(PartialField::firstIndex))
                .map(field -> field.spill(disk))
                .orElse(false);
    }

    private long memory(Matching matching) {
        long incomplete =
                datasets.stream()
                        .flatMap(d -> d.states().stream())
                        .flatMap(RecordState::unfinished)
                        .mapToLong(PartialField::memory)
                        .sum();
        return incomplete + matching.fields().mapToLong(PartialField::memory).sum();
    }

    private boolean dropOldest(RecordState current) {
        for (Dataset dataset : datasets) {
            for (RecordState state : dataset.states()) {
                if (state != current && !state.fields.isEmpty()) {
                    release(dataset, state, "no room in memory and on disk");
                    return true;
                }
            }
        }
        return false;
    }

    private void settle(Write write, Outcome outcome, String reason) {
        account.settle(write.source(), write.sequence(), outcome, reason);
    }
}
