package org.plateau.classify;

import java.util.List;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.network.Classification;
import org.plateau.network.Engine;
import org.plateau.regimes.RegimeScores;

/**
 * Labels by the computed scores from which the network was first taught, without a network: for
 * comparison, and where none is wanted.
 */
final class ComputedEngine implements Engine {
    @Override
    public List<Classification> classify(List<LevelMap> batch, PlanetScales scales) {
        return batch.stream().map(map -> classification(RegimeScores.of(map, scales))).toList();
    }

    private static Classification classification(double[] scores) {
        float[] probabilities = new float[scores.length];
        for (int k = 0; k < scores.length; k++) {
            probabilities[k] = (float) scores[k];
        }
        return new Classification(probabilities, (float) RegimeScores.nothing(scores), 0);
    }

    @Override
    public String description() {
        return "computed scores, no network";
    }

    @Override
    public Provenance provenance() {
        return new Provenance("", "computed", "cpu", "none", 1);
    }

    @Override
    public void close() {}
}
