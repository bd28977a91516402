package org.plateau.training;

import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.network.NetworkDescriptor;
import org.plateau.regimes.RegimeScores;

/** The targets of the network's outputs: computed scores, and nothing recognised after them. */
final class Labels {

    static final int COUNT = NetworkDescriptor.knownOutputs().size();

    private Labels() {}

    /** What a map of noise shows: nothing, whatever the formulas find in it. */
    static float[] nothing() {
        float[] labels = new float[COUNT];
        labels[COUNT - 1] = 1;
        return labels;
    }

    static float[] of(LevelMap map, PlanetScales scales) {
        double[] scores = RegimeScores.of(map, scales);
        float[] labels = new float[COUNT];
        for (int k = 0; k < scores.length; k++) {
            labels[k] = (float) scores[k];
        }
        labels[COUNT - 1] = (float) RegimeScores.nothing(scores);
        return labels;
    }
}
