package org.plateau.classify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plateau.metrics.Written;

/**
 * Puts together what the model has written for one time. A time is handed out once everything that
 * the model is known to write has come that far, and something later has come: nobody knows before
 * what a model will write. Times come out in their order, the same however files were interleaved.
 */
final class WrittenTimes {
    /** So many times wait at most for a variable that has ceased to come. */
    private static final int MOST = 8;

    private final TreeMap<Long, Time> waiting = new TreeMap<>();
    private final Map<String, Long> latest = new HashMap<>();
    private long done = Long.MIN_VALUE;

    /** One time, complete as far as it will ever be. */
    record Time(double days, long key, Map<String, Double> means) {
        Written written(Map<String, Long> known) {
            return new Written(means, known.keySet());
        }
    }

    /** A time with what was written for it. */
    record Ready(double days, long key, Written written) {}

    void add(WrittenMean mean) {
        latest.merge(mean.name(), mean.key(), Math::max);
        if (mean.key() > done) {
            waiting.computeIfAbsent(mean.key(), k -> new Time(mean.days(), k, new HashMap<>()))
                    .means()
                    .put(mean.name(), mean.value());
        }
    }

    /**
     * The times that are complete, oldest first.
     *
     * @param all also those that might still get something, because nothing more comes
     */
    List<Ready> ready(boolean all) {
        List<Ready> ready = new ArrayList<>();
        while (!waiting.isEmpty() && (all || complete(waiting.firstKey()))) {
            Time time = waiting.pollFirstEntry().getValue();
            done = time.key;
            ready.add(new Ready(time.days, time.key, time.written(latest)));
        }
        return ready;
    }

    private boolean complete(long key) {
        boolean passed = waiting.lastKey() > key;
        return passed && latest.values().stream().allMatch(k -> k >= key) || waiting.size() > MOST;
    }
}
