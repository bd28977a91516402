package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.plateau.equilibration.EquilibrationSection;
import org.plateau.equilibration.Verdict;
import org.plateau.metrics.Metrics;
import org.plateau.network.Workers;
import org.plateau.results.Results;
import org.plateau.settings.SettingsFile;

class VerdictsTest {
    private static final int METRICS = Metrics.list().size();

    /** The model counts hours since a date 1,000 days after its calendar's origin. */
    private static LabelledStep step(int output, double first, double others) {
        double days = 1000 + output;
        LabelledStep step = LabelledStep.empty(24.0 * output, days, output, 1, 8, METRICS);
        java.util.Arrays.fill(step.metrics(), others);
        step.metrics()[0] = first;
        return step;
    }

    @Test
    void theStartOfASteadyPartIsGivenInTheUnitsOfTheResults() {
        EquilibrationSection section =
                EquilibrationSection.read(SettingsFile.parse("t", "{}").section("equilibration"));
        Verdicts verdicts =
                new Verdicts(
                        section, new double[] {86400}, Metrics.list(), new Workers(1, "levels"));
        Random random = new Random(3);
        for (int t = 0; t < 2000; t++) {
            double settling = 300 * Math.exp(-t / 20.0);
            verdicts.add(step(t, 1000 + settling + random.nextGaussian(), t));
        }
        assertEquals("equilibrated", verdicts.of(0, 0).name());
        Results.Steady mean = verdicts.steady()[0][0];
        assertEquals(1000, mean.mean(), 0.5);
        Verdict.Equilibrated told = (Verdict.Equilibrated) verdicts.inResultsTime(0, 0);
        assertEquals(mean.since(), told.since());
        assertTrue(mean.since() > 24 * 20 && mean.since() < 24 * 1000, "" + mean);
        assertTrue(mean.tolerance() > 0, "" + mean);
        Results.Steady drifting = verdicts.steady()[0][3];
        assertTrue(Double.isNaN(drifting.since()) && Double.isNaN(drifting.mean()));
        assertTrue(drifting.tolerance() > 0, "" + drifting);
    }
}
