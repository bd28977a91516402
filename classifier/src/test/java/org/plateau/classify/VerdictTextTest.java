package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.plateau.equilibration.Verdict;

class VerdictTextTest {
    @Test
    void aSteadySeriesSaysSinceWhenAtWhatValueAndHowSurely() {
        assertEquals(
                "steady for 45.50 d at 1284.21 +- 0.0012 K; at most 0.019 over the horizon",
                VerdictText.of(
                        new Verdict.Equilibrated(720000.5, 0, 1284.2147, 0.00115, 1.5, 0.0185),
                        "K",
                        720046));
    }

    @Test
    void aDriftIsGivenPerThousandDays() {
        assertEquals(
                "+12.3 m s-1 per 1000 d, at most 15.0 in size",
                VerdictText.of(new Verdict.Drifting(12.3, 15), "m s-1", 10));
    }

    @Test
    void tooFewOutputsSayHowManyMoreItTakes() {
        assertEquals(
                "20 outputs so far; about 44 more until anything can be said",
                VerdictText.of(new Verdict.Insufficient(20, 0, 44), "K", 1));
        assertEquals(
                "300 outputs, worth 12 independent ones; about 200 more until anything can be said",
                VerdictText.of(new Verdict.Insufficient(300, 12, 200), "K", 1));
    }

    @Test
    void whatMoreCannotDecideSaysSo() {
        assertEquals(
                "more of the same would not decide it",
                VerdictText.of(new Verdict.Undecided(Double.POSITIVE_INFINITY), "K", 1));
    }
}
