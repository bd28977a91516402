package org.plateau.assembly;

import java.util.Map;
import java.util.TreeMap;

/** A set of positive numbers that mostly follow each other, kept as intervals. */
final class SequenceSet {
    private final TreeMap<Long, Long> intervals = new TreeMap<>();

    boolean contains(long number) {
        Map.Entry<Long, Long> below = intervals.floorEntry(number);
        return below != null && below.getValue() >= number;
    }

    /** Adds a number; false if it was there already. */
    boolean add(long number) {
        if (contains(number)) {
            return false;
        }
        addRange(number, number);
        return true;
    }

    private void addRange(long first, long last) {
        long low = first;
        long high = last;
        Map.Entry<Long, Long> below = intervals.floorEntry(first);
        if (below != null && below.getValue() == first - 1) {
            low = below.getKey();
        }
        Long after = intervals.get(last + 1);
        if (after != null) {
            high = after;
            intervals.remove(last + 1);
        }
        intervals.put(low, high);
    }

    /** Starts and ends of the intervals, in turn. */
    long[] toArray() {
        return intervals.entrySet().stream()
                .flatMapToLong(e -> java.util.stream.LongStream.of(e.getKey(), e.getValue()))
                .toArray();
    }

    static SequenceSet of(long[] ends) {
        SequenceSet set = new SequenceSet();
        for (int i = 0; i + 1 < ends.length; i += 2) {
            set.intervals.put(ends[i], ends[i + 1]);
        }
        return set;
    }
}
