package org.plateau.classify;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What captured writes cost the model, as the records tell: a histogram in steps of a quarter of a
 * power of two.
 */
final class HookCost {
    private static final int PER_OCTAVE = 4;

    private final long[] counts = new long[64 * PER_OCTAVE];
    private long total;
    private long longest;

    void add(long nanoseconds) {
        int at = (int) (PER_OCTAVE * Math.log(nanoseconds) / Math.log(2));
        counts[Math.max(0, Math.min(counts.length - 1, at))]++;
        total++;
        longest = Math.max(longest, nanoseconds);
    }

    private double quantile(double share) {
        long wanted = (long) Math.ceil(share * total);
        long sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i];
            if (sum >= wanted) {
                return Math.min(longest, Math.pow(2, (i + 1.0) / PER_OCTAVE)) / 1000;
            }
        }
        return longest / 1000.0;
    }

    /** Microseconds per write, each quantile to within a fifth; empty if nothing is known. */
    Map<String, Object> report() {
        Map<String, Object> map = new LinkedHashMap<>();
        if (total > 0) {
            map.put("costP50us", quantile(0.5));
            map.put("costP99us", quantile(0.99));
            map.put("costMaxus", longest / 1000.0);
            map.put("writes", total);
        }
        return map;
    }
}
