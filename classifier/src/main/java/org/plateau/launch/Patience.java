package org.plateau.launch;

import java.time.Duration;

/** How long each part may take at the end; it may be shortened while somebody waits. */
final class Patience {
    private Duration most;
    private long since = System.nanoTime();

    Patience(Duration most) {
        this.most = most;
    }

    /** Counts anew, for the next part. */
    synchronized void begin() {
        since = System.nanoTime();
    }

    /** From now on no more than that is left; never lengthens it. */
    synchronized void shorten(Duration other) {
        if (other.compareTo(most) < 0) {
            most = other;
            since = System.nanoTime();
        }
    }

    synchronized boolean over() {
        return System.nanoTime() - since >= most.toNanos();
    }

    synchronized long seconds() {
        return most.toSeconds();
    }
}
