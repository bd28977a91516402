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
    private final UsedRoom used = new UsedRoom();

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
     * The part of a data record that belongs to one record of its file.
     *
     * @param number of that record
     * @param skip elements of the payload that belong to records before it
     */
    record Part(
            RecordView record,
            Variable variable,
            Dataset dataset,
            Write write,
            long number,
            int skip) {
        private RecordState state() {
            return dataset.state(number);
        }

        private String name() {
            return variable.name();
        }

        private PartialField empty(UsedRoom room) {
            return new PartialField(variable.descriptor(), variable.placement(), room);
        }

        private PartialField.Added addTo(PartialField field) {
            return field.add(record, variable.placement(), write, skip);
        }
    }

    /**
     * Adds a part.
     *
     * @param settled whether the whole write has been taken before
     */
    void add(Part part, boolean settled) {
        Variable.Kind kind = part.variable.kind();
        if (kind == Variable.Kind.SMALL) {
            small(part);
        } else if (!settled && kind == Variable.Kind.WRITTEN) {
            written(part);
        } else if (!settled) {
            input(part);
        }
    }

    private void small(Part part) {
        RecordState state = part.state();
        PartialField old = state.small.get(part.name());
        boolean anew =
                old != null
                        && old.complete()
                        && part.dataset.isClosed(old)
                        && state.fields.values().stream().anyMatch(PartialField::used);
        PartialField field = part.empty(used);
        if (anew) {
            part.addTo(field);
            if (!Arrays.equals(field.numbers(), old.numbers())) {
                state = part.dataset.again(part.number);
            }
        }
        PartialField into = state.small.computeIfAbsent(part.name(), n -> field);
        part.addTo(into).superseded().forEach(w -> settle(w, Outcome.METADATA, ""));
        grown(part, state);
    }

    private void input(Part part) {
        Variable variable = part.variable;
        Dataset dataset = part.dataset;
        Role role = variable.role().orElseThrow();
        if (units.of(role, variable.descriptor()).isEmpty()) {
            dataset.roles.putIfAbsent(role, variable.name());
            dataset.unread.add(variable.name());
            settle(part.write, Outcome.ORPHAN, UNREAD);
            return;
        }
        if (!chosen.computeIfAbsent(role, r -> variable.name()).equals(variable.name())) {
            settle(part.write, Outcome.ORPHAN, "not the variable taken as " + role.text());
            return;
        }
        dataset.roles.put(role, variable.name());
        RecordState state = part.state();
        PartialField old = state.fields.get(variable.name());
        if (old != null && (old.used() || finishedByOthers(dataset, old, part.record))) {
            state = dataset.again(part.number);
        }
        PartialField field = field(state, part, role);
        boolean back = field.onDisk();
        PartialField.Added added = part.addTo(field);
        added.superseded().forEach(w -> settle(w, Outcome.SUPERSEDED, ""));
        dataset.share(field, part.record.source());
        if (added.conflicts() > 0) {
            listener.notice(
                    "overlap",
                    "%s, record %d: writers differ on %d elements; the later write counts"
                            .formatted(variable.name(), part.number, added.conflicts()));
        }
        grown(part, state);
        if (back) {
            givingUp.keepWithinMemory(state, matching);
        }
    }

    private void written(Part part) {
        Variable variable = part.variable;
        if (handOver.written(variable.descriptor(), variable.metric()).isEmpty()) {
            settle(part.write, Outcome.ORPHAN, UNREAD);
            return;
        }
        RecordState state = part.state();
        WrittenField old = state.written.get(variable.name());
        if (old == null || old.data().used()) {
            WrittenField empty = new WrittenField(variable.metric(), part.empty(used));
            state.written.put(variable.name(), empty);
            givingUp.keepWithinMemory(state, matching);
        }
        part.addTo(state.written.get(variable.name()).data())
                .superseded()
                .forEach(w -> settle(w, Outcome.SUPERSEDED, ""));
        grown(part, state);
    }

    private void grown(Part part, RecordState state) {
        state.sources.add(part.record.source());
        handOver.ready(part.dataset, state);
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

    private PartialField field(RecordState state, Part part, Role role) {
        PartialField field = state.fields.get(part.name());
        if (field == null) {
            field = part.empty(used);
            state.fields.put(part.name(), field);
            state.roles.put(part.name(), role);
            givingUp.keepWithinMemory(state, matching);
        }
        return field;
    }

    private void settle(Write write, Outcome outcome, String reason) {
        account.settle(write.source(), write.sequence(), outcome, reason);
    }
}
