package org.plateau.queue;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The segments of a queue that records are held in by this process ({@link RecordTailer#hold}):
 * they are read where they are even when they have been released. Thread-safe.
 */
final class Holds {
    private final ConcurrentMap<Integer, Integer> records = new ConcurrentHashMap<>();

    void hold(int segment) {
        records.merge(segment, 1, Integer::sum);
    }

    void letGo(int segment) {
        records.computeIfPresent(segment, (s, n) -> n == 1 ? null : n - 1);
    }

    boolean any(int segment) {
        return records.containsKey(segment);
    }
}
