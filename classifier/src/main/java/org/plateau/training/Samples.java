package org.plateau.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.network.EncodedMaps;
import org.plateau.network.MapEncoder;

/**
 * The stream of training batches. Batch {@code n} depends on the seed and on {@code n} alone. Maps
 * with rare labels are drawn more often; of every 20 samples about 14 are varied maps of runs, 2
 * are maps as they are, 3 are {@linkplain RandomMaps random patterns} and 1 is noise.
 */
final class Samples {

    /**
     * @param input as the network takes it
     * @param labels shape [n, {@link Labels#COUNT}]
     */
    record Batch(EncodedMaps input, float[] labels) {}

    private record Source(LevelMap map, PlanetScales scales, boolean noise) {
        float[] labels() {
            return noise ? Labels.nothing() : Labels.of(map, scales);
        }
    }

    private static final int OUT_OF = 20;
    private static final int PLAIN = 2;
    private static final int PATTERNS = 3;
    private static final int NOISE = 1;
    private static final String VARIED = "varied";
    private static final int NEARBY = 2;
    private static final double RARITY_LIMIT = 20;

    private final List<Source> sources = new ArrayList<>();
    private final double[] cumulative;
    private final long seed;
    private final int size;

    /**
     * @param size maps in a batch
     */
    Samples(List<TrainingRun> runs, long seed, int size) {
        this.seed = seed;
        this.size = size;
        for (TrainingRun run : runs) {
            run.maps().forEach(map -> sources.add(new Source(map, run.scales(), false)));
        }
        cumulative = cumulativeWeights();
    }

    /** Number of distinct maps. */
    int count() {
        return sources.size();
    }

    Batch batch(int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + number);
        float[] labels = new float[size * Labels.COUNT];
        EncodedMaps[] encoded = new EncodedMaps[size];
        for (int n = 0; n < size; n++) {
            Source source = sample(random);
            encoded[n] = MapEncoder.encode(List.of(source.map()), source.scales());
            float[] own = source.labels();
            System.arraycopy(own, 0, labels, n * Labels.COUNT, Labels.COUNT);
        }
        return new Batch(EncodedMaps.join(encoded), labels);
    }

    /** Varied maps alone, as runs of one planet each: what training has seen beside the maps. */
    List<TrainingRun> varied(int count) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<PlanetScales, List<LevelMap>> maps = new LinkedHashMap<>();
        for (int n = 0; n < count; n++) {
            Source source = varied(draw(random), random);
            maps.computeIfAbsent(source.scales(), scales -> new ArrayList<>()).add(source.map());
        }
        List<TrainingRun> runs = new ArrayList<>();
        maps.forEach((scales, of) -> runs.add(new TrainingRun(VARIED, VARIED, scales, of)));
        return runs;
    }

    private Source sample(SplittableRandom random) {
        int drawn = draw(random);
        Source source = sources.get(drawn);
        int kind = random.nextInt(OUT_OF);
        if (kind < PLAIN) {
            return source;
        }
        if (kind < PLAIN + PATTERNS) {
            return new Source(RandomMaps.patterns(random), source.scales(), false);
        }
        if (kind < PLAIN + PATTERNS + NOISE) {
            return new Source(RandomMaps.noise(random), source.scales(), true);
        }
        return varied(drawn, random);
    }

    /** Mixed with a level nearby, as vertical mixing would, or with any other map. */
    private Source varied(int drawn, SplittableRandom random) {
        Source source = sources.get(drawn);
        int other = drawn + random.nextInt(2 * NEARBY + 1) - NEARBY;
        if (random.nextInt(2) == 0 || other < 0 || other >= sources.size()) {
            other = random.nextInt(sources.size());
        }
        LevelMap map = Augmentation.vary(source.map(), sources.get(other).map(), random);
        return new Source(map, source.scales(), false);
    }

    private int draw(SplittableRandom random) {
        double place = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, place);
        return Math.min(sources.size() - 1, found < 0 ? -found - 1 : found + 1);
    }

    private double[] cumulativeWeights() {
        float[][] labels = new float[sources.size()][];
        double[] total = new double[Labels.COUNT];
        for (int n = 0; n < labels.length; n++) {
            labels[n] = sources.get(n).labels();
            for (int k = 0; k < total.length; k++) {
                total[k] += labels[n][k];
            }
        }
        double[] sum = new double[labels.length];
        double running = 0;
        for (int n = 0; n < labels.length; n++) {
            double weight = 1;
            for (int k = 0; k < total.length; k++) {
                double share = Math.max(total[k], 1) / labels.length;
                weight += labels[n][k] * Math.min(RARITY_LIMIT, 0.25 / share);
            }
            running += weight;
            sum[n] = running;
        }
        return sum;
    }
}
