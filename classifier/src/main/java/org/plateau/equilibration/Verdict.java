package org.plateau.equilibration;

/**
 * What the equilibration test says of one series. The cases, in the order of their codes in result
 * files: {@link Insufficient}, {@link WarmingUp}, {@link Undecided}, {@link Drifting}, {@link
 * Cyclic}, {@link Equilibrated}, {@link Revoked}, {@link Degenerate}.
 *
 * <p>Times are model days (or sample numbers where a series has no time of its own); values are in
 * the unit of the series.
 */
public sealed interface Verdict {

    /** All names, at the index of their {@link #code()}. */
    java.util.List<String> NAMES =
            java.util.List.of(
                    "insufficient",
                    "warming-up",
                    "undecided",
                    "drifting",
                    "cyclic",
                    "equilibrated",
                    "revoked",
                    "degenerate");

    /** The code of a name. */
    static byte code(String name) {
        return (byte) NAMES.indexOf(name);
    }

    /** The number of this case in result files, from 0. */
    int code();

    /** The name of this case in every output. */
    default String name() {
        return NAMES.get(code());
    }

    /** True for the verdicts that claim a statistically steady series. */
    default boolean settled() {
        return false;
    }

    /**
     * Too few samples, or too few independent ones.
     *
     * @param samples how many samples have been seen
     * @param effective how many independent ones they are worth (0: not yet known)
     * @param samplesNeeded about how many more samples it takes until anything can be said
     */
    record Insufficient(long samples, double effective, double samplesNeeded) implements Verdict {
        @Override
        public int code() {
            return 0;
        }
    }

    /** The best start of a steady part lies at the latest one allowed: a transient goes on. */
    record WarmingUp() implements Verdict {
        @Override
        public int code() {
            return 1;
        }
    }

    /**
     * Neither drift nor equilibrium is shown.
     *
     * @param samplesNeeded about how many more samples the answer takes; infinite if more of the
     *     same would never do
     */
    record Undecided(double samplesNeeded) implements Verdict {
        @Override
        public int code() {
            return 2;
        }
    }

    /**
     * A drift larger than the tolerance is shown.
     *
     * @param drift best estimate of the change per 1,000 model days
     * @param bound confidence bound on the size of that change per 1,000 model days
     */
    record Drifting(double drift, double bound) implements Verdict {
        @Override
        public int code() {
            return 3;
        }
    }

    /**
     * A steady oscillation, larger than the tolerance.
     *
     * @param since the time from which it is steady
     * @param first 0-based number of the first sample retained
     * @param period in the unit of time
     * @param amplitude half of its range
     * @param mean about which it oscillates
     */
    record Cyclic(double since, long first, double period, double amplitude, double mean)
            implements Verdict {
        @Override
        public int code() {
            return 4;
        }

        @Override
        public boolean settled() {
            return true;
        }
    }

    /**
     * The series is steady: over the horizon it changes by no more than the tolerance.
     *
     * @param since the time from which it is steady
     * @param first 0-based number of the first sample retained
     * @param mean of what is retained
     * @param standardError of that mean, from the effective sample size
     * @param inefficiency statistical inefficiency: samples per independent sample
     * @param driftBound confidence bound on the size of the change over the horizon
     */
    record Equilibrated(
            double since,
            long first,
            double mean,
            double standardError,
            double inefficiency,
            double driftBound)
            implements Verdict {
        @Override
        public int code() {
            return 5;
        }

        @Override
        public boolean settled() {
            return true;
        }
    }

    /**
     * It had been called steady, and then changed.
     *
     * @param at the time at which the claim was taken back
     * @param changed the time at which the change probably began
     * @param reason what changed
     */
    record Revoked(double at, double changed, Change reason) implements Verdict {
        @Override
        public int code() {
            return 6;
        }
    }

    /** It has never moved, and there is no tolerance to hold that against. */
    record Degenerate(double value) implements Verdict {
        @Override
        public int code() {
            return 7;
        }
    }

    /** What took a claim back. */
    enum Change {
        LEVEL("level"),
        DRIFT("drift"),
        SHAPE("shape"),
        VARIANCE("variance"),
        CYCLE("cycle");

        private final String text;

        Change(String text) {
            this.text = text;
        }

        /** The name in outputs. */
        public String text() {
            return text;
        }

        /** Whether what was there before the change still tells something of what is now. */
        boolean gradual() {
            return this == DRIFT || this == SHAPE;
        }
    }
}
