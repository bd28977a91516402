package org.plateau.assembly;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
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
    private final TreeMap<WaitingSet.Key, WaitingSet> waiting = new TreeMap<>();
    private final Deque<WaitingSet> givenUp = new ArrayDeque<>();
    private String operation;

    interface OrphanSink {
        void orphan(PartialField field, String reason);
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
        WaitingSet late = late(new WaitingSet.Key(field.time().key(), field.operation()));
        WaitingSet set = late != null ? late : waiting(field.time(), field.operation());
        put(set, field);
        set.firstIndex = Math.min(set.firstIndex, firstIndex);
        if (late != null && late.full()) {
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

    private WaitingSet waiting(ModelTime time, String itsOperation) {
        return waiting.computeIfAbsent(
                new WaitingSet.Key(time.key(), itsOperation),
                key -> new WaitingSet(time, itsOperation, alsoNeeds));
    }

    /** From now on only this operation counts; what waits of another has waited in vain. */
    private void decide(String chosen) {
        if (operation.isEmpty()) {
            operation = chosen;
            removeOthers(waiting.values());
            removeOthers(givenUp);
        }
    }

    private void removeOthers(Collection<WaitingSet> sets) {
        for (WaitingSet set : List.copyOf(sets)) {
            if (isOther(set.operation)) {
                sets.remove(set);
                set.fields.values().forEach(f -> orphan(f, otherOperation(set.operation)));
            }
        }
    }

    private void put(WaitingSet set, Field field) {
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
        WaitingSet.Key key = new WaitingSet.Key(time.key(), itsOperation);
        boolean wanted = Role.OF_MAPS.contains(role) || waiting.containsKey(key);
        if (!isOther(itsOperation) && wanted && late(key) == null) {
            waiting(time, itsOperation).absences.put(role, why);
        }
    }

    private WaitingSet late(WaitingSet.Key key) {
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
            WaitingSet first = waiting.firstEntry().getValue();
            if (first.full()) {
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
    private Optional<WaitingSet> firstFull(LongPredicate gone) {
        return waiting.values().stream()
                .filter(set -> set.full() || !gone.test(set.time.key()))
                .findFirst()
                .filter(WaitingSet::full);
    }

    /** Whether sets of several operations wait for the first complete one, and may go on so. */
    private boolean undecided() {
        return operation.isEmpty()
                && waiting.size() <= keep
                && waiting.values().stream().map(set -> set.operation).distinct().count() > 1;
    }

    private void emit(WaitingSet set) {
        List<Role> spare = new ArrayList<>(set.fields.keySet());
        spare.removeAll(set.needed());
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

    private void giveUp(WaitingSet set) {
        Absence worst = Absence.NEVER_CAME;
        List<String> missing = new ArrayList<>();
        for (Role role : set.missing()) {
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
            WaitingSet first = waiting.pollFirstEntry().getValue();
            if (first.full()) {
                decide(first.operation);
                emit(first);
            } else if (first.mapExpected()) {
                first.missing().forEach(role -> first.absences.put(role, Absence.MEMORY));
                giveUp(first);
            } else {
                retire(first);
            }
        }
        for (WaitingSet set : List.copyOf(givenUp)) {
            if (set.firstIndex == index) {
                givenUp.remove(set);
                retire(set);
            }
        }
    }

    /** Lets go of the oldest given-up time; false if there is none. */
    boolean retireOldest() {
        WaitingSet oldest = givenUp.pollFirst();
        if (oldest == null) {
            return false;
        }
        retire(oldest);
        return true;
    }

    private void retire(WaitingSet set) {
        String partners =
                set.missing().stream().map(Role::text).collect(Collectors.joining(" and "));
        set.fields.values().forEach(field -> orphan(field, "no " + partners + " at its time"));
    }
}
