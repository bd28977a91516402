package org.plateau.monitor;

import org.plateau.results.RunView;

/**
 * The latest snapshot, and a place to wait for the next. The results are read while somebody looks,
 * and once at the start; the status always.
 */
final class Live {
    private static final long LOOKING_NANOS = 30_000_000_000L;

    private final RunView run;
    private volatile long lookedAt = System.nanoTime();
    private Snapshot latest = Snapshot.EMPTY;

    Live(RunView run) {
        this.run = run;
    }

    /** Reads the run directory; called by one thread, about once a second. */
    void step() {
        boolean looking = System.nanoTime() - lookedAt < LOOKING_NANOS;
        boolean news = looking || run.results() == null ? run.step() : run.stepStatus();
        if (!news) {
            return;
        }
        Snapshot next = latest().next(run.results(), run.status());
        synchronized (this) {
            latest = next;
            notifyAll();
        }
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
