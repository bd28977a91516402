package org.plateau.equilibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class EquilibrationTestTest {

    private static EquilibrationTest fed(
            EquilibrationSettings settings, int samples, IntToDoubleFunction series) {
        EquilibrationTest test = new EquilibrationTest(settings);
        for (int i = 0; i < samples; i++) {
            test.add(i, series.applyAsDouble(i));
        }
        return test;
    }

    @Test
    void saysInsufficientBeforeTheFirstLook() {
        Verdict verdict = fed(EquilibrationSettings.DEFAULT, 63, i -> i % 7).verdict();
        assertEquals("insufficient", verdict.name());
    }

    @Test
    void callsWhiteNoiseEquilibrated() {
        Random random = new Random(1);
        Verdict verdict =
                fed(EquilibrationSettings.DEFAULT, 3000, i -> 5 + random.nextGaussian()).verdict();
        Verdict.Equilibrated e = assertInstanceOf(Verdict.Equilibrated.class, verdict);
        assertEquals(5, e.mean(), 4 * e.standardError());
        assertEquals(1, e.inefficiency(), 0.4);
        assertTrue(e.since() < 1500, e.toString());
    }

    @Test
    void callsASteepLineDrifting() {
        Random random = new Random(2);
        Verdict verdict =
                fed(
                                EquilibrationSettings.DEFAULT.withTolerance(0.1, 0),
                                2000,
                                i -> 0.01 * i + random.nextGaussian())
                        .verdict();
        Verdict.Drifting d = assertInstanceOf(Verdict.Drifting.class, verdict);
        assertEquals(10, d.drift(), 0.5);
    }

    @Test
    void callsANoiseFreeRelaxationEquilibratedOnceItIsOver() {
        EquilibrationSettings settings =
                EquilibrationSettings.DEFAULT.withTolerance(1, 0).withHorizon(100);
        EquilibrationTest test = new EquilibrationTest(settings);
        int at = -1;
        for (int i = 0; i < 2000 && at < 0; i++) {
            test.add(i, 300 - 50 * Math.exp(-i / 50.0));
            at = test.verdict() instanceof Verdict.Equilibrated ? i : -1;
        }
        assertTrue(50 * Math.exp(-at / 50.0) <= 1, "called after " + at);
        assertTrue(at > 0 && at < 800, "called after " + at);
    }

    @Test
    void callsAConstantWithoutToleranceDegenerate() {
        Verdict verdict = fed(EquilibrationSettings.DEFAULT, 2000, i -> 288.15).verdict();
        assertEquals(new Verdict.Degenerate(288.15), verdict);
    }

    @Test
    void callsAConstantWithAToleranceEquilibrated() {
        Verdict verdict =
                fed(EquilibrationSettings.DEFAULT.withTolerance(1, 0), 2000, i -> 288.15).verdict();
        Verdict.Equilibrated e = assertInstanceOf(Verdict.Equilibrated.class, verdict);
        assertEquals(288.15, e.mean());
    }

    private static double relaxing(int i) {
        return (float) (300 - 20 * Math.exp(-i / 200.0));
    }

    @Test
    void aNoiseFreeRelaxationWithoutToleranceEndsEquilibratedAtThePrecisionOfItsNumbers() {
        EquilibrationTest test = new EquilibrationTest(EquilibrationSettings.DEFAULT);
        int at = -1;
        for (int i = 0; i < 10_000; i++) {
            test.add(i, relaxing(i));
            assertTrue(
                    at < 0 || test.verdict() instanceof Verdict.Equilibrated,
                    i + ": " + test.verdict());
            at = at < 0 && test.verdict().settled() ? i : at;
        }
        assertTrue(at > 0 && Math.abs(300 - relaxing(at)) <= 300 * 0x1p-23, "called after " + at);
        assertEquals(300 * 0x1p-23, test.estimates().orElseThrow().tolerance(), 1e-9);
    }

    @Test
    void aNoiseFreeRelaxationIsWarmingUpWhileItGoesOn() {
        for (int samples : new int[] {100, 400, 1500}) {
            Verdict verdict =
                    fed(EquilibrationSettings.DEFAULT, samples, EquilibrationTestTest::relaxing)
                            .verdict();
            assertEquals("warming-up", verdict.name(), samples + " samples");
        }
    }

    @Test
    void aNoiseFreeDriftIsCalledDriftingWithAndWithoutATolerance() {
        for (double tolerance : new double[] {0, 0.5}) {
            Verdict verdict =
                    fed(
                                    EquilibrationSettings.DEFAULT
                                            .withTolerance(tolerance, 0)
                                            .withHorizon(600),
                                    3000,
                                    i -> (float) (300 + 0.01 * i))
                            .verdict();
            Verdict.Drifting d = assertInstanceOf(Verdict.Drifting.class, verdict);
            assertEquals(10, d.drift(), 0.01);
        }
    }

    @Test
    void aNoiseFreeDriftWithinTheToleranceOverTheHorizonIsEquilibrated() {
        Verdict verdict =
                fed(
                                EquilibrationSettings.DEFAULT
                                        .withTolerance(0.5, 0)
                                        .withHorizon(600),
                                3000,
                                i -> 300 + 1e-4 * i)
                        .verdict();
        assertInstanceOf(Verdict.Equilibrated.class, verdict);
    }

    @Test
    void aNoiseFreeOscillationIsCyclicWithAndWithoutATolerance() {
        for (double tolerance : new double[] {0, 0.5}) {
            Verdict verdict =
                    fed(
                                    EquilibrationSettings.DEFAULT.withTolerance(tolerance, 0),
                                    3000,
                                    i -> (float) (300 + 2 * Math.sin(2 * Math.PI * i / 37.3)))
                            .verdict();
            Verdict.Cyclic c = assertInstanceOf(Verdict.Cyclic.class, verdict);
            assertEquals(37.3, c.period(), 0.2);
        }
    }

    @Test
    void aNoiseFreeSeriesThatNeverMovedIsDegenerateAndOneThatCameToRestIsNot() {
        assertInstanceOf(
                Verdict.Degenerate.class,
                fed(EquilibrationSettings.DEFAULT, 1000, i -> 0).verdict());
        Verdict verdict = fed(EquilibrationSettings.DEFAULT, 1000, i -> i < 100 ? 3 : 5).verdict();
        Verdict.Equilibrated e = assertInstanceOf(Verdict.Equilibrated.class, verdict);
        assertEquals(5, e.mean());
        assertTrue(e.first() >= 100, e.toString());
    }

    @Test
    void whatCameToRestIsRevokedWhenItMovesAgain() {
        EquilibrationTest test =
                fed(
                        EquilibrationSettings.DEFAULT,
                        9000,
                        i -> i < 8500 ? relaxing(i) : relaxing(i) + 0.01 * (i - 8500));
        assertEquals("revoked", test.verdict().name());
    }

    @Test
    void aNoiseFreeSeriesGoesOnFromASavedState() {
        EquilibrationSettings settings = EquilibrationSettings.DEFAULT;
        EquilibrationTest whole = new EquilibrationTest(settings);
        EquilibrationTest parts = new EquilibrationTest(settings);
        for (int i = 0; i < 7000; i++) {
            whole.add(i, relaxing(i));
            parts.add(i, relaxing(i));
            assertEquals(whole.verdict(), parts.verdict());
            if (i % 7 == 0) {
                parts = EquilibrationTest.restore(settings, parts.save());
            }
        }
        assertInstanceOf(Verdict.Equilibrated.class, whole.verdict());
    }

    @Test
    void takesItBackWhenTheLevelSteps() {
        Random random = new Random(3);
        EquilibrationTest test =
                fed(
                        EquilibrationSettings.DEFAULT,
                        5200,
                        i -> (i < 5000 ? 0 : 2) + random.nextGaussian());
        Verdict.Revoked r = assertInstanceOf(Verdict.Revoked.class, test.verdict());
        assertTrue(r.at() < 5100, r.toString());
    }

    @Test
    void goesOnFromASavedStateAsIfNothingHadHappened() {
        Random random = new Random(4);
        EquilibrationSettings settings = EquilibrationSettings.DEFAULT;
        EquilibrationTest whole = new EquilibrationTest(settings);
        EquilibrationTest parts = new EquilibrationTest(settings);
        for (int i = 0; i < 4000; i++) {
            double value = i % 10 == 3 ? Double.NaN : (i < 3000 ? 0 : 3) + random.nextGaussian();
            whole.add(i, value);
            parts.add(i, value);
            assertEquals(whole.verdict(), parts.verdict());
            if (i % 7 == 0) {
                byte[] state = parts.save();
                assertTrue(state.length <= 8192, "state of " + state.length + " bytes");
                parts = EquilibrationTest.restore(settings, state);
            }
        }
    }

    @Test
    void goesOnFromASavedStateAlsoWhileItFollowsAnOscillation() {
        Random random = new Random(8);
        EquilibrationSettings settings = MonteCarlo.tolerating(0.5);
        EquilibrationTest whole = new EquilibrationTest(settings);
        EquilibrationTest parts = new EquilibrationTest(settings);
        for (int i = 0; i < 4000; i++) {
            double cycle = i < 2500 ? 2 * Math.sin(2 * Math.PI * i / 6.37) : 0;
            double value = cycle + 5 * Math.exp(-i / 60.0) + random.nextGaussian();
            whole.add(i, value);
            parts.add(i, value);
            assertEquals(whole.verdict(), parts.verdict());
            if (i == 2400) {
                assertInstanceOf(Verdict.Cyclic.class, whole.verdict());
            }
            if (i % 5 == 0) {
                byte[] state = parts.save();
                assertTrue(state.length <= 8192, "state of " + state.length + " bytes");
                parts = EquilibrationTest.restore(settings, state);
            }
        }
    }

    @Test
    void aSteadySeriesStaysEquilibratedOverAJumpAheadInTime() {
        Random random = new Random(6);
        EquilibrationTest test =
                fed(EquilibrationSettings.DEFAULT, 3000, i -> 5 + random.nextGaussian());
        Verdict.Equilibrated before = assertInstanceOf(Verdict.Equilibrated.class, test.verdict());
        for (int i = 3000; i < 3500; i++) {
            test.add(i + 1000, 5 + random.nextGaussian());
        }
        Verdict.Equilibrated after = assertInstanceOf(Verdict.Equilibrated.class, test.verdict());
        assertEquals(5, after.mean(), 4 * after.standardError());
    }

    @Test
    void outputsAtIrregularIntervalsDriftAsModelTimeGoes() {
        Random random = new Random(7);
        EquilibrationTest test =
                new EquilibrationTest(EquilibrationSettings.DEFAULT.withTolerance(0.1, 0));
        double time = 0;
        for (int i = 0; i < 2000; i++) {
            time += 0.1 + 1.8 * random.nextDouble();
            test.add(time, 0.01 * time + random.nextGaussian());
        }
        Verdict.Drifting d = assertInstanceOf(Verdict.Drifting.class, test.verdict());
        assertEquals(10, d.drift(), 0.5);
    }

    @Test
    void aSeriesThatAlternatesHasHalfItsRangeForAmplitude() {
        Verdict verdict =
                fed(EquilibrationSettings.DEFAULT, 1500, i -> i % 2 == 0 ? 3 : 5).verdict();
        Verdict.Cyclic c = assertInstanceOf(Verdict.Cyclic.class, verdict);
        assertEquals(2, c.period(), 0.01);
        assertEquals(1, c.amplitude(), 0.01);
    }

    @Test
    void whereNothingValidComesItTakesAsManyMoreAsALookNeeds() {
        EquilibrationTest test = fed(EquilibrationSettings.DEFAULT, 70, i -> Double.NaN);
        Verdict.Insufficient v = assertInstanceOf(Verdict.Insufficient.class, test.verdict());
        assertTrue(v.samplesNeeded() >= 14, v.toString());
    }

    /** A verdict's numbers change at looks alone, once one has been made. */
    @Test
    void looksComeEverMoreRarely() {
        EquilibrationTest test = new EquilibrationTest(EquilibrationSettings.DEFAULT);
        double[] x = Noise.autoregressive(MonteCarlo.seeded(5), 0, 100_000);
        Verdict before = null;
        int[] looks = new int[2];
        for (int i = 0; i < x.length; i++) {
            test.add(i, x[i]);
            looks[i < 10_000 ? 0 : 1] += test.verdict().equals(before) ? 0 : 1;
            before = test.verdict();
        }
        double growing = Math.log(10_000 / 64.0) / Math.log(1.05);
        assertTrue(looks[0] <= 64 + growing + 2, looks[0] + " up to 10,000 samples");
        assertTrue(looks[1] <= Math.log(10) / Math.log(1.05) + 2, looks[1] + " after them");
    }

    @Test
    void refusesTimeThatGoesBack() {
        EquilibrationTest test = fed(EquilibrationSettings.DEFAULT, 10, i -> i);
        assertThrows(IllegalArgumentException.class, () -> test.add(5, 1));
    }
}
