package org.plateau.equilibration;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The online test of one series: one metric at one level.
 *
 * <p>Samples are taken one by one at a constant amortised cost; looks at the series happen at
 * {@link EquilibrationSettings#minimumSamples()} and then whenever it has grown by a twentieth. A
 * claim takes {@value #CONFIRMATIONS} passing looks that span a tenth of the samples; it is taken
 * back after two clear failures or when the level changes. Not thread-safe.
 */
public final class EquilibrationTest {

    /** Passing looks that a claim takes. */
    static final int CONFIRMATIONS = 3;

    private static final double GROWTH = 1.05;
    private static final double SPANNING = 1.1;
    private static final double SHARE = 0.2;
    private static final int VERSION = 1;
    private static final int FIXED_BYTES = 5 * 4 + 7 * 8;

    private final EquilibrationSettings settings;
    private final Batches batches = new Batches();
    private final LevelWatch watch = new LevelWatch();
    private Verdict verdict = new Verdict.Insufficient(0, 0);
    private double lastTime = Double.NEGATIVE_INFINITY;
    private long seen;
    private long nextLook;
    private int passes;
    private long firstPass;
    private int failures;
    private int feasibleLooks;
    private int revocations;
    private long claimed = -1;
    private long sinceSample;
    private long steadiest;

    public EquilibrationTest(EquilibrationSettings settings) {
        this.settings = settings;
        nextLook = settings.minimumSamples();
    }

    /** What the series is called after the samples so far. */
    public Verdict verdict() {
        return verdict;
    }

    /**
     * The numbers over the series as it would be retained now, whatever the verdict; empty while
     * there are fewer than {@value EquilibrationSettings#FEWEST_SAMPLES} batches. Computed at each
     * call.
     */
    public Optional<Estimates> estimates() {
        int from = 0;
        if (claimed >= 0) {
            from = claimedBatch();
        } else {
            Retained all = new Retained(batches, 0);
            int start = all.count < 2 ? 0 : StartSearch.start(all);
            from = all.count < 2 ? 0 : all.position[start < 0 ? all.count / 2 : start];
        }
        Retained kept = new Retained(batches, from);
        if (kept.count < EquilibrationSettings.FEWEST_SAMPLES) {
            return Optional.empty();
        }
        long first = batches.first() + (long) from * batches.size();
        return Optional.of(Estimates.of(first, Assessment.of(kept, settings, tail())));
    }

    private int claimedBatch() {
        long offset = sinceSample - batches.first();
        return (int) ((offset + batches.size() - 1) / batches.size());
    }

    /** Samples seen so far, missing ones included. */
    public long samples() {
        return seen;
    }

    /**
     * Takes the next sample.
     *
     * @param time model time in days, later than the last one's
     * @param value the metric; NaN or infinite: missing
     * @throws IllegalArgumentException if the time is not later than the last one's: a run that
     *     goes back in time is rebuilt from its journal
     */
    public void add(double time, double value) {
        if (!(time > lastTime) || Double.isInfinite(time)) {
            throw new IllegalArgumentException(
                    "expected a model time later than " + lastTime + ", got " + time);
        }
        lastTime = time;
        boolean valid = Double.isFinite(value);
        batches.add(time, valid ? value : Double.NaN);
        long sample = seen++;
        if (valid && claimed >= 0 && watch.add(sample, value)) {
            revoke(time, Verdict.Change.LEVEL, watch.changed());
        } else if (batches.samples() >= nextLook) {
            nextLook = Math.max(nextLook + 1, (long) Math.ceil(batches.samples() * GROWTH));
            look(time);
        }
    }

    private void look(double time) {
        Retained all = new Retained(batches, 0);
        if (claimed >= 0) {
            hold(time);
        } else if (all.count < EquilibrationSettings.FEWEST_SAMPLES) {
            pending(new Verdict.Insufficient(seen, 0));
        } else {
            judge(all);
        }
    }

    /** Looks at a series that has not been called steady. */
    private void judge(Retained all) {
        Laminar laminar = Laminar.of(all, settings);
        if (laminar.pass()) {
            passed(all, laminar.start(), laminar.bound());
            return;
        }
        int start = StartSearch.start(all);
        if (start < 0) {
            pending(new Verdict.WarmingUp());
            return;
        }
        Retained kept = new Retained(batches, all.position[start]);
        if (kept.constant()) {
            passes = 0;
            verdict = new Verdict.Degenerate(kept.origin);
            return;
        }
        Assessment a = Assessment.of(kept, settings, tail());
        if (a.feasible()) {
            feasibleLooks++;
        }
        if (a.pass() && kept.window() >= settings.window()) {
            passed(all, start, a.bound());
        } else {
            pending(shortOf(a, kept));
        }
    }

    /** The chance given to one look, of the chance given to all of them. */
    private double tail() {
        return settings.alpha() * SHARE;
    }

    private Verdict shortOf(Assessment a, Retained kept) {
        double perThousandDays = 1000 / a.horizon();
        if (a.effective() < Assessment.FEWEST_EFFECTIVE) {
            return new Verdict.Insufficient(seen, a.effective());
        }
        if (a.failure() == Verdict.Change.DRIFT) {
            return new Verdict.Drifting(a.drift() * perThousandDays, a.bound() * perThousandDays);
        }
        double growth = Math.max(SPANNING, a.growthNeeded(kept.window()));
        double length = kept.count * (double) batches.size();
        return new Verdict.Undecided(Math.ceil((growth - 1) * length));
    }

    private void pending(Verdict now) {
        passes = 0;
        if (revocations == 0 || !(verdict instanceof Verdict.Revoked)) {
            verdict = now;
        }
    }

    private void passed(Retained all, int start, double bound) {
        long n = batches.samples();
        if (passes++ == 0) {
            firstPass = n;
        }
        if (passes < CONFIRMATIONS || n < firstPass * SPANNING || n < steadiest) {
            return;
        }
        claimed = seen;
        failures = 0;
        int batch = all.position[start];
        sinceSample = batches.first() + (long) batch * batches.size();
        watch.reset();
        keep(new Retained(batches, batch), bound);
    }

    private void keep(Retained kept, double bound) {
        Assessment a = Assessment.of(kept, settings, tail());
        watch.hold(a, batches.samples());
        double since = kept.startTime - 0.5 * (batches.size() - 1) * kept.span() / span(kept);
        verdict =
                new Verdict.Equilibrated(
                        since, sinceSample, a.mean(), a.standardError(), a.inefficiency(), bound);
    }

    private double span(Retained kept) {
        int batchesSpanned = kept.position[kept.count - 1] - kept.position[0];
        return Math.max(1.0, (double) batchesSpanned * batches.size());
    }

    /** Looks at a series that has been called steady. */
    private void hold(double time) {
        Retained kept = new Retained(batches, claimedBatch());
        if (kept.count < EquilibrationSettings.FEWEST_SAMPLES) {
            return;
        }
        Assessment a = Assessment.of(kept, settings, tail());
        if (a.failure() == null) {
            failures = 0;
            keep(kept, a.bound());
        } else if (++failures >= 2) {
            revoke(time, a.failure(), -1);
        }
    }

    private void revoke(double time, Verdict.Change reason, long changedSample) {
        revocations++;
        if (revocations > 1) {
            steadiest = Math.max(2 * steadiest, seen - claimed);
        }
        double changed = time;
        if (changedSample >= 0) {
            int before = (int) ((changedSample - batches.first()) / batches.size());
            int dropped = Math.min(batches.full(), Math.max(0, before));
            changed = dropped < batches.full() ? batches.time(dropped) : time;
            batches.drop(dropped);
        }
        claimed = -1;
        passes = 0;
        feasibleLooks = 0;
        nextLook = Math.max(settings.minimumSamples(), batches.samples() + 1);
        verdict = new Verdict.Revoked(time, changed, reason);
    }

    /**
     * The state as bytes, at most 8 kB; {@link #restore} continues from it with the same verdicts.
     */
    public byte[] save() {
        int length = FIXED_BYTES + batches.bytes() + LevelWatch.BYTES + VerdictBytes.BYTES;
        ByteBuffer to = ByteBuffer.allocate(length);
        to.putInt(VERSION).putDouble(lastTime).putLong(seen).putLong(nextLook);
        to.putInt(passes).putLong(firstPass).putInt(failures).putInt(feasibleLooks);
        to.putInt(revocations).putLong(claimed).putLong(sinceSample).putLong(steadiest);
        batches.save(to);
        watch.save(to);
        VerdictBytes.save(verdict, to);
        return to.array();
    }

    /**
     * A test that continues from a saved state.
     *
     * @throws IllegalArgumentException if the bytes are not such a state
     */
    public static EquilibrationTest restore(EquilibrationSettings settings, byte[] state) {
        EquilibrationTest test = new EquilibrationTest(settings);
        try {
            test.read(ByteBuffer.wrap(state));
        } catch (java.nio.BufferUnderflowException e) {
            throw new IllegalArgumentException(
                    "expected a saved state of the equilibration test, got "
                            + state.length
                            + " bytes",
                    e);
        }
        return test;
    }

    private void read(ByteBuffer from) {
        int version = from.getInt();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "expected version " + VERSION + " of the saved state, got " + version);
        }
        lastTime = from.getDouble();
        seen = from.getLong();
        nextLook = from.getLong();
        passes = from.getInt();
        firstPass = from.getLong();
        failures = from.getInt();
        feasibleLooks = from.getInt();
        revocations = from.getInt();
        claimed = from.getLong();
        sinceSample = from.getLong();
        steadiest = from.getLong();
        batches.restore(from);
        watch.restore(from);
        verdict = VerdictBytes.restore(from);
    }
}
