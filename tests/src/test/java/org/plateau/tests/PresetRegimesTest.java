package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.DoublePredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.regimes.Regime;
import org.plateau.results.Results;

/**
 * The pair of planets whose regimes differ by level as in the pictures that the project follows,
 * from the model through the hook to the figure: labelled by the network while they run, and by the
 * computed scores afterwards.
 */
@Tag("science")
@ExtendWith(Workplace.class)
class PresetRegimesTest {
    private static final double BAR = 1e5;

    @Test
    void theHotPlanetIsButterflyAboveAndBandedBelow(Path work) throws Exception {
        for (Results results : demonstrated(work, "hot")) {
            holds(results, Regime.BUTTERFLY, p -> p < 0.25 * BAR);
            holds(results, Regime.BANDED, p -> p > 0.9 * BAR);
        }
    }

    @Test
    void theCoolPlanetIsLockedAboveInvertedInTheMiddleAndInAsymmetricBandsBelow(Path work)
            throws Exception {
        for (Results results : demonstrated(work, "cool")) {
            holds(results, Regime.LOCKED, p -> p < 0.03 * BAR);
            holds(results, Regime.INVERTED, p -> p > 0.05 * BAR && p < 0.15 * BAR);
            holds(results, Regime.NOT_INVERTED, p -> p < 0.01 * BAR || p > 0.9 * BAR);
            holds(results, Regime.BANDED, p -> p > 0.9 * BAR);
            holds(results, Regime.ASYMMETRIC, p -> p > 0.9 * BAR);
        }
    }

    /** Results by the network and by the computed scores. */
    private static Results[] demonstrated(Path work, String preset) throws Exception {
        Path directory = work.resolve(preset);
        String demonstration = Workplace.home().resolve("slurm/demo.sh").toString();
        Program.in(
                        work,
                        demonstration,
                        "--no-setup",
                        "--preset",
                        preset,
                        "--directory",
                        directory.toString())
                .run(Duration.ofMinutes(5))
                .succeeded();
        assertTrue(
                Files.size(directory.resolve("plateau/categorisation-map.png")) > 0,
                "expected the categorisation map");
        Program.shell(
                        directory,
                        "{ cat plateau.yaml; printf 'classify:\\n  labels: computed\\n'; }"
                                + " >computed.yaml; plateau replay --settings computed.yaml"
                                + " minigcm.nc")
                .with("PLATEAU_RUN_DIRECTORY", directory.resolve("computed").toString())
                .run(Duration.ofMinutes(3))
                .succeeded();
        return new Results[] {
            new RunDirectory(directory.resolve("plateau")).results(),
            new RunDirectory(directory.resolve("computed")).results()
        };
    }

    /** At the end of the run the regime is there on every level of those pressures. */
    private static void holds(Results results, Regime regime, DoublePredicate pressures) {
        int last = results.outputs() - 1;
        boolean any = false;
        for (int level = 0; level < results.levels(); level++) {
            double pressure = results.pressure()[level];
            if (pressures.test(pressure)) {
                float probability = results.probability()[last][level][regime.ordinal()];
                any = true;
                assertTrue(
                        probability >= 0.5,
                        () -> regime + " at " + pressure / BAR + " bar: " + probability);
            }
        }
        assertTrue(any, "expected levels for " + regime);
    }
}
