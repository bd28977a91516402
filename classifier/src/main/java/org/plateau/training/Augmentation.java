package org.plateau.training;

import java.util.Random;
import java.util.SplittableRandom;
import org.plateau.field.LevelMap;
import org.plateau.grid.RegularGrid;

/**
 * Varies a map in ways that leave it a possible map. Labels are computed afresh from what comes
 * out, never carried over.
 *
 * <p>Changes, each with its own chance: hemispheres exchanged (with the sign of v), mixture with
 * another map, amplitude of temperature and wind, another mean gradient, a shift in longitude by
 * less than a cell, grid noise.
 */
final class Augmentation {

    private Augmentation() {}

    static LevelMap vary(LevelMap map, LevelMap other, SplittableRandom random) {
        LevelMap result = map;
        if (random.nextInt(2) == 0) {
            result = mirror(result);
        }
        if (random.nextInt(4) == 0) {
            result = mix(result, other, random.nextDouble() * 0.6);
        }
        if (random.nextInt(5) < 2) {
            result = scale(result, random);
        }
        if (random.nextInt(5) < 2) {
            result = gradient(result, random);
        }
        if (random.nextInt(2) == 0) {
            result = shift(result, random.nextDouble() - 0.5);
        }
        return random.nextInt(4) == 0 ? noise(result, random) : result;
    }

    /** North and south exchanged. */
    static LevelMap mirror(LevelMap map) {
        RegularGrid grid = map.grid();
        float[] v = flip(map.v(), grid);
        for (int k = 0; k < v.length; k++) {
            v[k] = -v[k];
        }
        return new LevelMap(
                grid,
                map.pressure(),
                flip(map.temperature(), grid),
                flip(map.u(), grid),
                v,
                map.lapse() == null ? null : flip(map.lapse(), grid));
    }

    private static float[] flip(float[] values, RegularGrid grid) {
        float[] flipped = new float[values.length];
        for (int i = 0; i < grid.nlat(); i++) {
            System.arraycopy(
                    values,
                    grid.index(i, 0),
                    flipped,
                    grid.index(grid.nlat() - 1 - i, 0),
                    grid.nlon());
        }
        return flipped;
    }

    /** A share of the other map's departures and wind in place of one's own. */
    private static LevelMap mix(LevelMap map, LevelMap other, double share) {
        double factor = mean(map.temperature()) / mean(other.temperature());
        return new LevelMap(
                map.grid(),
                map.pressure(),
                blend(map.temperature(), other.temperature(), 1 - share, share * factor),
                blend(map.u(), other.u(), 1 - share, share),
                blend(map.v(), other.v(), 1 - share, share),
                map.lapse() == null || other.lapse() == null
                        ? map.lapse()
                        : blend(map.lapse(), other.lapse(), 1 - share, share));
    }

    private static float[] blend(float[] a, float[] b, double x, double y) {
        float[] result = new float[a.length];
        for (int k = 0; k < result.length; k++) {
            result[k] = (float) (x * a[k] + y * b[k]);
        }
        return result;
    }

    private static LevelMap scale(LevelMap map, SplittableRandom random) {
        double thermal = Math.pow(10, RandomMaps.between(random, -0.6, 0.3));
        double wind = Math.pow(10, RandomMaps.between(random, -0.6, 0.6));
        double mean = mean(map.temperature());
        float[] t = map.temperature().clone();
        for (int k = 0; k < t.length; k++) {
            t[k] = (float) Math.max(0.1 * mean, mean + thermal * (t[k] - mean));
        }
        return new LevelMap(
                map.grid(),
                map.pressure(),
                t,
                blend(map.u(), map.u(), wind, 0),
                blend(map.v(), map.v(), wind, 0),
                map.lapse());
    }

    /** Another mean gradient, perhaps with the pattern of temperature in it; sometimes none. */
    private static LevelMap gradient(LevelMap map, SplittableRandom random) {
        float[] lapse = null;
        if (map.lapse() != null && random.nextInt(6) > 0) {
            double mean = mean(map.temperature());
            double size = Math.abs(mean(map.lapse())) + 0.005 * mean;
            double shift = RandomMaps.between(random, -1.5, 1.5) * size - mean(map.lapse());
            double slope = random.nextInt(2) == 0 ? 0 : RandomMaps.between(random, -1, 1);
            lapse = map.lapse().clone();
            for (int k = 0; k < lapse.length; k++) {
                lapse[k] += (float) (shift + slope * (map.temperature()[k] - mean));
            }
        }
        return new LevelMap(map.grid(), map.pressure(), map.temperature(), map.u(), map.v(), lapse);
    }

    /** Everything moved east by a part of a cell. */
    private static LevelMap shift(LevelMap map, double cells) {
        return new LevelMap(
                map.grid(),
                map.pressure(),
                shift(map.temperature(), map.grid(), cells),
                shift(map.u(), map.grid(), cells),
                shift(map.v(), map.grid(), cells),
                map.lapse() == null ? null : shift(map.lapse(), map.grid(), cells));
    }

    private static float[] shift(float[] values, RegularGrid grid, double cells) {
        int step = cells > 0 ? -1 : 1;
        double share = Math.abs(cells);
        float[] moved = new float[values.length];
        for (int i = 0; i < grid.nlat(); i++) {
            for (int j = 0; j < grid.nlon(); j++) {
                float here = values[grid.index(i, j)];
                float there = values[grid.index(i, Math.floorMod(j + step, grid.nlon()))];
                moved[grid.index(i, j)] = (float) ((1 - share) * here + share * there);
            }
        }
        return moved;
    }

    private static LevelMap noise(LevelMap map, SplittableRandom random) {
        Random gaussian = new Random(random.nextLong());
        double share = RandomMaps.between(random, 0, 0.2);
        return new LevelMap(
                map.grid(),
                map.pressure(),
                noise(map.temperature(), share * spread(map.temperature()), gaussian),
                noise(map.u(), share * spread(map.u()), gaussian),
                noise(map.v(), share * spread(map.v()), gaussian),
                map.lapse());
    }

    private static float[] noise(float[] values, double size, Random gaussian) {
        float[] noisy = values.clone();
        for (int k = 0; k < noisy.length; k++) {
            noisy[k] += (float) (size * gaussian.nextGaussian());
        }
        return noisy;
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double spread(float[] values) {
        double mean = mean(values);
        double sum = 0;
        for (float value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length);
    }
}
