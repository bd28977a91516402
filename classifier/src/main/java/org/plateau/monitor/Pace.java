package org.plateau.monitor;

import java.util.function.LongSupplier;

/**
 * How often there is news for the viewers. Telling it costs processor time, the more the more of
 * them there are. In the long run reading the run directory and serving may take a two-hundredth of
 * one processor, and news alone no more than a hundredth over any ten seconds: when it has taken
 * more, the next news waits. So any number of viewers hardly slows the labelling; they are told
 * more seldom instead. What somebody asks for, a page or a click, is answered at once and only
 * delays the news behind it. One thread.
 */
final class Pace {
    /** The long run's share of one processor is 1/200. */
    static final long SHARE = 200;

    /** What may be saved up while nobody looks: ten seconds' worth. */
    private static final long CREDIT_NANOS = 50_000_000L;

    /** What may be owed; beyond it is forgiven, so that no news waits longer than 20 s. */
    private static final long DEBT_NANOS = 50_000_000L;

    private final LongSupplier nanoTime;
    private final LongSupplier effort;
    private long lookedAt;
    private long effortThen;
    private long balance = CREDIT_NANOS;
    private boolean told;
    private long lastCost;
    private long cost;

    /**
     * @param nanoTime the clock
     * @param effort processor time taken by reading and serving so far, ns
     */
    Pace(LongSupplier nanoTime, LongSupplier effort) {
        this.nanoTime = nanoTime;
        this.effort = effort;
        this.lookedAt = nanoTime.getAsLong();
        this.effortThen = effort.getAsLong();
    }

    /** Whether there may be news now: whether what the last one cost can be afforded again. */
    boolean due() {
        long now = nanoTime.getAsLong();
        long taken = effort.getAsLong() - effortThen;
        balance += (now - lookedAt) / SHARE - taken;
        balance = Math.max(-DEBT_NANOS, Math.min(CREDIT_NANOS, balance));
        if (told) {
            cost = Math.min(CREDIT_NANOS, Math.min(lastCost, taken)); // one may have met a click
            lastCost = taken;
            told = false;
        }
        lookedAt = now;
        effortThen += taken;
        return balance >= cost;
    }

    /** There was news: what is taken until {@link #due} is asked again is what it costs. */
    void told() {
        told = true;
    }
}
