package org.plateau.equilibration;

import java.nio.ByteBuffer;

/** A verdict as bytes of one length, for the saved state of a test. */
final class VerdictBytes {

    private static final int NUMBERS = 6;
    static final int BYTES = 1 + NUMBERS * 8;

    private VerdictBytes() {}

    static void save(Verdict verdict, ByteBuffer to) {
        double[] n = numbers(verdict);
        to.put((byte) verdict.code());
        for (int i = 0; i < NUMBERS; i++) {
            to.putDouble(i < n.length ? n[i] : 0);
        }
    }

    private static double[] numbers(Verdict verdict) {
        if (verdict instanceof Verdict.Insufficient v) {
            return new double[] {v.samples(), v.effective(), v.samplesNeeded()};
        } else if (verdict instanceof Verdict.Undecided v) {
            return new double[] {v.samplesNeeded()};
        } else if (verdict instanceof Verdict.Drifting v) {
            return new double[] {v.drift(), v.bound()};
        } else if (verdict instanceof Verdict.Cyclic v) {
            return new double[] {v.since(), v.first(), v.period(), v.amplitude(), v.mean()};
        } else if (verdict instanceof Verdict.Equilibrated v) {
            return new double[] {
                v.since(), v.first(), v.mean(), v.standardError(), v.inefficiency(), v.driftBound()
            };
        } else if (verdict instanceof Verdict.Revoked v) {
            return new double[] {v.at(), v.changed(), v.reason().ordinal()};
        } else if (verdict instanceof Verdict.Degenerate v) {
            return new double[] {v.value()};
        }
        return new double[0];
    }

    static Verdict restore(ByteBuffer from) {
        int code = from.get();
        double[] n = new double[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            n[i] = from.getDouble();
        }
        return switch (code) {
            case 0 -> new Verdict.Insufficient((long) n[0], n[1], n[2]);
            case 1 -> new Verdict.WarmingUp();
            case 2 -> new Verdict.Undecided(n[0]);
            case 3 -> new Verdict.Drifting(n[0], n[1]);
            case 4 -> new Verdict.Cyclic(n[0], (long) n[1], n[2], n[3], n[4]);
            case 5 -> new Verdict.Equilibrated(n[0], (long) n[1], n[2], n[3], n[4], n[5]);
            case 6 -> new Verdict.Revoked(n[0], n[1], change((int) n[2]));
            case 7 -> new Verdict.Degenerate(n[0]);
            default ->
                    throw new IllegalArgumentException(
                            "expected a verdict of 0 to 7 in the saved state, got " + code);
        };
    }

    private static Verdict.Change change(int ordinal) {
        Verdict.Change[] all = Verdict.Change.values();
        if (ordinal < 0 || ordinal >= all.length) {
            throw new IllegalArgumentException(
                    "expected a reason of 0 to 4 in the saved state, got " + ordinal);
        }
        return all[ordinal];
    }
}
