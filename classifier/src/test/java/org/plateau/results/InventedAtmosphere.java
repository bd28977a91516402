package org.plateau.results;

import java.util.Random;

/**
 * The numbers of {@link SyntheticResults}: locked on top, a butterfly with a jet below it, bands
 * under that, an asymmetric deep atmosphere that drifts. The same at every call in the same order.
 */
final class InventedAtmosphere {
    private final int levels;
    private final int nlat;
    private final int nlon;
    private final Random random = new Random(7);

    InventedAtmosphere(int levels, int nlat, int nlon) {
        this.levels = levels;
        this.nlat = nlat;
        this.nlon = nlon;
    }

    /** Whether a level of an output is one of those few that are lost. */
    boolean loses() {
        return random.nextInt(400) == 0;
    }

    double pressure(int level) {
        return levels == 1 ? 1e4 : 1e2 * Math.pow(1e5, level / (levels - 1.0));
    }

    /** 0 at the top of the column, 1 at its foot. */
    double depth(int level) {
        return levels == 1 ? 0.5 : level / (levels - 1.0);
    }

    void regimes(int l, double age, boolean gap, float[] p, float[] nothing, float[] out) {
        double depth = depth(l);
        double[] scores = {
            bump(depth, 0.98, 0.12) * (0.5 + 0.5 * age),
            bump(depth, 0.68, 0.16) * ramp(age, 0.1, 0.4),
            bump(depth, 0.05, 0.22),
            bump(depth, 0.38, 0.17) * ramp(age, 0.02, 0.2),
            bump(depth, 0.5, 0.25) * ramp(age, 0.15, 0.6),
            bump(depth, 0.0, 0.25),
            1 - bump(depth, 0.0, 0.25),
            bump(depth, 0.45, 0.1) * (1 - ramp(age, 0.05, 0.18))
        };
        double most = 0;
        for (int r = 0; r < scores.length; r++) {
            double noisy = Math.min(1, Math.max(0, scores[r] + 0.06 * random.nextGaussian()));
            p[l * scores.length + r] = gap ? Float.NaN : (float) noisy;
            most = r < 4 || r == 7 ? Math.max(most, noisy) : most;
        }
        nothing[l] = gap ? Float.NaN : (float) (1 - ramp(most, 0.2, 0.55));
        out[l] = gap ? Float.NaN : (float) (0.1 + 0.1 * depth);
    }

    void metrics(int l, double age, boolean gap, double[] value) {
        double depth = depth(l);
        double settling = Math.exp(-age * 30 * Math.pow(1 - 0.97 * depth, 3));
        double[] values = {
            800 + 900 * depth + 120 * settling + random.nextGaussian(),
            (1400 - 1300 * depth) * (1 - settling) + 4 * random.nextGaussian(),
            0.02 * (1 - settling) + 0.0002 * random.nextGaussian()
        };
        for (int m = 0; m < values.length; m++) {
            value[l * values.length + m] = gap ? Double.NaN : values[m];
        }
    }

    byte verdict(int l, double age) {
        double settled = 0.18 + 0.6 * Math.pow(depth(l) / 0.62, 2);
        if (age < 0.08) {
            return 0;
        }
        if (depth(l) > 0.64) {
            return (byte) (age < 0.3 ? 2 : 3);
        }
        if (age >= settled) {
            return (byte) (l == 2 && age > 0.55 && age < 0.7 ? 6 : 5);
        }
        return (byte) (age < settled * 0.6 ? 1 : 2);
    }

    void map(int l, int cell, int at, float[] temperature, float[] u, float[] v) {
        double depth = depth(l);
        double lat = Math.toRadians(-90 + (cell / nlon + 0.5) * 180 / nlat);
        double lon = Math.toRadians((cell % nlon + 0.5) * 360 / nlon - 180);
        double lead = Math.toRadians(70 * depth) * (2 * Math.pow(Math.cos(lat), 4) - 0.6);
        double day = Math.cos(lat) * Math.max(-0.35, Math.cos(lon - lead));
        double contrast = 420 * (1 - depth) * (1 - depth);
        double north = 25 * depth * depth * Math.sin(lat);
        temperature[at] =
                (float)
                        (950
                                + 700 * depth
                                + contrast * day
                                + north
                                + 60 * depth * Math.cos(lat) * Math.cos(lat));
        double jet = 1500 * bump(depth, 0.4, 0.3) * Math.exp(-Math.pow(lat / 0.45, 2));
        double outflow = 1800 * (1 - depth) * (1 - depth);
        u[at] = (float) (jet + outflow * Math.cos(lat) * Math.sin(lon) + 15 * depth);
        v[at] = (float) (outflow * 0.6 * Math.sin(lat) * Math.cos(lon) * Math.cos(lat));
    }

    private static double bump(double x, double centre, double width) {
        return Math.exp(-Math.pow((x - centre) / width, 2));
    }

    private static double ramp(double x, double low, double high) {
        return Math.min(1, Math.max(0, (x - low) / (high - low)));
    }
}
