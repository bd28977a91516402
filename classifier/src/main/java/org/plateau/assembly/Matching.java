package org.plateau.assembly;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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
 */
final class Matching {
    private final Consumer<Step> steps;
    private final Consumer<List<Write>> superseded;
    private final OrphanSink orphans;
    private final Function<Field, Set<Role>> alsoNeeds;
    private final int keep;
    private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
    private final Deque<Waiting> givenUp = new ArrayDeque<>();
    private String operation;

    interface OrphanSink {
        void orphan(PartialField field, String reason);
    }

    private static final class Waiting {
        final ModelTime time;
        final Map<Role, Field> fields = new EnumMap<>(Role.class);
        final Map<Role, Absence> absences = new EnumMap<>(Role.class);
        long firstIndex = Long.MAX_VALUE;

        Waiting(ModelTime time) {
            this.time = time;
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
        if (operation.isEmpty()) {
            operation = field.operation();
        }
        if (!operation.equals(field.operation())) {
            orphan(field, "its operation is " + field.operation() + ", not " + operation);
            return;
        }
        Waiting late = late(field.time().key());
        Waiting set =
                late != null
                        ? late
                        : waiting.computeIfAbsent(
                                field.time().key(), key -> new Waiting(field.time()));
        put(set, field);
        set.firstIndex = Math.min(set.firstIndex, firstIndex);
        if (late != null && full(late)) {
            givenUp.remove(late);
            emit(late);
        }
    }

    private void put(Waiting set, Field field) {
        Field before = set.fields.get(field.role());
        if (before == null) {
            set.fields.put(field.role(), field);
        } else if (before.variable().path().equals(field.variable().path())) {
            superseded.accept(before.writes());
            before.data().use();
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
        boolean other = !operation.isEmpty() && !operation.equals(itsOperation);
        boolean wanted = Role.OF_MAPS.contains(role) || waiting.containsKey(time.key());
        if (!other && wanted && late(time.key()) == null) {
            waiting.computeIfAbsent(time.key(), key -> new Waiting(time)).absences.put(role, why);
        }
    }

    private Waiting late(long key) {
        return givenUp.stream().filter(w -> w.time.key() == key).findFirst().orElse(null);
    }

    /**
     * Hands out what is complete, and gaps for what every writer has gone past.
     *
     * @param gone whether nothing more is to be expected for a time
     */
    void settle(LongPredicate gone) {
        while (!waiting.isEmpty()) {
            Waiting first = waiting.firstEntry().getValue();
            if (full(first)) {
                waiting.remove(first.time.key());
                emit(first);
            } else if (gone.test(first.time.key())) {
                waiting.remove(first.time.key());
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
        set.fields.values().forEach(field -> field.data().use());
        steps.accept(
                new Step(
                        set.time, operation, set.fields, Absence.NONE, "", writes, set.firstIndex));
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
                        set.time, operation, set.fields, worst, detail, List.of(), set.firstIndex));
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

    long memory() {
        return Stream.concat(waiting.values().stream(), givenUp.stream())
                .flatMap(w -> w.fields.values().stream())
                .mapToLong(field -> field.data().memory())
                .sum();
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
