package org.plateau.training;

import java.util.Random;
import java.util.SplittableRandom;
import org.plateau.field.LevelMap;
import org.plateau.grid.RegularGrid;
import org.plateau.network.NetworkGrid;

/**
 * Maps put together at random from simple patterns: day side, bands, tilted waves, spots, jets,
 * disorder and noise. They widen what a sweep of one model holds, and serve where no model has run.
 */
public final class RandomMaps {

    private static final RegularGrid GRID = NetworkGrid.GRID;
    private static final int PATTERNS = 8;
    private static final int CLOUDS = 10;

    private RandomMaps() {}

    /** Smooth patterns with a little noise. */
    public static LevelMap patterns(SplittableRandom random) {
        double[] amplitude = new double[PATTERNS];
        for (int k = 0; k < PATTERNS; k++) {
            amplitude[k] = random.nextInt(3) == 0 ? between(random, -1, 1) : 0;
        }
        amplitude[random.nextInt(PATTERNS)] = 1;
        amplitude[0] = Math.abs(amplitude[0]);
        amplitude[2] = Math.abs(amplitude[2]);
        amplitude[4] = Math.abs(amplitude[4]);
        double crest = between(random, -50, 90);
        double tilt = between(random, -30, 80);
        double width = between(random, 12, 35);
        double[] clouds = clouds(random);
        double noise = random.nextInt(2) == 0 ? 0 : between(random, 0, 0.15);
        double relative = Math.pow(10, between(random, -3.2, -0.7));
        double mean = between(random, 300, 2500);
        float[] t = new float[GRID.size()];
        Random gaussian = new Random(random.nextLong());
        for (int i = 0; i < GRID.nlat(); i++) {
            double lat = GRID.latitude(i);
            for (int j = 0; j < GRID.nlon(); j++) {
                double value = pattern(amplitude, lat, GRID.longitude(j), crest, tilt, width);
                value += amplitude[7] * disorder(clouds, lat, GRID.longitude(j));
                value += noise * gaussian.nextGaussian();
                t[GRID.index(i, j)] = (float) (mean * Math.max(0.1, 1 + relative * value));
            }
        }
        float[][] wind = wind(random, gaussian);
        float[] lapse = random.nextInt(8) == 0 ? null : lapse(random, t, mean);
        return new LevelMap(GRID, 1e4, t, wind[0], wind[1], lapse);
    }

    /** White noise in every field, nothing else. */
    public static LevelMap noise(SplittableRandom random) {
        Random gaussian = new Random(random.nextLong());
        double mean = between(random, 300, 2500);
        double spread = mean * Math.pow(10, between(random, -2.5, -1));
        double speed = Math.pow(10, between(random, 1.5, 3.3));
        float[] t = noise(gaussian, mean, spread);
        float[] u = noise(gaussian, 0, speed);
        float[] v = noise(gaussian, 0, speed);
        return new LevelMap(GRID, 1e4, t, u, v, noise(gaussian, 0, spread));
    }

    private static double pattern(
            double[] a, double lat, double lon, double crest, double tilt, double width) {
        double c = cos(lat);
        double equator = cos(lat * 1.5) * Math.abs(cos(lat * 1.5));
        double night = Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, -c * cos(lon)))));
        return 2 * a[0] * Math.max(0, c * cos(lon - crest / 3))
                + 1.5 * a[1] * c * c
                + a[2] * c * cos(lon - crest - tilt * equator / 2)
                + a[3] * sin(lat) * (1 + cos(lon))
                + 2 * a[4] * Math.exp(-night * night / (2 * width * width))
                + a[5] * sin(2 * lat) * sin(2 * lat) * cos(lon - crest + tilt)
                + 0.7 * a[6] * c * c * cos(2 * lon - 2 * crest);
    }

    /** Zonal and meridional wavenumber, phase and amplitude of every wave of {@link #disorder}. */
    private static double[] clouds(SplittableRandom random) {
        double[] waves = new double[4 * CLOUDS];
        for (int n = 0; n < waves.length; n += 4) {
            waves[n] = random.nextInt(8);
            waves[n + 1] = random.nextInt(8);
            waves[n + 2] = between(random, -180, 180);
            waves[n + 3] = between(random, -1, 1) / (1 + waves[n] + waves[n + 1]);
        }
        return waves;
    }

    /** Waves of many sizes and no order, larger ones stronger. */
    private static double disorder(double[] waves, double lat, double lon) {
        double sum = 0;
        for (int n = 0; n < waves.length; n += 4) {
            double edge = waves[n] == 0 ? 1 : cos(lat);
            sum += waves[n + 3] * edge * cos(waves[n] * lon + waves[n + 1] * lat + waves[n + 2]);
        }
        return 3 * sum;
    }

    private static float[][] wind(SplittableRandom random, Random gaussian) {
        double speed = Math.pow(10, between(random, 1, 3.6));
        double jet = random.nextInt(2) == 0 ? between(random, -1, 2) : 0;
        double width = between(random, 8, 35);
        double solid = between(random, -0.3, 0.5);
        double wave = random.nextInt(3) == 0 ? 0 : between(random, 0, 1.2);
        double phase = between(random, -180, 180);
        double divergent = between(random, 0, 1);
        float[] u = new float[GRID.size()];
        float[] v = new float[GRID.size()];
        for (int i = 0; i < GRID.nlat(); i++) {
            double lat = GRID.latitude(i);
            for (int j = 0; j < GRID.nlon(); j++) {
                double lon = GRID.longitude(j);
                int k = GRID.index(i, j);
                double zonal = jet * Math.exp(-lat * lat / (2 * width * width)) + solid * cos(lat);
                u[k] =
                        (float)
                                (speed
                                        * (zonal
                                                + wave * cos(lat) * cos(lon - phase)
                                                + 0.05 * gaussian.nextGaussian()));
                v[k] =
                        (float)
                                (speed
                                        * (divergent * sin(2 * lat) * cos(lon - phase)
                                                + 0.05 * gaussian.nextGaussian()));
            }
        }
        return new float[][] {u, v};
    }

    private static float[] lapse(SplittableRandom random, float[] t, double mean) {
        double shift = between(random, -0.05, 0.05) * mean;
        double slope = between(random, -1.5, 1.5);
        float[] lapse = new float[t.length];
        for (int k = 0; k < lapse.length; k++) {
            lapse[k] = (float) (shift + slope * (t[k] - mean));
        }
        return lapse;
    }

    private static float[] noise(Random gaussian, double mean, double spread) {
        float[] values = new float[GRID.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (mean + spread * gaussian.nextGaussian());
        }
        return values;
    }

    static double between(SplittableRandom random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private static double cos(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }

    private static double sin(double degrees) {
        return Math.sin(Math.toRadians(degrees));
    }
}
