package org.plateau.assembly;

import java.util.ArrayList;
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
    final TreeMap<Long, RecordState> records = new TreeMap<>();

    /** Replaced by a later incarnation of the same record, and not used up yet. */
    final List<RecordState> replaced = new ArrayList<>();

    private final Map<WriterId, Long> open = new LinkedHashMap<>();
    private final Set<WriterId> closed = new HashSet<>();

    record WriterId(long source, long file) {}

    Dataset(String path) {
        this.path = path;
    }

    void reached(WriterId writer, long record) {
        if (!closed.contains(writer)) {
            open.merge(writer, record, Math::max);
        }
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

    /** The records that every live writer has gone past since the last call. */
    List<RecordState> newlyPassed() {
        long slowest =
                open.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        List<RecordState> passed = new ArrayList<>();
        for (RecordState state : records.headMap(slowest).values()) {
            if (!state.passed) {
                state.passed = true;
                passed.add(state);
            }
        }
        return passed;
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
