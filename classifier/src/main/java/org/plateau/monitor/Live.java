package org.plateau.monitor;

import org.plateau.results.RunView;

/** The latest snapshot, and a place to wait for the next. */
final class Live {
    private final RunView run;
    private Snapshot latest = Snapshot.EMPTY;

    Live(RunView run) {
        this.run = run;
    }

    /** Reads the run directory; called by one thread, about once a second. */
    void step() {
        if (!run.step()) {
            return;
        }
        Snapshot next = latest().next(run.results(), run.status());
        synchronized (this) {
            latest = next;
            notifyAll();
        }
    }

    synchronized Snapshot latest() {
        return latest;
    }

    /** A snapshot later than this number, or the latest after so many milliseconds. */
    synchronized Snapshot after(long number, long milliseconds) throws InterruptedException {
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
