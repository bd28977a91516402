package org.plateau.equilibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The promises of docs/EQUILIBRATION.md, over few runs with fixed seeds. */
class MonteCarloTest {

    private final MonteCarlo many = new MonteCarlo(400);
    private final MonteCarlo some = new MonteCarlo(100);
    private final MonteCarlo few = new MonteCarlo(20);

    @Test
    void rarelyClaimsWhileItDriftsByJustTheTolerance() {
        for (double correlation : MonteCarlo.CORRELATIONS) {
            double wrong = (correlation > 0.8 ? some : many).wrongClaims(correlation, 0.5, 500);
            assertTrue(wrong <= 0.01, correlation + ": " + wrong);
        }
        assertTrue(many.wrongClaims(0, 1, 500) <= 0.01);
        assertTrue(many.wrongClaims(0.5, 2, 100) <= 0.01);
    }

    @Test
    void neverClaimsDuringARelaxationWithinTheHorizon() {
        assertEquals(0, some.relaxation(0, 0.5, 20, 300).early());
        assertEquals(0, some.relaxation(0.5, 0.5, 20, 1000).early());
        assertEquals(0, some.twoTimes(0));
    }

    @Test
    void claimsAboutAsSoonAsAnyHonestTestCan() {
        for (double correlation : MonteCarlo.CORRELATIONS) {
            MonteCarlo m = correlation > 0.8 ? few : some;
            assertTrue(m.delay(correlation, 0.5, 0.5) <= 650 * (m == few ? 1.15 : 1.05));
            assertTrue(m.delay(correlation, 1, 0.5) <= 200);
        }
    }

    @Test
    void claimsSoonAfterATransient() {
        assertTrue(some.relaxation(0, 0.5, 20, 300).settled() <= 2900);
        assertTrue(some.relaxation(0.5, 0.5, 20, 300).settled() <= 4000);
        MonteCarlo.Relaxed fast = some.relaxation(0, 0.5, 20, 30);
        assertTrue(fast.settled() <= 1300 && Math.abs(fast.startError()) <= 30, fast.toString());
    }

    /** As strict as errs in 1 % of the drifts of just the tolerance: EQUILIBRATION_MEASURED.md. */
    @Test
    void isSoonerThanChoderasRuleMadeAsStrict() {
        double strict = 1441;
        EquilibrationSettings told = MonteCarlo.tolerating(0.5).withHorizon(1000);
        for (ComparedSeries kind : ComparedSeries.all(0.5, 1000)) {
            if (!List.of("steady, correlation 0.5", "cycle of 6", "50 % missing")
                    .contains(kind.name())) {
                continue;
            }
            double[] ours =
                    MonteCarlo.each(
                                    i -> {
                                        double[] x = kind.series().apply(MonteCarlo.seeded(i));
                                        double claim = MonteCarlo.course(told, x).settled();
                                        return claim
                                                / ComparedRule.claim(
                                                        ComparedRule.CHODERA.looks(x), strict);
                                    },
                                    9)
                            .mapToDouble(Double::doubleValue)
                            .sorted()
                            .toArray();
            assertTrue(ours[4] < 0.9, kind.name() + ": " + ours[4]);
        }
    }

    @Test
    void rarelyTakesATrueClaimBack() {
        for (double tolerance : new double[] {0.5, 1, 3}) {
            double wrong = some.wrongRevocations(0, tolerance);
            assertTrue(wrong <= 0.1, tolerance + ": " + wrong);
        }
        assertTrue(few.wrongRevocations(0.9, 0.5) <= 0.1);
    }

    @Test
    void takesAClaimBackSoonAfterAStep() {
        assertTrue(few.stepSeenAfter(0, 0.5, 1) <= 60);
        assertTrue(few.stepSeenAfter(0, 0.5, 4) <= 15);
        assertTrue(few.stepSeenAfter(0.9, 0.5, 2) <= 40);
    }

    @Test
    void followsAnOscillationThatTheBatchesNoLongerShow() {
        MonteCarlo.Course[] all =
                few.courses(
                        EquilibrationSettings.DEFAULT,
                        r -> Noise.oscillation(Noise.autoregressive(r, 0, 20_000), 2, 6.37, 0));
        Arrays.stream(all)
                .forEach(
                        c -> {
                            assertEquals(0, c.revocations());
                            assertEquals("cyclic", c.last().name());
                            double period = ((Verdict.Cyclic) c.last()).period();
                            assertEquals(6.37, period, 0.001);
                        });
    }

    @Test
    void takesAClaimBackWhenACycleSetsIn() {
        MonteCarlo.Course[] all =
                few.courses(
                        EquilibrationSettings.DEFAULT,
                        r -> Noise.oscillation(Noise.autoregressive(r, 0, 6000), 2, 37, 3000));
        Arrays.stream(all)
                .forEach(
                        c -> {
                            assertTrue(c.revoked() > 3000 && c.revoked() < 4000, c.toString());
                            assertEquals("cyclic", c.last().name());
                        });
    }

    @Test
    void aCycleOnADriftOfTheToleranceIsNeverCalledSteady() {
        EquilibrationSettings told = MonteCarlo.tolerating(0.5).withHorizon(1000);
        for (double period : new double[] {3.3, 10, 37}) {
            MonteCarlo.Course[] all =
                    some.courses(
                            told,
                            r ->
                                    Noise.line(
                                            Noise.oscillation(
                                                    Noise.autoregressive(r, 0, 1500), 2, period, 0),
                                            0.5 / 1000));
            double wrong = MonteCarlo.share(all, c -> c.settled() < MonteCarlo.Course.NEVER);
            assertTrue(wrong <= 0.01, period + ": " + wrong);
        }
    }

    @Test
    void aShortCycleIsKnownForOneAlthoughTheDriftIsClearOnlyLater() {
        MonteCarlo.Course[] all =
                few.courses(
                        MonteCarlo.tolerating(0.5),
                        r -> Noise.oscillation(Noise.autoregressive(r, 0, 4000), 2, 6.37, 0));
        assertEquals(1, MonteCarlo.share(all, c -> c.last() instanceof Verdict.Cyclic));
        assertEquals(0, MonteCarlo.share(all, c -> c.revocations() > 0));
    }

    @Test
    void aNoiseFreeCycleIsCalledOneAndOnADriftIsNot() {
        EquilibrationSettings told = MonteCarlo.tolerating(0.5).withHorizon(1000);
        MonteCarlo.Course still =
                MonteCarlo.course(told, Noise.oscillation(new double[1000], 2, 37.3, 0));
        assertEquals("cyclic", still.last().name());
        double[] rising = Noise.line(Noise.oscillation(new double[3000], 2, 37.3, 0), 0.53 / 1000);
        assertEquals(MonteCarlo.Course.NEVER, MonteCarlo.course(told, rising).settled());
    }

    @Test
    void regularSpikesAtTheStartAreNoCycle() {
        MonteCarlo.Course[] all =
                few.courses(
                        EquilibrationSettings.DEFAULT,
                        r -> Noise.spikes(Noise.autoregressive(r, 0, 3000), 50, 60));
        assertEquals(0, MonteCarlo.share(all, c -> c.cyclic() < MonteCarlo.Course.NEVER));
        assertEquals(60, MonteCarlo.quantile(all, MonteCarlo.Course::since, 0.5), 10);
    }

    @Test
    void seesAnOffsetMillionsOfTimesItsNoise() {
        MonteCarlo.Course[] all =
                few.courses(
                        EquilibrationSettings.DEFAULT,
                        r -> Noise.scaled(Noise.autoregressive(r, 0, 3000), 1e-3, 1e6));
        MonteCarlo.Course[] plain =
                few.courses(EquilibrationSettings.DEFAULT, r -> Noise.autoregressive(r, 0, 3000));
        for (int i = 0; i < all.length; i++) {
            assertEquals(plain[i].settled(), all[i].settled());
        }
    }

    @Test
    void copesWithHalfTheSamplesMissing() {
        MonteCarlo.Course[] all =
                few.courses(
                        MonteCarlo.tolerating(0.5),
                        r -> Noise.missing(r, Noise.autoregressive(r, 0, 4000), 0.5));
        assertTrue(MonteCarlo.quantile(all, MonteCarlo.Course::settled, 0.5) < 2000);
    }

    @Test
    void keepsItsStateWithinEightKilobytes() {
        EquilibrationTest test = new EquilibrationTest(EquilibrationSettings.DEFAULT);
        int most = 0;
        double[] x = Noise.autoregressive(MonteCarlo.seeded(1), 0.5, 3000);
        for (int i = 0; i < x.length; i++) {
            test.add(i, x[i]);
            most = Math.max(most, test.save().length);
        }
        assertTrue(most <= 8192, most + " bytes");
    }

    @Test
    @Tag("long")
    void printsTheWholeTable() {
        MonteCarlo.main(new String[] {"400"});
    }
}
