package org.plateau.assembly;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.plateau.field.ModelTime;

/** Fields of one time and operation that wait for their partners. One thread. */
final class WaitingSet {
    final ModelTime time;
    final String operation;
    final Map<Role, Field> fields = new EnumMap<>(Role.class);
    final Map<Role, Absence> absences = new EnumMap<>(Role.class);
    long firstIndex = Long.MAX_VALUE;

    private final Function<Field, Set<Role>> alsoNeeds;

    /** By time; of equal times instant values come first. */
    record Key(long time, String operation) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparingLong(Key::time)
                        .thenComparing(key -> !key.operation.equals("instant"))
                        .thenComparing(Key::operation);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * @param alsoNeeds what the vertical axis of a temperature field needs besides the fields of
     *     the map
     */
    WaitingSet(ModelTime time, String operation, Function<Field, Set<Role>> alsoNeeds) {
        this.time = time;
        this.operation = operation;
        this.alsoNeeds = alsoNeeds;
    }

    Key key() {
        return new Key(time.key(), operation);
    }

    /** Whether anything of a map was ever to be expected at this time. */
    boolean mapExpected() {
        return Stream.concat(fields.keySet().stream(), absences.keySet().stream())
                .anyMatch(Role.OF_MAPS::contains);
    }

    /** What its map takes, as far as is known by now. */
    Set<Role> needed() {
        Set<Role> needed = EnumSet.copyOf(Role.OF_MAPS);
        if (fields.containsKey(Role.TEMPERATURE)) {
            needed.addAll(alsoNeeds.apply(fields.get(Role.TEMPERATURE)));
        }
        return needed;
    }

    boolean full() {
        return fields.keySet().containsAll(Role.OF_MAPS) && fields.keySet().containsAll(needed());
    }

    List<Role> missing() {
        return needed().stream().filter(role -> !fields.containsKey(role)).toList();
    }
}
