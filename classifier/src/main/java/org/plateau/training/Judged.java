package org.plateau.training;

import java.util.ArrayList;
import java.util.List;
import org.plateau.field.LevelMap;
import org.plateau.network.EncodedMaps;
import org.plateau.network.Likeness;
import org.plateau.network.MapEncoder;
import org.plateau.network.RawNetwork;

/**
 * Maps with their labels and what the network made of them.
 *
 * @param labels shape [n][{@link Labels#COUNT}]
 * @param logits shape [n][{@link Labels#COUNT}]
 * @param vectors what the score of likeness compares, shape [n][width]
 */
record Judged(List<float[]> labels, List<float[]> logits, List<double[]> vectors) {

    private static final int CHUNK = 64;

    static Judged of(RawNetwork network, List<TrainingRun> runs) {
        Judged judged = new Judged(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (TrainingRun run : runs) {
            for (int from = 0; from < run.maps().size(); from += CHUNK) {
                int to = Math.min(run.maps().size(), from + CHUNK);
                judged.add(network, run, run.maps().subList(from, to));
            }
        }
        return judged;
    }

    /** These and the others. */
    Judged and(Judged others) {
        Judged all =
                new Judged(
                        new ArrayList<>(labels), new ArrayList<>(logits), new ArrayList<>(vectors));
        all.labels.addAll(others.labels);
        all.logits.addAll(others.logits);
        all.vectors.addAll(others.vectors);
        return all;
    }

    private void add(RawNetwork network, TrainingRun run, List<LevelMap> maps) {
        EncodedMaps encoded = MapEncoder.encode(maps, run.scales());
        RawNetwork.Output output = network.run(encoded);
        for (int n = 0; n < maps.size(); n++) {
            labels.add(run.noise() ? Labels.nothing() : Labels.of(maps.get(n), run.scales()));
            int at = n * Labels.COUNT;
            logits.add(java.util.Arrays.copyOfRange(output.logits(), at, at + Labels.COUNT));
            vectors.add(Likeness.vector(encoded, output.features(), n));
        }
    }

    int count() {
        return labels.size();
    }

    /** Whether label {@code k} holds for map {@code n}. */
    boolean holds(int n, int k) {
        return labels.get(n)[k] >= 0.5f;
    }
}
