package org.plateau.monitor;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.plateau.results.Results;
import org.plateau.results.RunView;

/**
 * The latest snapshot, and a place to wait for the next. The results are read while somebody looks,
 * and once at the start; the status always. How often there is news at all, {@link Pace} says, and
 * reading and rendering long results, which takes longer than it forgives, waits for itself.
 */
final class Live {
    private static final long LOOKING_NANOS = 30_000_000_000L;
    private static final ThreadMXBean TIMES = ManagementFactory.getThreadMXBean();

    private final RunView run;
    private final Pace pace;
    private volatile long lookedAt = System.nanoTime();
    private long readAgainAt = System.nanoTime();
    private Snapshot latest = Snapshot.EMPTY;

    Live(RunView run, Pace pace) {
        this.run = run;
        this.pace = pace;
    }

    /** Reads the run directory; called by one thread, about once a second. */
    void step() {
        if (!pace.due()) {
            return;
        }
        long took = TIMES.getCurrentThreadCpuTime();
        Results before = run.results();
        boolean news = before == null || wanted() ? run.step() : run.stepStatus();
        if (!news) {
            return;
        }
        tell(latest().next(run.results(), run.status()));
        pace.told();
        if (run.results() != before) {
            took = TIMES.getCurrentThreadCpuTime() - took;
            readAgainAt = System.nanoTime() + Pace.SHARE * took;
        }
    }

    private boolean wanted() {
        long now = System.nanoTime();
        return now - lookedAt < LOOKING_NANOS && now - readAgainAt >= 0;
    }

    private synchronized void tell(Snapshot next) {
        latest = next;
        notifyAll();
    }

    /** Somebody looks: the results are worth reading for a while. */
    void looked() {
        lookedAt = System.nanoTime();
    }

    synchronized Snapshot latest() {
        return latest;
    }

    /** A snapshot later than this number, or the latest after so many milliseconds. */
    synchronized Snapshot after(long number, long milliseconds) throws InterruptedException {
        looked();
        long end = System.nanoTime() + milliseconds * 1_000_000;
        while (latest.number() <= number) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return latest;
    }
}
