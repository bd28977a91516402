package org.plateau.classify;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * What a piece of work took.
 *
 * @param threads us a map that all threads computed
 * @param process the same with the JVM's compiler and collector
 * @param rate maps a second
 * @param byName us a map that the threads of each name computed
 */
record Cost(double threads, double process, double rate, Map<String, Double> byName) {
    private static final double WORTH_SAYING = 0.5;

    /**
     * Does it and measures.
     *
     * @param work returns how many maps it was
     */
    static Cost of(IntSupplier work) {
        OperatingSystemMXBean machine =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Map<Long, Long> before = computed();
        long process = machine.getProcessCpuTime();
        long start = System.nanoTime();
        int maps = work.getAsInt();
        double seconds = (System.nanoTime() - start) * 1e-9;
        Map<String, Double> byName = new TreeMap<>();
        for (Map.Entry<Long, Long> thread : computed().entrySet()) {
            long since = thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
            byName.merge(name(thread.getKey()), since * 1e-3 / maps, Double::sum);
        }
        return new Cost(
                byName.values().stream().mapToDouble(d -> d).sum(),
                (machine.getProcessCpuTime() - process) * 1e-3 / maps,
                maps / seconds,
                byName);
    }

    private static String name(long thread) {
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread);
        return info == null ? "ended" : info.getThreadName();
    }

    /** Processor time of the threads that live, ns; those that do the work outlive it. */
    private static Map<Long, Long> computed() {
        ThreadMXBean all = ManagementFactory.getThreadMXBean();
        Map<Long, Long> times = new HashMap<>();
        for (long id : all.getAllThreadIds()) {
            times.put(id, Math.max(0, all.getThreadCpuTime(id)));
        }
        return times;
    }

    /** What each thread took, those left out that took next to nothing. */
    String byThread() {
        return byName.entrySet().stream()
                .filter(one -> one.getValue() > WORTH_SAYING)
                .map(one -> String.format(Locale.ROOT, "%s %.1f", one.getKey(), one.getValue()))
                .collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.1f us (%.1f), %.0f maps/s", threads, process, rate);
    }
}
