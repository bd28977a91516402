package org.plateau.assembly;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A file, or all the parts of one, with its writers and the records that are not finished. */
final class Dataset {
    final String path;
    final Coordinates coordinates = new Coordinates();
    final Map<Role, String> roles = new LinkedHashMap<>();
    final Set<String> dropped = new HashSet<>();

    /** Variables whose unit cannot be read. */
    final Set<String> unread = new HashSet<>();

    final TreeMap<Long, RecordState> records = new TreeMap<>();

    /** Replaced by a later incarnation of the same record, and not used up yet. */
    final List<RecordState> replaced = new ArrayList<>();

    /**
     * How many records another writer is waited for that has not been heard of, where those that
     * have been write only a part.
     */
    static final int UNHEARD_OF = 64;

    private final Map<WriterId, Long> open = new LinkedHashMap<>();
    private final Map<Long, Map<String, Long>> shares = new HashMap<>();
    private final Set<WriterId> closed = new HashSet<>();
    private long last;
    private boolean nobodyElse;

    record WriterId(long source, long file) {}

    Dataset(String path) {
        this.path = path;
    }

    void reached(WriterId writer, long record) {
        if (!closed.contains(writer)) {
            open.merge(writer, record, Math::max);
        }
        last = Math.max(last, record);
    }

    /** Notes how much of one record of a field a source has written so far. */
    void share(PartialField field, long source) {
        shares.computeIfAbsent(source, w -> new HashMap<>())
                .merge(field.variable().variable(), field.elementsOf(source), Math::max);
    }

    /** Whether those that have been heard of write the whole field between them. */
    private boolean allHeardOf(PartialField field) {
        String name = field.variable().variable();
        long sum = shares.values().stream().mapToLong(s -> s.getOrDefault(name, 0L)).sum();
        return sum >= field.placement().elements();
    }

    void close(WriterId writer) {
        open.remove(writer);
        closed.add(writer);
    }

    void closeAll(long source) {
        List<WriterId> ending = open.keySet().stream().filter(w -> w.source == source).toList();
        ending.forEach(this::close);
    }

    void closeAll() {
        List.copyOf(open.keySet()).forEach(this::close);
    }

    boolean isClosed(PartialField field) {
        return field.contributions().stream()
                .noneMatch(c -> open.containsKey(new WriterId(c.write().source(), c.file())));
    }

    /** Nobody comes any more that has not been heard of. */
    void awaitNobodyElse() {
        nobodyElse = true;
    }

    /** Whether every writer that was heard of has closed it, and another is waited for. */
    boolean awaitsOnlyOthers() {
        return open.isEmpty() && records.values().stream().anyMatch(this::awaitsOthers);
    }

    /** Whether it is closed and nothing of it waits for anything. */
    boolean finished() {
        return open.isEmpty() && records.isEmpty() && replaced.isEmpty();
    }

    /** The records that every live writer has gone past since the last call. */
    List<RecordState> newlyPassed() {
        long slowest =
                open.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        List<RecordState> passed = new ArrayList<>();
        for (RecordState state : records.headMap(slowest).values()) {
            if (!state.passed && !awaitsOthers(state)) {
                state.passed = true;
                passed.add(state);
            }
        }
        return passed;
    }

    /**
     * Whether a writer may still come that nobody has heard of: the records of one reach the inbox
     * before those of another.
     */
    private boolean awaitsOthers(RecordState state) {
        return !nobodyElse
                && last - state.record < UNHEARD_OF
                && state.fields.values().stream()
                        .anyMatch(field -> !field.complete() && !allHeardOf(field));
    }

    RecordState state(long record) {
        return records.computeIfAbsent(record, RecordState::new);
    }

    /** A fresh state for a record that is being written anew. */
    RecordState again(long record) {
        RecordState old = records.remove(record);
        if (old != null) {
            replaced.add(old);
            old.passed = true;
        }
        return state(record);
    }

    List<RecordState> states() {
        List<RecordState> all = new ArrayList<>(replaced);
        all.addAll(records.values());
        return all;
    }

    void remove(RecordState state) {
        if (!replaced.remove(state)) {
            records.remove(state.record, state);
        }
    }
}
