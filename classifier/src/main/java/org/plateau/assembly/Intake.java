package org.plateau.assembly;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.plateau.message.RecordView;

/** Adds slabs to the fields of their record. One thread. */
final class Intake {
    private static final String UNREAD = "its unit is none of its quantity";

    private final Account account;
    private final AssemblyListener listener;
    private final GivingUp givingUp;
    private final Matching matching;
    private final HandOver handOver;
    private final UnitReader units;
    private final Map<Role, String> chosen = new HashMap<>();

    /**
     * @param handOver told of every record that has grown
     * @param units what fields are in; what has none that can be read does not come in
     */
    Intake(
            Account account,
            AssemblyListener listener,
            GivingUp givingUp,
            Matching matching,
            HandOver handOver,
            UnitReader units) {
        this.units = units;
        this.account = account;
        this.listener = listener;
        this.givingUp = givingUp;
        this.matching = matching;
        this.handOver = handOver;
    }

    /**
     * Adds the part of a data record that belongs to one record of its file.
     *
     * @param number of that record
     * @param skip elements of the payload that belong to records before it
     * @param settled whether the whole write has been taken before
     */
    void add(
            RecordView record,
            Variable variable,
            Dataset dataset,
            Write write,
            long number,
            int skip,
            boolean settled) {
        if (variable.kind() == Variable.Kind.SMALL) {
            small(record, variable, dataset, write, number, skip);
        } else if (!settled && variable.kind() == Variable.Kind.WRITTEN) {
            written(record, variable, dataset, write, number, skip);
        } else if (!settled) {
            input(record, variable, dataset, write, number, skip);
        }
    }

    private void small(
            RecordView record,
            Variable variable,
            Dataset dataset,
            Write write,
            long number,
            int skip) {
        RecordState state = dataset.state(number);
        PartialField old = state.small.get(variable.name());
        boolean anew =
                old != null
                        && old.complete()
                        && dataset.isClosed(old)
                        && state.fields.values().stream().anyMatch(PartialField::used);
        PartialField field = new PartialField(variable.descriptor(), variable.placement());
        if (anew) {
            field.add(record, variable.placement(), write, skip);
            if (!Arrays.equals(field.numbers(), old.numbers())) {
                state = dataset.again(number);
            }
        }
        PartialField into = state.small.computeIfAbsent(variable.name(), n -> field);
        into.add(record, variable.placement(), write, skip)
                .superseded()
                .forEach(w -> settle(w, Outcome.METADATA, ""));
        state.sources.add(record.source());
        handOver.ready(dataset, state);
    }

    private void input(
            RecordView record,
            Variable variable,
            Dataset dataset,
            Write write,
            long number,
            int skip) {
        Role role = variable.role().orElseThrow();
        if (units.of(role, variable.descriptor()).isEmpty()) {
            dataset.roles.putIfAbsent(role, variable.name());
            dataset.unread.add(variable.name());
            settle(write, Outcome.ORPHAN, UNREAD);
            return;
        }
        if (!chosen.computeIfAbsent(role, r -> variable.name()).equals(variable.name())) {
            settle(write, Outcome.ORPHAN, "not the variable taken as " + role.text());
            return;
        }
        dataset.roles.put(role, variable.name());
        RecordState state = dataset.state(number);
        PartialField old = state.fields.get(variable.name());
        if (old != null && (old.used() || finishedByOthers(dataset, old, record))) {
            state = dataset.again(number);
        }
        PartialField field = field(state, variable, role);
        boolean back = field.onDisk();
        PartialField.Added added = field.add(record, variable.placement(), write, skip);
        added.superseded().forEach(w -> settle(w, Outcome.SUPERSEDED, ""));
        dataset.share(field);
        if (added.conflicts() > 0) {
            listener.notice(
                    "overlap",
                    "%s, record %d: writers differ on %d elements; the later write counts"
                            .formatted(variable.name(), number, added.conflicts()));
        }
        state.sources.add(record.source());
        handOver.ready(dataset, state);
        if (back) {
            givingUp.keepWithinMemory(state, matching);
        }
    }

    private void written(
            RecordView record,
            Variable variable,
            Dataset dataset,
            Write write,
            long number,
            int skip) {
        if (handOver.written(variable.descriptor(), variable.metric()).isEmpty()) {
            settle(write, Outcome.ORPHAN, UNREAD);
            return;
        }
        RecordState state = dataset.state(number);
        WrittenField old = state.written.get(variable.name());
        if (old == null || old.data().used()) {
            PartialField data = new PartialField(variable.descriptor(), variable.placement());
            state.written.put(variable.name(), new WrittenField(variable.metric(), data));
            givingUp.keepWithinMemory(state, matching);
        }
        PartialField field = state.written.get(variable.name()).data();
        field.add(record, variable.placement(), write, skip)
                .superseded()
                .forEach(w -> settle(w, Outcome.SUPERSEDED, ""));
        state.sources.add(record.source());
        handOver.ready(dataset, state);
    }

    private static boolean finishedByOthers(Dataset dataset, PartialField old, RecordView record) {
        return old.complete()
                && dataset.isClosed(old)
                && old.contributions().stream()
                        .noneMatch(
                                c ->
                                        c.write().source() == record.source()
                                                && c.file() == record.file());
    }

    private PartialField field(RecordState state, Variable variable, Role role) {
        PartialField field = state.fields.get(variable.name());
        if (field == null) {
            field = new PartialField(variable.descriptor(), variable.placement());
            state.fields.put(variable.name(), field);
            state.roles.put(variable.name(), role);
            givingUp.keepWithinMemory(state, matching);
        }
        return field;
    }

    private void settle(Write write, Outcome outcome, String reason) {
        account.settle(write.source(), write.sequence(), outcome, reason);
    }
}
