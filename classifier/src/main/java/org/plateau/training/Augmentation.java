package org.plateau.training;

import static org.plateau.training.RandomMaps.between;

import java.util.SplittableRandom;
import org.plateau.field.LevelMap;

/**
 * Varies a map in ways that leave it a possible map, each with its own chance. Labels are computed
 * afresh from what comes out, never carried over.
 *
 * <p>What is varied, and which lack of a stack of shallow-water layers it makes up for: hemispheres
 * exchanged; {@linkplain Variations#mix mixture} with another map, as vertical mixing does it;
 * {@linkplain Variations#drift drift} of the pattern eastward or westward, by an amount that
 * depends on latitude, as a fast zonal wind does it; {@linkplain Variations#jet another zonal wind}
 * than the layer's own weak one; bands against waves; amplitude, down to where hardly a pattern is
 * left; the vertical gradient; grid noise.
 */
final class Augmentation {

    private Augmentation() {}

    /**
     * @param other a map to mix in
     */
    static LevelMap vary(LevelMap map, LevelMap other, SplittableRandom random) {
        LevelMap result = map;
        if (random.nextInt(2) == 0) {
            result = Variations.mirror(result);
        }
        if (random.nextInt(4) == 0) {
            result = Variations.mix(result, other, random.nextDouble() * 0.6);
        }
        if (random.nextInt(2) == 0) {
            result = pattern(result, random);
        }
        if (random.nextInt(5) < 2) {
            result = scale(result, random);
        }
        if (random.nextInt(5) < 2) {
            result = gradient(result, random);
        }
        return random.nextInt(4) == 0 ? noise(result, random) : result;
    }

    private static LevelMap pattern(LevelMap map, SplittableRandom random) {
        LevelMap result = map;
        if (random.nextInt(2) == 0) {
            double everywhere = between(random, -30, 70);
            double equator = random.nextInt(2) == 0 ? 0 : between(random, -20, 60);
            result = Variations.drift(result, everywhere, equator, between(random, 15, 45));
        }
        if (random.nextInt(2) == 0) {
            double speed = between(random, -1.5, 3);
            result = Variations.jet(result, speed, between(random, 12, 60));
        }
        if (random.nextInt(2) == 0) {
            double bands = Math.pow(10, between(random, -1, 0.4));
            double odd = Math.pow(10, between(random, -0.7, 0.2));
            result = Variations.parts(result, bands, odd);
        }
        return result;
    }

    private static LevelMap scale(LevelMap map, SplittableRandom random) {
        double thermal = Math.pow(10, between(random, -1.2, 0.3));
        return Variations.scale(map, thermal, Math.pow(10, between(random, -0.6, 0.6)));
    }

    /** Another mean gradient, perhaps with the pattern of temperature in it; sometimes none. */
    private static LevelMap gradient(LevelMap map, SplittableRandom random) {
        if (random.nextInt(6) == 0) {
            return Variations.gradient(map, Double.NaN, 0, 0);
        }
        double factor = Math.pow(10, between(random, -1.2, 0.2));
        double shift = random.nextInt(2) == 0 ? 0 : between(random, -1.5, 1.5);
        double slope = random.nextInt(2) == 0 ? 0 : between(random, -1, 1);
        return Variations.gradient(map, factor, shift, slope);
    }

    private static LevelMap noise(LevelMap map, SplittableRandom random) {
        return Variations.noise(map, between(random, 0, 0.3), random.nextLong());
    }
}
