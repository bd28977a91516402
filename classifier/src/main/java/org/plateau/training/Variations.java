package org.plateau.training;

import java.util.Random;
import org.plateau.field.LevelMap;
import org.plateau.grid.RegularGrid;

/** Single changes to a map, each with its size given. */
final class Variations {

    private Variations() {}

    /** North and south exchanged, with the sign of v. */
    static LevelMap mirror(LevelMap map) {
        RegularGrid grid = map.grid();
        float[] v = flip(map.v(), grid);
        for (int k = 0; k < v.length; k++) {
            v[k] = -v[k];
        }
        float[] lapse = map.lapse() == null ? null : flip(map.lapse(), grid);
        return with(map, flip(map.temperature(), grid), flip(map.u(), grid), v, lapse);
    }

    private static float[] flip(float[] values, RegularGrid grid) {
        float[] flipped = new float[values.length];
        for (int i = 0; i < grid.nlat(); i++) {
            int there = grid.index(grid.nlat() - 1 - i, 0);
            System.arraycopy(values, grid.index(i, 0), flipped, there, grid.nlon());
        }
        return flipped;
    }

    /** A share of the other map's departures and wind in place of one's own. */
    static LevelMap mix(LevelMap map, LevelMap other, double share) {
        double factor = mean(map.temperature()) / mean(other.temperature());
        return with(
                map,
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

    /** Departures of temperature and wind times a factor each. */
    static LevelMap scale(LevelMap map, double thermal, double wind) {
        double mean = mean(map.temperature());
        float[] t = map.temperature().clone();
        for (int k = 0; k < t.length; k++) {
            t[k] = (float) Math.max(0.1 * mean, mean + thermal * (t[k] - mean));
        }
        float[] u = blend(map.u(), map.u(), wind, 0);
        return with(map, t, u, blend(map.v(), map.v(), wind, 0), map.lapse());
    }

    /**
     * Zonal mean of temperature's departure times {@code bands}; then what differs between the
     * hemispheres times {@code odd}.
     */
    static LevelMap parts(LevelMap map, double bands, double odd) {
        RegularGrid grid = map.grid();
        double mean = mean(map.temperature());
        float[] t = new float[grid.size()];
        for (int i = 0; i < grid.nlat(); i++) {
            double zonal = 0;
            for (int j = 0; j < grid.nlon(); j++) {
                zonal += (map.temperature()[grid.index(i, j)] - mean) / grid.nlon();
            }
            for (int j = 0; j < grid.nlon(); j++) {
                int k = grid.index(i, j);
                t[k] = (float) (map.temperature()[k] + (bands - 1) * zonal);
            }
        }
        float[] mirrored = flip(t, grid);
        for (int k = 0; k < t.length; k++) {
            double value = (t[k] + mirrored[k]) / 2 + odd * (t[k] - mirrored[k]) / 2;
            t[k] = (float) Math.max(0.1 * mean, value);
        }
        return with(map, t, map.u(), map.v(), map.lapse());
    }

    /**
     * Every field moved east by {@code everywhere} + {@code equator} exp(-(lat/width)^2), all in
     * degrees.
     */
    static LevelMap drift(LevelMap map, double everywhere, double equator, double width) {
        RegularGrid grid = map.grid();
        double[] cells = new double[grid.nlat()];
        for (int i = 0; i < cells.length; i++) {
            double lat = grid.latitude(i) / width;
            cells[i] = (everywhere + equator * Math.exp(-lat * lat)) * grid.nlon() / 360;
        }
        return with(
                map,
                shift(map.temperature(), grid, cells),
                shift(map.u(), grid, cells),
                shift(map.v(), grid, cells),
                map.lapse() == null ? null : shift(map.lapse(), grid, cells));
    }

    private static float[] shift(float[] values, RegularGrid grid, double[] cells) {
        float[] moved = new float[values.length];
        for (int i = 0; i < grid.nlat(); i++) {
            int whole = (int) Math.floor(cells[i]);
            double share = cells[i] - whole;
            for (int j = 0; j < grid.nlon(); j++) {
                float here = values[grid.index(i, Math.floorMod(j - whole, grid.nlon()))];
                float west = values[grid.index(i, Math.floorMod(j - whole - 1, grid.nlon()))];
                moved[grid.index(i, j)] = (float) ((1 - share) * here + share * west);
            }
        }
        return moved;
    }

    /**
     * A zonal wind of {@code speed} times the root-mean-square wind on top, exp(-(lat/width)^2) in
     * latitude (degrees) and cos(lat) beyond that.
     */
    static LevelMap jet(LevelMap map, double speed, double width) {
        RegularGrid grid = map.grid();
        double strength = speed * Math.hypot(size(map.u()), size(map.v()));
        float[] u = map.u().clone();
        for (int i = 0; i < grid.nlat(); i++) {
            double lat = grid.latitude(i);
            double profile = Math.exp(-lat * lat / width / width) * Math.cos(Math.toRadians(lat));
            for (int j = 0; j < grid.nlon(); j++) {
                u[grid.index(i, j)] += (float) (strength * profile);
            }
        }
        return with(map, map.temperature(), u, map.v(), map.lapse());
    }

    /**
     * dT/dln(p) times a factor (NaN: not known any more), moved by {@code shift} of its mean size
     * and with {@code slope} of temperature's departure in it.
     */
    static LevelMap gradient(LevelMap map, double factor, double shift, double slope) {
        if (map.lapse() == null || Double.isNaN(factor)) {
            return with(map, map.temperature(), map.u(), map.v(), null);
        }
        double mean = mean(map.temperature());
        double size = factor * Math.abs(mean(map.lapse())) + 0.005 * Math.abs(shift) * mean;
        float[] lapse = map.lapse().clone();
        for (int k = 0; k < lapse.length; k++) {
            double pattern = slope * (map.temperature()[k] - mean);
            lapse[k] = (float) (factor * lapse[k] + shift * size + pattern);
        }
        return with(map, map.temperature(), map.u(), map.v(), lapse);
    }

    /** White noise in temperature and wind, of a share of each field's own spread. */
    static LevelMap noise(LevelMap map, double share, long seed) {
        Random gaussian = new Random(seed);
        return with(
                map,
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

    private static LevelMap with(LevelMap map, float[] t, float[] u, float[] v, float[] lapse) {
        return new LevelMap(map.grid(), map.pressure(), t, u, v, lapse);
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

    private static double size(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum / values.length);
    }
}
