package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.plateau.metrics.Metrics;
import org.plateau.network.Workers;
import org.plateau.regimes.Regime;
import org.plateau.settings.SettingsFile;

class RunVerdictsTest {
    private final List<Object> journal = new ArrayList<>();
    private final Map<Integer, Double> pressures = new TreeMap<>();
    private final RunVerdicts verdicts =
            new RunVerdicts(
                    ClassifierSettings.read(
                                    SettingsFile.parse(
                                            "t.yaml",
                                            "equilibration: {variables: {psl: {absolute: 5}}}"))
                            .equilibration(),
                    new Workers(1, "levels"),
                    this::past,
                    (column, row) ->
                            pressures.put(row, column.values()[column.values().length - 1]));

    private void past(int before, RunVerdicts.Taker taker) {
        for (int entry = 0; entry < before; entry++) {
            if (journal.get(entry) instanceof LabelledStep step) {
                taker.step(entry, step);
            } else {
                taker.written(entry, (WrittenMean) journal.get(entry));
            }
        }
    }

    private void step(int day) throws IOException {
        LabelledStep step =
                LabelledStep.empty(day, day, day, 1, Regime.values().length, Metrics.list().size());
        journal.add(step);
        verdicts.add(journal.size() - 1, step);
    }

    private void pressure(int day) throws IOException {
        WrittenMean mean = new WrittenMean("psl", "hPa", day, day, 1000 + day);
        journal.add(mean);
        verdicts.add(journal.size() - 1, mean);
    }

    /** After a kill records are read again from before the last step. */
    @Test
    void aMeanThatIsReadAgainLeavesTheRowsThatWaitForTheNextOnes() throws IOException {
        verdicts.begin(
                new Frame(
                        "days since 2000-01-01",
                        "standard",
                        new double[] {1e4},
                        new double[] {86400}));
        step(1);
        pressure(1);
        step(2);
        pressure(2);
        pressure(1);
        pressure(2);
        pressure(3);
        assertEquals(Map.of(0, 1001.0, 1, 1002.0), pressures);
    }
}
