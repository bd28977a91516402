package org.plateau.assembly;

import java.util.List;
import java.util.Map;
import org.plateau.field.ModelTime;

/**
 * Temperature and wind of one time, or the reason why they are not all there.
 *
 * @param operation how the model made the fields of its time steps
 * @param fields by role; all three unless {@code absence} says otherwise
 * @param absence why there is no map
 * @param detail which fields are missing and why, for people; empty if none
 * @param writes that become used when the step is labelled
 * @param firstIndex in the inbox, of the records that would have to be read again to make it again
 */
public record Step(
        ModelTime time,
        String operation,
        Map<Role, Field> fields,
        Absence absence,
        String detail,
        List<Write> writes,
        long firstIndex) {

    public Step {
        fields = Map.copyOf(fields);
        writes = List.copyOf(writes);
    }

    /** When the last of its writes was captured, ns since 1970; 0 if it has none. */
    public long written() {
        return writes.stream().mapToLong(Write::written).max().orElse(0);
    }

    public boolean complete() {
        return absence == Absence.NONE;
    }

    /** Gives back the memory of its fields, whose elements nobody will ask for any more. */
    public void release() {
        fields.values().forEach(field -> field.data().release());
    }
}
