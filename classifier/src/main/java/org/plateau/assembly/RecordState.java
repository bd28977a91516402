package org.plateau.assembly;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.plateau.field.ModelTime;
import org.plateau.field.TimeUnits;
import org.plateau.message.Attribute;
import org.plateau.message.VariableDescriptor;

/** One record of one file: its fields and times as far as they have come. */
final class RecordState {
    final long record;
    final Map<String, PartialField> fields = new LinkedHashMap<>();
    final Map<String, PartialField> small = new LinkedHashMap<>();

    /** From which metrics of the column are made, by the name of the variable. */
    final Map<String, WrittenField> written = new LinkedHashMap<>();

    final Map<String, Role> roles = new LinkedHashMap<>();
    final Set<String> handedOver = new HashSet<>();
    final Set<Long> sources = new HashSet<>();
    boolean passed;

    /** Whether its time has come, but nobody knows in what it counts. */
    boolean timeUnread;

    /** Key of its time, once known. */
    long timeKey = Long.MIN_VALUE;

    RecordState(long record) {
        this.record = record;
    }

    long firstIndex() {
        return Stream.of(fields.values().stream(), small.values().stream(), writtenData())
                .flatMap(s -> s)
                .mapToLong(PartialField::firstIndex)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    Stream<PartialField> writtenData() {
        return written.values().stream().map(WrittenField::data);
    }

    /** The fields that wait here for their parts or their time. */
    Stream<PartialField> unfinished() {
        Stream<PartialField> waiting =
                fields.entrySet().stream()
                        .filter(entry -> !handedOver.contains(entry.getKey()))
                        .map(Map.Entry::getValue);
        return Stream.concat(waiting, writtenData().filter(f -> !f.used()));
    }

    /** Whether every field that came is complete and was handed on and used. */
    boolean done() {
        return fields.values().stream().allMatch(PartialField::used)
                && writtenData().allMatch(PartialField::used);
    }

    /**
     * The time of a field of this record, if it is known by now: the bounds' midpoint for what is
     * no instant value, the time coordinate otherwise.
     */
    Optional<ModelTime> time(VariableDescriptor variable, String operation, UnitReader units) {
        Optional<PartialField> coordinate = timeCoordinate(variable);
        if (coordinate.isEmpty()) {
            return Optional.empty();
        }
        VariableDescriptor time = coordinate.get().variable();
        double value = coordinate.get().numbers()[0];
        Optional<String> bounds = time.attribute("bounds").map(Attribute::text);
        if (!operation.equals("instant") && bounds.isPresent()) {
            PartialField pair = small.get(bounds.get());
            boolean known = pair != null && pair.complete() && pair.placement().elements() == 2;
            if (!known && !passed) {
                return Optional.empty();
            }
            if (known) {
                value = (pair.numbers()[0] + pair.numbers()[1]) / 2;
            }
        }
        Optional<ModelTime> read = units.time(time, value);
        timeUnread |= read.isEmpty();
        return read;
    }

    /** Whether a number per record of that name has come; of no name, always. */
    boolean knows(String name) {
        PartialField field = small.get(name);
        return name.isEmpty() || field != null && field.complete();
    }

    private Optional<PartialField> timeCoordinate(VariableDescriptor variable) {
        String dimension = variable.dimensions().get(0).name();
        PartialField named = small.get(dimension);
        if (named != null) {
            return Optional.of(named).filter(PartialField::complete);
        }
        if (!passed) {
            return Optional.empty();
        }
        return small.values().stream()
                .filter(PartialField::complete)
                .filter(f -> f.placement().elements() == 1)
                .filter(f -> TimeUnits.looksLikeTime(text(f.variable(), "units")))
                .findFirst();
    }

    static String text(VariableDescriptor variable, String attribute) {
        return variable.attribute(attribute).map(Attribute::text).orElse("");
    }

    /** How the model made a field of its time steps. */
    static String operation(VariableDescriptor variable) {
        String given = text(variable, "online_operation");
        if (!given.isEmpty()) {
            return given;
        }
        String methods = text(variable, "cell_methods");
        return methods.contains("time: mean") || methods.contains("time_counter: mean")
                ? "average"
                : "instant";
    }
}
