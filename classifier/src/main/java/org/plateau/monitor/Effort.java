package org.plateau.monitor;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Processor time that the threads of a group have taken since this was made, ns. */
final class Effort implements LongSupplier {
    private static final ThreadMXBean TIMES = ManagementFactory.getThreadMXBean();
    private static final int SPARE = 16;

    private final ThreadGroup group;
    private Map<Long, Long> seen = new HashMap<>();
    private long sum;

    Effort(ThreadGroup group) {
        this.group = group;
    }

    /** What a thread did after the last look is lost with the thread. */
    @Override
    public synchronized long getAsLong() {
        Thread[] threads = new Thread[group.activeCount() + SPARE];
        int found = group.enumerate(threads);
        Map<Long, Long> now = new HashMap<>();
        for (int t = 0; t < found; t++) {
            long id = threads[t].getId();
            long used = TIMES.getThreadCpuTime(id);
            if (used >= 0) {
                sum += used - seen.getOrDefault(id, 0L);
                now.put(id, used);
            }
        }
        seen = now;
        return sum;
    }
}
