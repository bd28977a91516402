package org.plateau.equilibration;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The online test of one series: one metric at one level.
 *
 * <p>Samples are taken one by one at a constant amortised cost; looks at the series happen at
 * {@link EquilibrationSettings#minimumSamples()} and then whenever it has grown by a twentieth. A
 * claim takes {@value #CONFIRMATIONS} passing looks a twentieth of the samples apart; it is taken
 * back after two clear failures or when the level changes. Not thread-safe.
 */
public final class EquilibrationTest {

    /** Passing looks that a claim takes. */
    static final int CONFIRMATIONS = 2;

    private static final double GROWTH = 1.05;
    private static final double SPANNING = 1.05;
    private static final int VERSION = 1;
    private static final int FIXED_BYTES = 4 * 4 + 6 * 8;

    private final EquilibrationSettings settings;
    private final Batches batches = new Batches();
    private final Claim claim = new Claim();
    private Verdict verdict;
    private double firstTime;
    private double lastTime = Double.NEGATIVE_INFINITY;
    private long seen;
    private long nextLook;
    private int passes;
    private long firstPass;
    private int extrapolating;
    private int revocations;
    private long steadiest;

    public EquilibrationTest(EquilibrationSettings settings) {
        this.settings = settings;
        nextLook = settings.minimumSamples();
        verdict = new Verdict.Insufficient(0, 0, nextLook);
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
        Retained all = new Retained(batches, 0);
        if (all.count < EquilibrationSettings.FEWEST_SAMPLES) {
            return Optional.empty();
        }
        int start = StartSearch.of(all).first();
        int from =
                claim.stands()
                        ? batches.batchFrom(claim.first())
                        : all.position[start < 0 ? all.count / 2 : start];
        Retained kept = new Retained(batches, from);
        if (kept.count < EquilibrationSettings.FEWEST_SAMPLES / 2) {
            return Optional.empty();
        }
        double tail = levels().tail(kept.window() < settings.horizon());
        long first = claim.stands() ? claim.first() : batches.firstSample(from);
        EquilibrationSettings held =
                claim.stands() ? claim.held(settings, batches, kept) : settings;
        Assessment a = Assessment.of(kept, held, tail);
        return Optional.of(
                Estimates.of(
                        first,
                        claim.stands() ? claim.told(kept, a, held, batches.size(), levels()) : a));
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
        firstTime = seen == 0 ? time : firstTime;
        boolean valid = Double.isFinite(value);
        batches.add(time, valid ? value : Double.NaN);
        long sample = seen++;
        if (valid && claim.add(sample, value)) {
            double interval = (time - firstTime) / Math.max(1, sample);
            revoke(time, Verdict.Change.LEVEL, time - (sample - claim.changed()) * interval);
        } else if (batches.samples() >= nextLook) {
            nextLook = Math.max(nextLook + 1, (long) Math.ceil(batches.samples() * GROWTH));
            look(time);
        } else if (verdict instanceof Verdict.Insufficient v && v.effective() == 0) {
            double needed = Math.max(nextLook - batches.samples(), v.samplesNeeded() - 1);
            verdict = new Verdict.Insufficient(seen, 0, needed);
        }
    }

    private void look(double time) {
        Levels levels = levels();
        if (!claim.stands()) {
            judge(levels);
            return;
        }
        Claim.Held held = claim.hold(batches, settings, levels);
        if (held.change() != null) {
            revoke(time, held.change(), time);
        } else if (held.verdict() != null) {
            verdict = held.verdict();
        }
    }

    /** Looks at a series that has not been called steady. */
    private void judge(Levels levels) {
        Cycle followed = claim.followed(batches.size());
        Judgement now = Judgement.of(batches, settings, levels, followed);
        claim.follow(now.cycle(), batches.size(), now.mean());
        if (now.extrapolating()) {
            extrapolating++;
        }
        if (!now.pass()) {
            passes = 0;
            verdict = verdict instanceof Verdict.Revoked ? verdict : now.pending();
            return;
        }
        long n = batches.samples();
        if (passes++ == 0) {
            firstPass = n;
        }
        if (passes >= CONFIRMATIONS && n >= firstPass * SPANNING && n >= steadiest) {
            verdict = claim.make(now, seen, batches, settings, levels);
        }
    }

    private Levels levels() {
        return new Levels(settings.alpha(), extrapolating);
    }

    /**
     * Takes the claim back. After a drift the start is sought anew among all that there is; after
     * any other change nothing from before it is used again. A series that changes again and again
     * must hold longer each time.
     */
    private void revoke(double time, Verdict.Change reason, double changed) {
        revocations++;
        if (revocations > 1) {
            steadiest = Math.max(2 * steadiest, seen - claim.made());
        }
        claim.end(reason);
        passes = 0;
        extrapolating = 0;
        if (!reason.gradual()) {
            batches.restart(seen);
        }
        nextLook = Math.max(settings.minimumSamples(), batches.samples() + 1);
        verdict = new Verdict.Revoked(time, changed, reason);
    }

    /**
     * The state as bytes, at most 8 kB; {@link #restore} continues from it with the same verdicts.
     */
    public byte[] save() {
        int length = FIXED_BYTES + batches.bytes() + Claim.BYTES + VerdictBytes.BYTES;
        ByteBuffer to = ByteBuffer.allocate(length);
        to.putInt(VERSION).putDouble(firstTime).putDouble(lastTime).putLong(seen).putLong(nextLook);
        to.putInt(passes).putLong(firstPass).putInt(extrapolating);
        to.putInt(revocations).putLong(steadiest);
        batches.save(to);
        claim.save(to);
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
        firstTime = from.getDouble();
        lastTime = from.getDouble();
        seen = from.getLong();
        nextLook = from.getLong();
        passes = from.getInt();
        firstPass = from.getLong();
        extrapolating = from.getInt();
        revocations = from.getInt();
        steadiest = from.getLong();
        batches.restore(from);
        claim.restore(from);
        verdict = VerdictBytes.restore(from);
    }
}
