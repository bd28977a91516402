package org.plateau.monitor;

import java.util.function.LongSupplier;

/**
 * How often there is news for the viewers. Telling it costs processor time, the more the more of
 * them there are, and in the long run serving may take a two-hundredth of one processor: when it
 * has taken more, the next news waits. So any number of viewers hardly slows the labelling; they
 * are told more seldom instead. One thread.
 */
final class Pace {
    private static final long SHARE = 200;

    /** What may be taken at once, when pages are opened; it comes back with time. */
    private static final long CREDIT_NANOS = 200_000_000L;

    /** No news waits longer than {@code SHARE} times this. */
    private static final long DEBT_NANOS = 50_000_000L;

    private final LongSupplier nanoTime;
    private final LongSupplier effort;
    private long lookedAt;
    private long effortThen;
    private long balance = CREDIT_NANOS;

    /**
     * @param nanoTime the clock
     * @param effort processor time taken by serving so far, ns
     */
    Pace(LongSupplier nanoTime, LongSupplier effort) {
        this.nanoTime = nanoTime;
        this.effort = effort;
        this.lookedAt = nanoTime.getAsLong();
        this.effortThen = effort.getAsLong();
    }

    /** Whether there may be news now. */
    boolean due() {
        long now = nanoTime.getAsLong();
        long taken = effort.getAsLong();
        balance += (now - lookedAt) / SHARE - (taken - effortThen);
        balance = Math.max(-DEBT_NANOS, Math.min(CREDIT_NANOS, balance));
        lookedAt = now;
        effortThen = taken;
        return balance >= 0;
    }
}
