package org.plateau.training;

import java.nio.file.Path;
import java.util.Set;

/**
 * What to train from and how long.
 *
 * @param data directory of runs
 * @param out directory for the network, its metrics and its card
 * @param batches of 32 samples
 * @param times output times taken of each run
 * @param seed of everything that is random
 * @param threads that ND4J computes with; another number gives other weights
 * @param heldOut presets for the test
 * @param earthLike presets of planets that are not locked
 */
public record TrainingOptions(
        Path data,
        Path out,
        int batches,
        int times,
        long seed,
        int threads,
        Set<String> heldOut,
        Set<String> earthLike) {

    private static final Set<String> HELD_OUT =
            Set.of("hot", "cool", "slow", "tilted", "wasp43b", "jet", "superrotating");
    private static final Set<String> EARTH_LIKE = Set.of("earthlike");

    /** The training that made the network that ships. */
    public static TrainingOptions full(Path data, Path out, long seed, int threads) {
        return new TrainingOptions(data, out, 5000, 12, seed, threads, HELD_OUT, EARTH_LIKE);
    }

    /** Enough to see that everything works. */
    public static TrainingOptions quick(Path data, Path out, long seed, int threads) {
        return new TrainingOptions(data, out, 300, 5, seed, threads, HELD_OUT, EARTH_LIKE);
    }
}
