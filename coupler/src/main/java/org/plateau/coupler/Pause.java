package org.plateau.coupler;

import java.util.concurrent.locks.LockSupport;

/**
 * How a loop over MPI waits: MPI can only be asked, and carries a message on only while it is
 * asked. So it is asked less often the longer there has been nothing, at most a millisecond apart,
 * and often while a message is under way, unless that is for long: a link may be cut, a sink full.
 */
final class Pause {
    private static final long SHORTEST = 20_000;
    private static final long LONGEST = 1_000_000;

    /** How often in a row a message under way is asked for at the shortest distance. */
    private static final int EAGER = 2000;

    private long next = SHORTEST;
    private int eager = EAGER;

    /**
     * Waits if nothing was done.
     *
     * @param underWay whether a message is under way
     */
    void after(long done, boolean underWay) {
        if (done > 0) {
            next = SHORTEST;
            eager = EAGER;
        } else if (underWay && eager > 0) {
            eager--;
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
