package org.plateau.equilibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the test promises of noise that is no first-order autoregression, and of its cycles. */
class OtherNoiseTest {

    private static final EquilibrationSettings ONE = MonteCarlo.tolerating(1);
    private static final EquilibrationSettings HALF = MonteCarlo.tolerating(0.5);
    private final MonteCarlo few = new MonteCarlo(20);

    private double revocations(
            EquilibrationSettings settings, Function<Random, double[]> series, int changes) {
        MonteCarlo.Course[] all = few.courses(settings, series);
        return Arrays.stream(all).mapToInt(c -> c.revocations() - changes).average().orElseThrow();
    }

    /** One that is taken for independent is claimed after seven inefficiencies. */
    @Test
    void noiseThatLastsBeneathFasterNoiseIsSeenAndWaitedFor() {
        OtherNoise slow = OtherNoise.slow(0.2, 0.98);
        MonteCarlo.Course[] all = few.courses(ONE, r -> slow.series().apply(r, 6000));
        double waited = MonteCarlo.quantile(all, MonteCarlo.Course::settled, 0.5);
        assertTrue(waited > 14 * slow.inefficiency(), waited / slow.inefficiency() + " g");
    }

    @Test
    void aSlowPartThatIsHardToSeeIsTakenForSteadyInFewerRuns() {
        double wrong = NoiseTable.wrongClaims(OtherNoise.slow(0.05, 0.995), 1, 100);
        assertTrue(wrong <= 0.2, wrong + " of the runs");
    }

    @Test
    void burstsOfHeavyTailedNoiseTakeNoClaimBack() {
        assertTrue(revocations(HALF, r -> OtherNoise.student(r, 10_000), 0) <= 0.1);
        assertTrue(revocations(HALF, r -> OtherNoise.spiked(r, 10_000), 0) <= 0.1);
    }

    @Test
    void noiseThatAlternatesTakesNoClaimBack() {
        assertTrue(revocations(HALF, r -> Noise.autoregressive(r, -0.9, 5000), 0) <= 0.1);
    }

    @Test
    void aSampleThatIsNoneOfTheSeriesTakesTheClaimBackAndIsForgotten() {
        MonteCarlo.Course[] all =
                few.courses(
                        EquilibrationSettings.DEFAULT,
                        r -> {
                            double[] x = Noise.autoregressive(r, 0, 8000);
                            x[5000] = 1e20;
                            return x;
                        });
        for (MonteCarlo.Course c : all) {
            assertEquals(1, c.revocations());
            Verdict.Equilibrated e = assertInstanceOf(Verdict.Equilibrated.class, c.last());
            assertEquals(0, e.mean(), 6 * e.standardError());
        }
    }

    @Test
    void noiseThatBecomesTwiceAsStrongTakesTheClaimBack() {
        MonteCarlo.Course[] all =
                few.courses(
                        HALF,
                        r -> {
                            double[] x = Noise.autoregressive(r, 0, 7000);
                            for (int i = 5000; i < x.length; i++) {
                                x[i] *= 2;
                            }
                            return x;
                        });
        assertEquals(1, MonteCarlo.share(all, c -> c.revoked() > 5000 && c.revoked() < 7000));
        assertTrue(MonteCarlo.quantile(all, MonteCarlo.Course::revoked, 0.5) < 5900);
    }

    /** Its looks come sooner after one another than three of its periods. */
    @Test
    void aLongCycleThatEndsIsTakenBack() {
        MonteCarlo.Course[] all =
                few.courses(
                        EquilibrationSettings.DEFAULT,
                        r -> {
                            double[] x = Noise.autoregressive(r, 0, 10_000);
                            double[] cycle = Noise.oscillation(new double[5000], 2, 300, 0);
                            for (int i = 0; i < cycle.length; i++) {
                                x[i] += cycle[i];
                            }
                            return x;
                        });
        for (MonteCarlo.Course c : all) {
            assertTrue(c.cyclic() < 5000, c.toString());
            assertTrue(c.revoked() > 5000 && c.revoked() < 10_000, c.toString());
        }
    }

    @Test
    void aLongCycleThatGoesOnIsNotTakenBack() {
        assertEquals(
                0,
                revocations(
                        EquilibrationSettings.DEFAULT,
                        r -> Noise.oscillation(Noise.autoregressive(r, 0, 10_000), 2, 300, 0),
                        0));
    }

    @Test
    void theNumbersOfACycleAreThoseOfWhatIsLeftWithoutIt() {
        int right = 0;
        for (double period : new double[] {10, 100, 1000}) {
            for (int run = 0; run < 20; run++) {
                double[] x = Noise.autoregressive(MonteCarlo.seeded(run), 0, 12_000);
                EquilibrationTest test = new EquilibrationTest(EquilibrationSettings.DEFAULT);
                Noise.oscillation(x, 2, period, 0);
                for (int i = 0; i < x.length; i++) {
                    test.add(i, x[i]);
                }
                assertInstanceOf(Verdict.Cyclic.class, test.verdict());
                Estimates e = test.estimates().orElseThrow();
                assertTrue(e.standardError() < 0.06, "white noise alone: 0.009; " + e);
                assertTrue(e.driftBound() <= e.tolerance(), e.toString());
                right += Math.abs(e.mean()) <= 1.96 * e.standardError() ? 1 : 0;
            }
        }
        assertTrue(right >= 50, right + " of 60 means within their error");
    }

    @Test
    void theBoundOfWhatCameToRestIsTheOneByWhichItPassed() {
        EquilibrationTest test = new EquilibrationTest(HALF.withHorizon(1000));
        for (int i = 0; i < 30_000; i++) {
            test.add(i, 300 + 20 / (1 + i / 100.0));
        }
        Verdict.Equilibrated v = assertInstanceOf(Verdict.Equilibrated.class, test.verdict());
        Estimates e = test.estimates().orElseThrow();
        assertTrue(e.driftBound() <= 0.5, e.toString());
        assertTrue(v.driftBound() <= 0.5, v.toString());
    }

    @Test
    @Tag("long")
    void printsTheTable() {
        NoiseTable.main(new String[] {"200"});
    }
}
