package org.plateau.network;

import java.util.List;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.grid.RegularGrid;

/**
 * Turns physical maps into the network's input: fields normalised per map, and beside them the
 * scalars that the normalisation throws away.
 *
 * <p>Channels: T' / sqrt(V); u and v over the root-mean-square wind; the vertical gradient l =
 * dT/dln(p) as l / (|l| + 0.01 mean T), which keeps its sign. Columns are repeated on both sides so
 * that convolutions need not know that longitude is periodic.
 */
public final class MapEncoder {

    /** Columns repeated on either side. */
    static final int WRAP = 4;

    public static final int CHANNELS = 4;
    public static final int ROWS = NetworkGrid.GRID.nlat();
    public static final int COLUMNS = NetworkGrid.GRID.nlon() + 2 * WRAP;
    public static final int MAP_SIZE = CHANNELS * ROWS * COLUMNS;

    /** Names of the channels, as the descriptor lists them. */
    public static final List<String> CHANNEL_NAMES =
            List.of("temperature", "eastward_wind", "northward_wind", "vertical_gradient");

    /** Names of the scalars, as the descriptor lists them. */
    public static final List<String> SCALAR_NAMES =
            List.of(
                    "log_relative_spread",
                    "live",
                    "log_wind_over_wave_speed",
                    "wind_over_wave_speed",
                    "gradient_known",
                    "mean_gradient");

    /** Names of the measures of texture, as the descriptor lists them. */
    public static final List<String> TEXTURE_NAMES =
            List.of("temperature_roughness", "wind_roughness");

    public static final int SCALARS = SCALAR_NAMES.size();
    public static final int TEXTURES = TEXTURE_NAMES.size();

    private static final RegularGrid GRID = NetworkGrid.GRID;
    private static final double GRADIENT_SCALE = 0.01;
    private static final double SPREAD_SCALE = 0.002;
    private static final double WIND_SCALE = 0.1;
    private static final float LIMIT = 6;
    private static final double[] WEIGHT = weights();

    private MapEncoder() {}

    /**
     * Encodes a batch.
     *
     * @throws IllegalArgumentException if a map is on another grid than {@link NetworkGrid#GRID}
     */
    public static EncodedMaps encode(List<LevelMap> batch, PlanetScales scales) {
        EncodedMaps encoded = EncodedMaps.empty(batch.size());
        for (int n = 0; n < batch.size(); n++) {
            encode(batch.get(n), scales, encoded, n);
        }
        return encoded;
    }

    /** Encodes one map as number {@code n} of a batch. */
    static void encode(LevelMap map, PlanetScales scales, EncodedMaps into, int n) {
        if (!map.grid().equals(GRID)) {
            throw new IllegalArgumentException(
                    "expected a map on the grid " + GRID + ", found one on " + map.grid());
        }
        double mean = mean(map.temperature());
        double spread = Math.sqrt(Math.max(0, square(map.temperature(), mean)));
        double wind = Math.sqrt(square(map.u(), 0) + square(map.v(), 0));
        double floor = 1e-6 * Math.abs(mean);
        int at = n * MAP_SIZE;
        write(into.maps(), at, map.temperature(), mean, Math.max(spread, floor));
        write(into.maps(), at + MAP_SIZE / CHANNELS, map.u(), 0, Math.max(wind, 1e-6));
        write(into.maps(), at + 2 * MAP_SIZE / CHANNELS, map.v(), 0, Math.max(wind, 1e-6));
        double gradient = 0;
        if (map.lapse() != null) {
            float[] soft = soft(map.lapse(), GRADIENT_SCALE * Math.abs(mean));
            write(into.maps(), at + 3 * MAP_SIZE / CHANNELS, soft, 0, 1);
            gradient = mean(soft);
        } else {
            int channel = at + 3 * MAP_SIZE / CHANNELS;
            java.util.Arrays.fill(into.maps(), channel, at + MAP_SIZE, 0);
        }
        int s = n * SCALARS;
        double relative = spread / mean;
        double speed = wind / scales.waveSpeed();
        into.scalars()[s] = logarithm(relative / SPREAD_SCALE);
        into.scalars()[s + 1] = (float) Math.max(0, Math.min(1, (relative - 0.0015) / 0.0015));
        into.scalars()[s + 2] = logarithm(speed / WIND_SCALE);
        into.scalars()[s + 3] = (float) Math.min(2, speed);
        into.scalars()[s + 4] = map.lapse() == null ? 0 : 1;
        into.scalars()[s + 5] = (float) gradient;
        int t = n * TEXTURES;
        into.texture()[t] = (float) roughness(map.temperature(), spread * spread);
        into.texture()[t + 1] = (float) roughness(map.u(), wind * wind);
    }

    private static float logarithm(double x) {
        return (float) Math.max(-1.5, Math.min(1.5, Math.log10(Math.max(x, 1e-9))));
    }

    private static float[] soft(float[] values, double scale) {
        float floor = (float) Math.max(scale, Float.MIN_NORMAL);
        float[] soft = new float[values.length];
        for (int k = 0; k < values.length; k++) {
            soft[k] = values[k] / (Math.abs(values[k]) + floor);
        }
        return soft;
    }

    private static void write(float[] into, int at, float[] values, double shift, double scale) {
        int width = GRID.nlon();
        double factor = 1 / scale;
        for (int i = 0; i < ROWS; i++) {
            int from = i * width;
            int row = at + i * COLUMNS;
            for (int j = 0; j < width; j++) {
                float value = (float) ((values[from + j] - shift) * factor);
                into[row + WRAP + j] = Math.max(-LIMIT, Math.min(LIMIT, value));
            }
            System.arraycopy(into, row + width, into, row, WRAP);
            System.arraycopy(into, row + WRAP, into, row + WRAP + width, WRAP);
        }
    }

    private static double mean(float[] values) {
        double sum = 0;
        int width = GRID.nlon();
        for (int i = 0; i < ROWS; i++) {
            double even = 0;
            double odd = 0;
            for (int k = i * width; k < (i + 1) * width; k += 2) {
                even += values[k];
                odd += values[k + 1];
            }
            sum += WEIGHT[i] * (even + odd);
        }
        return sum;
    }

    private static double square(float[] values, double shift) {
        double sum = 0;
        int width = GRID.nlon();
        for (int i = 0; i < ROWS; i++) {
            double even = 0;
            double odd = 0;
            for (int k = i * width; k < (i + 1) * width; k += 2) {
                double a = values[k] - shift;
                double b = values[k + 1] - shift;
                even += a * a;
                odd += b * b;
            }
            sum += WEIGHT[i] * (even + odd);
        }
        return sum;
    }

    /** log10 of the mean squared zonal second difference over the variance, at least -5. */
    private static double roughness(float[] values, double variance) {
        double sum = 0;
        int width = GRID.nlon();
        for (int i = 0; i < ROWS; i++) {
            int first = i * width;
            int last = first + width - 1;
            double even = bend(values[last], values[first], values[first + 1]);
            double odd = bend(values[last - 1], values[last], values[first]);
            for (int k = first + 1; k < last; k += 2) {
                even += bend(values[k - 1], values[k], values[k + 1]);
                odd += k + 1 < last ? bend(values[k], values[k + 1], values[k + 2]) : 0;
            }
            sum += WEIGHT[i] * (even + odd);
        }
        return variance == 0 ? -5 : Math.max(-5, Math.log10(Math.max(sum / variance, 1e-9)));
    }

    private static double bend(float west, float here, float east) {
        double bend = west - 2.0 * here + east;
        return bend * bend;
    }

    /** Share of the sphere of one cell, per row. */
    private static double[] weights() {
        double[] weights = new double[ROWS];
        for (int i = 0; i < ROWS; i++) {
            weights[i] = GRID.weight(i);
        }
        return weights;
    }
}
