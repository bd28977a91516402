package org.plateau.classify;

import java.util.HashMap;
import java.util.Map;

/** At how many outputs each level has no label; an output that comes again counts anew. */
final class GapCount {
    private final Map<Long, byte[]> gaps = new HashMap<>();
    private int[] count = {};

    /**
     * Takes an output.
     *
     * @param key of its model time
     * @param gap per level, 0 where there is a label
     */
    void add(long key, byte[] gap) {
        count = count.length < gap.length ? new int[gap.length] : count;
        byte[] before = gaps.put(key, gap);
        add(gap, 1);
        add(before == null ? new byte[0] : before, -1);
    }

    private void add(byte[] gap, int by) {
        for (int level = 0; level < gap.length; level++) {
            count[level] += gap[level] == 0 ? 0 : by;
        }
    }

    int of(int level) {
        return level < count.length ? count[level] : 0;
    }
}
