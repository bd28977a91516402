package org.plateau.classify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plateau.assembly.Absence;
import org.plateau.assembly.Step;
import org.plateau.field.LevelMap;
import org.plateau.field.TimeUnits;
import org.plateau.metrics.Metrics;
import org.plateau.network.Classification;
import org.plateau.regimes.Regime;
import org.plateau.results.LevelFields;

/**
 * A step's maps on their way to labels and metrics, one of each per map that is no gap.
 *
 * @param step with its maps
 * @param labels none before the network has seen them
 * @param metrics the same
 */
record LabelledMaps(PreparedStep step, List<Classification> labels, List<double[]> metrics) {

    /** As the journal keeps it; the levels must be known. */
    LabelledStep labelled(Frame frame) {
        Step of = step.step();
        LabelledStep labelled =
                LabelledStep.empty(
                        time(of, frame),
                        of.time().seconds() / 86400,
                        of.time().key(),
                        frame.levels(),
                        Regime.values().length,
                        Metrics.list().size());
        if (step.maps().isEmpty()) {
            // given up before the first map, when nobody knew how many levels there are
            Absence why = of.complete() ? Absence.GRIDS_DIFFER : of.absence();
            Arrays.fill(labelled.gap(), (byte) why.ordinal());
        }
        int label = 0;
        for (int level = 0; level < step.maps().size(); level++) {
            labelled.gap()[level] = (byte) step.gaps()[level].ordinal();
            if (step.maps().get(level) != null) {
                fill(labelled, level, label++);
            }
        }
        return labelled;
    }

    private static double time(Step step, Frame frame) {
        return frame.timeUnits().equals(step.time().units().text())
                ? step.time().value()
                : TimeUnits.of(frame.timeUnits(), step.time().units().calendar())
                        .value(step.time().seconds());
    }

    private void fill(LabelledStep labelled, int level, int label) {
        double[] values = metrics.get(label);
        Classification c = labels.get(label);
        int regimes = c.probabilities().length;
        System.arraycopy(c.probabilities(), 0, labelled.probability(), level * regimes, regimes);
        labelled.nothing()[level] = c.nothing();
        labelled.unlike()[level] = c.unlike();
        System.arraycopy(values, 0, labelled.metrics(), level * values.length, values.length);
    }

    /** The maps as results show the latest ones. */
    List<LevelFields> fields(double time) {
        List<LevelFields> fields = new ArrayList<>();
        for (int level = 0; level < step.maps().size(); level++) {
            LevelMap map = step.maps().get(level);
            if (map != null) {
                fields.add(new LevelFields(level, time, map.temperature(), map.u(), map.v()));
            }
        }
        return fields;
    }
}
