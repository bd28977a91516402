package org.plateau.assembly;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.plateau.field.ModelTime;

/**
 * Puts fields of equal time and equal operation together, and hands out steps in the order of model
 * time: a step waits until every earlier one is complete or given up.
 *
 * <p>Without a given operation, that of the first complete set counts from then on: a model may
 * write instant values of some fields beside the averages of all.
 */
final class Matching {
    private final Consumer<Step> steps;
    private final Consumer<List<Write>> superseded;
    private final OrphanSink orphans;
    private final Function<Field, Set<Role>> alsoNeeds;
    private final int keep;
    private final TreeMap<Key, Waiting> waiting = new TreeMap<>();
    private final Deque<Waiting> givenUp = new ArrayDeque<>();
    private String operation;

    interface OrphanSink {
        void orphan(PartialField field, String reason);
    }

    /** By time; of equal times instant values come first. */
    private record Key(long time, String operation) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparingLong(Key::time)
                        .thenComparing(key -> !key.operation.equals("instant"))
                        .thenComparing(Key::operation);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private static final class Waiting {
        final ModelTime time;
        final String operation;
        final Map<Role, Field> fields = new EnumMap<>(Role.class);
        final Map<Role, Absence> absences = new EnumMap<>(Role.class);
        long firstIndex = Long.MAX_VALUE;

        Waiting(ModelTime time, String operation) {
            this.time = time;
            this.operation = operation;
        }

        Key key() {
            return new Key(time.key(), operation);
        }

        /** Whether anything of a map was ever to be expected at this time. */
        boolean mapExpected() {
            return Stream.concat(fields.keySet().stream(), absences.keySet().stream())
                    .anyMatch(Role.OF_MAPS::contains);
        }
    }

    /**
     * @param alsoNeeds what the vertical axis of a temperature field needs besides the fields of
     *     the map
     */
    Matching(
            String operation,
            int keep,
            Function<Field, Set<Role>> alsoNeeds,
            Consumer<Step> steps,
            Consumer<List<Write>> superseded,
            OrphanSink orphans) {
        this.operation = operation;
        this.keep = keep;
        this.alsoNeeds = alsoNeeds;
        this.steps = steps;
        this.superseded = superseded;
        this.orphans = orphans;
    }

    /** Takes a complete field whose time is known. */
    void offer(Field field, long firstIndex) {
        if (isOther(field.operation())) {
            orphan(field, otherOperation(field.operation()));
            return;
        }
        Waiting late = late(new Key(field.time().key(), field.operation()));
        Waiting set = late != null ? late : waiting(field.time(), field.operation());
        put(set, field);
        set.firstIndex = Math.min(set.firstIndex, firstIndex);
        if (late != null && full(late)) {
            givenUp.remove(late);
            decide(late.operation);
            emit(late);
        }
    }

    private boolean isOther(String one) {
        return !operation.isEmpty() && !operation.equals(one);
    }

    private String otherOperation(String one) {
        return "its operation is " + one + ", not " + operation;
    }

    private Waiting waiting(ModelTime time, String itsOperation) {
        return waiting.computeIfAbsent(
                new Key(time.key(), itsOperation), key -> new Waiting(time, itsOperation));
    }

    /** From now on only this operation counts; what waits of another has waited in vain. */
    private void decide(String chosen) {
        if (operation.isEmpty()) {
            operation = chosen;
            removeOthers(waiting.values());
            removeOthers(givenUp);
        }
    }

    private void removeOthers(Collection<Waiting> sets) {
        for (Waiting set : List.copyOf(sets)) {
            if (isOther(set.operation)) {
                sets.remove(set);
                set.fields.values().forEach(f -> orphan(f, otherOperation(set.operation)));
            }
        }
    }

    private void put(Waiting set, Field field) {
        Field before = set.fields.get(field.role());
        if (before == null) {
            set.fields.put(field.role(), field);
        } else if (before.variable().path().equals(field.variable().path())) {
            superseded.accept(before.writes());
            before.data().use();
            before.data().discard();
            set.fields.put(field.role(), field);
        } else {
            orphan(field, "another file has the same field at the same time");
        }
    }

    private void orphan(Field field, String reason) {
        field.data().use();
        orphans.orphan(field.data(), reason);
    }

    /** Notes that a field of that time will not come, or not soon. */
    void absent(Role role, ModelTime time, String itsOperation, Absence why) {
        Key key = new Key(time.key(), itsOperation);
        boolean wanted = Role.OF_MAPS.contains(role) || waiting.containsKey(key);
        if (!isOther(itsOperation) && wanted && late(key) == null) {
            waiting(time, itsOperation).absences.put(role, why);
        }
    }

    private Waiting late(Key key) {
        return givenUp.stream().filter(w -> w.key().equals(key)).findFirst().orElse(null);
    }

    /**
     * Hands out what is complete, and gaps for what every writer has gone past.
     *
     * @param gone whether nothing more is to be expected for a time
     */
    void settle(LongPredicate gone) {
        if (operation.isEmpty()) {
            firstFull(gone).ifPresent(set -> decide(set.operation));
        }
        while (!waiting.isEmpty()) {
            Waiting first = waiting.firstEntry().getValue();
            if (full(first)) {
                waiting.remove(first.key());
                emit(first);
            } else if (gone.test(first.time.key()) && !undecided()) {
                waiting.remove(first.key());
                if (first.mapExpected()) {
                    giveUp(first);
                } else {
                    retire(first);
                }
            } else {
                return;
            }
        }
    }

    /** The first complete set, if nothing before it can still become complete. */
    private Optional<Waiting> firstFull(LongPredicate gone) {
        return waiting.values().stream()
                .filter(set -> full(set) || !gone.test(set.time.key()))
                .findFirst()
                .filter(this::full);
    }

    /** Whether sets of several operations wait for the first complete one, and may go on so. */
    private boolean undecided() {
        return operation.isEmpty()
                && waiting.size() <= keep
                && waiting.values().stream().map(set -> set.operation).distinct().count() > 1;
    }

    private Set<Role> needed(Waiting set) {
        Set<Role> needed = EnumSet.copyOf(Role.OF_MAPS);
        if (set.fields.containsKey(Role.TEMPERATURE)) {
            needed.addAll(alsoNeeds.apply(set.fields.get(Role.TEMPERATURE)));
        }
        return needed;
    }

    private boolean full(Waiting set) {
        return set.fields.keySet().containsAll(Role.OF_MAPS)
                && set.fields.keySet().containsAll(needed(set));
    }

    private List<Role> missing(Waiting set) {
        return needed(set).stream().filter(role -> !set.fields.containsKey(role)).toList();
    }

    private void emit(Waiting set) {
        List<Role> spare = new ArrayList<>(set.fields.keySet());
        spare.removeAll(needed(set));
        spare.forEach(role -> orphan(set.fields.remove(role), "not needed by the vertical axis"));
        List<Write> writes = new ArrayList<>();
        set.fields.values().forEach(field -> writes.addAll(field.writes()));
        set.fields.values().forEach(field -> field.data().load());
        set.fields.values().forEach(field -> field.data().use());
        steps.accept(
                new Step(
                        set.time,
                        set.operation,
                        set.fields,
                        Absence.NONE,
                        "",
                        writes,
                        set.firstIndex));
    }

    private void giveUp(Waiting set) {
        Absence worst = Absence.NEVER_CAME;
        List<String> missing = new ArrayList<>();
        for (Role role : missing(set)) {
            Absence why = set.absences.getOrDefault(role, Absence.NEVER_CAME);
            worst = why.compareTo(worst) > 0 ? why : worst;
            missing.add(role.text() + ": " + why.text());
        }
        String detail = String.join(", ", missing);
        steps.accept(
                new Step(
                        set.time,
                        set.operation,
                        set.fields,
                        worst,
                        detail,
                        List.of(),
                        set.firstIndex));
        givenUp.addLast(set);
        while (givenUp.size() > keep) {
            retireOldest();
        }
    }

    long firstIndex() {
        return Stream.concat(waiting.values().stream(), givenUp.stream())
                .mapToLong(w -> w.firstIndex)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** What waits here for its partners. */
    Stream<PartialField> fields() {
        return Stream.concat(waiting.values().stream(), givenUp.stream())
                .flatMap(w -> w.fields.values().stream())
                .map(Field::data);
    }

    /**
     * Lets go of what needs the record at that position; earlier times cannot wait then, either.
     */
    void letGoOf(long index) {
        while (waiting.values().stream().anyMatch(set -> set.firstIndex == index)) {
            Waiting first = waiting.pollFirstEntry().getValue();
            if (full(first)) {
                decide(first.operation);
                emit(first);
            } else if (first.mapExpected()) {
                missing(first).forEach(role -> first.absences.put(role, Absence.MEMORY));
                giveUp(first);
            } else {
                retire(first);
            }
        }
        for (Waiting set : List.copyOf(givenUp)) {
            if (set.firstIndex == index) {
                givenUp.remove(set);
                retire(set);
            }
        }
    }

    /** Lets go of the oldest given-up time; false if there is none. */
    boolean retireOldest() {
        Waiting oldest = givenUp.pollFirst();
        if (oldest == null) {
            return false;
        }
        retire(oldest);
        return true;
    }

    private void retire(Waiting set) {
        String partners =
                missing(set).stream().map(Role::text).collect(Collectors.joining(" and "));
        set.fields.values().forEach(field -> orphan(field, "no " + partners + " at its time"));
    }
}
