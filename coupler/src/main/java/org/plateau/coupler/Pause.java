package org.plateau.coupler;

import java.util.concurrent.locks.LockSupport;

/**
 * How a loop over MPI waits: MPI can only be asked, so it is asked less often the longer there has
 * been nothing, at most a millisecond apart.
 */
final class Pause {
    private static final long SHORTEST = 20_000;
    private static final long LONGEST = 1_000_000;

    private long next = SHORTEST;

    /** Waits if nothing was done. */
    void after(long done) {
        if (done > 0) {
            next = SHORTEST;
        } else {
            of(next);
            next = Math.min(LONGEST, 2 * next);
        }
    }

    /** Waits that many nanoseconds. */
    static void of(long nanoseconds) {
        LockSupport.parkNanos(nanoseconds);
    }
}
