package org.plateau.coupler;

import java.util.concurrent.locks.LockSupport;

/**
 * How a loop over MPI waits: MPI can only be asked, and carries a message on only while it is
 * asked. So it is asked less often the longer there has been nothing, at most a millisecond apart,
 * and often while a message is under way.
 */
final class Pause {
    private static final long SHORTEST = 20_000;
    private static final long LONGEST = 1_000_000;

    private long next = SHORTEST;

    /**
     * Waits if nothing was done.
     *
     * @param underWay whether a message is under way
     */
    void after(long done, boolean underWay) {
        if (done > 0) {
            next = SHORTEST;
        } else if (underWay) {
            of(SHORTEST);
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
