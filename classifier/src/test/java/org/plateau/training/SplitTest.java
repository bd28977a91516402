package org.plateau.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.plateau.field.PlanetScales;

class SplitTest {

    @Test
    void everyRunIsInOnePartAndHeldOutPresetsInTheTestAlone() {
        List<TrainingRun> runs = runs("a", "a", "a", "a", "a", "b", "c", "hot", "hot", "earth");
        Split split = Split.of(runs, Set.of("hot"), Set.of("earth"), 1);
        Set<TrainingRun> seen = new HashSet<>();
        for (List<TrainingRun> part :
                List.of(split.train(), split.calibration(), split.test(), split.earth())) {
            part.forEach(run -> assertTrue(seen.add(run), run.name()));
        }
        assertEquals(new HashSet<>(runs), seen);
        assertTrue(split.presetsHeldOut());
        assertTrue(split.test().stream().allMatch(run -> run.preset().equals("hot")));
        assertEquals(2, split.test().size());
        assertEquals("earth", split.earth().get(0).preset());
    }

    @Test
    void aSweepOfOnePlanetHoldsRunsOutAndSaysSo() {
        Split split = Split.of(runs("a", "a", "a", "a", "a", "a"), Set.of("hot"), Set.of(), 1);
        assertFalse(split.presetsHeldOut());
        assertEquals(2, split.test().size());
    }

    @Test
    void tooFewRunsAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Split.of(runs("a", "hot"), Set.of("hot"), Set.of(), 1));
    }

    private static List<TrainingRun> runs(String... presets) {
        List<TrainingRun> runs = new ArrayList<>();
        for (String preset : presets) {
            runs.add(
                    new TrainingRun(
                            "run" + runs.size(), preset, PlanetScales.HD_209458B, List.of()));
        }
        return runs;
    }
}
