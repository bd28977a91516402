package org.plateau.assembly;

import java.util.Optional;
import java.util.OptionalDouble;
import org.plateau.field.ModelTime;
import org.plateau.message.VariableDescriptor;

/** Hands on the fields of a record that are complete and whose time is known. One thread. */
final class HandOver {
    private final InputNames names;
    private final AssemblyListener listener;
    private final GivingUp givingUp;
    private final Matching matching;
    private final UnitReader units;

    /**
     * @param units what times are in, and how fields become SI's
     */
    HandOver(
            InputNames names,
            AssemblyListener listener,
            GivingUp givingUp,
            Matching matching,
            UnitReader units) {
        this.units = units;
        this.names = names;
        this.listener = listener;
        this.givingUp = givingUp;
        this.matching = matching;
    }

    /** Hands on what has become ready by now: maps' fields to be matched, others to be measured. */
    void ready(Dataset dataset, RecordState state) {
        state.written.values().forEach(written -> written(dataset, state, written));
        state.fields.forEach(
                (name, field) -> {
                    if (!field.complete() || state.handedOver.contains(name)) {
                        return;
                    }
                    VariableDescriptor variable = field.variable();
                    String operation = RecordState.operation(variable);
                    Optional<ModelTime> time = state.time(variable, operation, units);
                    String substellar = names.meaning().substellarLongitude();
                    if (time.isPresent() && (state.passed || state.knows(substellar))) {
                        Role role = state.roles.get(name);
                        state.handedOver.add(name);
                        givingUp.reach(state, time.get());
                        matching.offer(
                                new Field(
                                        role,
                                        state.record,
                                        time.get(),
                                        operation,
                                        dataset.coordinates,
                                        field,
                                        longitude(state, substellar),
                                        units.of(role, variable).orElseThrow()),
                                state.firstIndex());
                    }
                });
    }

    /** How a variable of which a metric of the column is made is read; empty if it cannot be. */
    Optional<UnitReader.Reading> written(VariableDescriptor variable, String metric) {
        return units.ofWritten(variable, names.standard().contains(metric));
    }

    private OptionalDouble longitude(RecordState state, String name) {
        PartialField field = state.small.get(name);
        return field != null && field.complete()
                ? OptionalDouble.of(units.degrees(field.variable(), field.numbers()[0]))
                : OptionalDouble.empty();
    }

    private void written(Dataset dataset, RecordState state, WrittenField written) {
        PartialField data = written.data();
        String operation = RecordState.operation(data.variable());
        if (!data.complete() || data.used()) {
            return;
        }
        state.time(data.variable(), operation, units)
                .ifPresent(
                        time -> {
                            Field field =
                                    new Field(
                                            null,
                                            state.record,
                                            time,
                                            operation,
                                            dataset.coordinates,
                                            data,
                                            OptionalDouble.empty(),
                                            written(data.variable(), written.metric())
                                                    .orElseThrow());
                            data.use();
                            listener.written(written.metric(), field, field.writes());
                        });
    }
}
