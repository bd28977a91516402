package org.plateau.classify;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which entries of the journal count. A model that was started again from an earlier time takes
 * back everything of a series from that time on. What completes a gap late takes nothing back.
 */
final class Timeline {
    private final Map<String, Track> tracks = new HashMap<>();

    /** What an entry is to its series. */
    enum Effect {
        /** Later than all there is. */
        NEXT,
        /** A gap filled late, or a gap where there is something. */
        KNOWN,
        /** The model has gone back to this time. */
        BACK
    }

    /** Entries in force: model times and numbers, both rising. */
    private static final class Track {
        long[] keys = new long[64];
        int[] entries = new int[64];
        boolean[] gaps = new boolean[64];
        int size;

        void push(int entry, long key, boolean gap) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, 2 * size);
                entries = Arrays.copyOf(entries, 2 * size);
                gaps = Arrays.copyOf(gaps, 2 * size);
            }
            keys[size] = key;
            entries[size] = entry;
            gaps[size++] = gap;
        }

        Effect accept(int entry, long key, boolean gap) {
            if (size == 0 || key > keys[size - 1]) {
                push(entry, key, gap);
                return Effect.NEXT;
            }
            int at = Arrays.binarySearch(keys, 0, size, key);
            if (at >= 0 && (gaps[at] || gap)) {
                gaps[at] &= gap;
                return Effect.KNOWN;
            }
            size = at >= 0 ? at : -at - 1;
            push(entry, key, gap);
            return Effect.BACK;
        }

        boolean counts(int entry) {
            return Arrays.binarySearch(entries, 0, size, entry) >= 0;
        }
    }

    /**
     * Takes an entry.
     *
     * @param series any name
     * @param entry its number in the journal, greater than all before
     * @param key of its model time
     * @param gap whether there is nothing but a gap in it
     */
    Effect accept(String series, int entry, long key, boolean gap) {
        return tracks.computeIfAbsent(series, s -> new Track()).accept(entry, key, gap);
    }

    /** Whether an entry is in force. */
    boolean counts(String series, int entry) {
        Track track = tracks.get(series);
        return track != null && track.counts(entry);
    }
}
