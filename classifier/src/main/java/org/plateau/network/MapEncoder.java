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

    /** What a thread encodes with. */
    private static final ThreadLocal<Channel[]> OWN =
            ThreadLocal.withInitial(
                    () -> new Channel[] {new Channel(), new Channel(), new Channel()});

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
        Channel[] own = OWN.get();
        Channel east = own[0];
        Channel north = own[1];
        Channel other = own[2];
        int at = n * MAP_SIZE;
        double mean = other.departures(map.temperature());
        double spread = Math.sqrt(other.square());
        double temperatureBend = other.bend();
        other.scale(Math.max(spread, 1e-6 * Math.abs(mean)), LIMIT);
        other.put(into.maps(), at);
        east.take(map.u());
        north.take(map.v());
        double wind = Math.sqrt(east.square() + north.square());
        double windBend = east.bend();
        east.scale(Math.max(wind, 1e-6), LIMIT);
        east.put(into.maps(), at + Channel.SIZE);
        north.scale(Math.max(wind, 1e-6), LIMIT);
        north.put(into.maps(), at + 2 * Channel.SIZE);
        double meanGradient = other.soft(map.lapse(), GRADIENT_SCALE * Math.abs(mean));
        other.put(into.maps(), at + 3 * Channel.SIZE);
        int s = n * SCALARS;
        double relative = spread / mean;
        double speed = wind / scales.waveSpeed();
        into.scalars()[s] = logarithm(relative / SPREAD_SCALE);
        into.scalars()[s + 1] = (float) Math.max(0, Math.min(1, (relative - 0.0015) / 0.0015));
        into.scalars()[s + 2] = logarithm(speed / WIND_SCALE);
        into.scalars()[s + 3] = (float) Math.min(2, speed);
        into.scalars()[s + 4] = map.lapse() == null ? 0 : 1;
        into.scalars()[s + 5] = (float) meanGradient;
        int t = n * TEXTURES;
        into.texture()[t] = (float) roughness(temperatureBend, spread * spread);
        into.texture()[t + 1] = (float) roughness(windBend, wind * wind);
    }

    private static float logarithm(double x) {
        return (float) Math.max(-1.5, Math.min(1.5, Math.log10(Math.max(x, 1e-9))));
    }

    /** log10 of the mean squared zonal second difference over the variance, at least -5. */
    private static double roughness(double bend, double variance) {
        return variance == 0 ? -5 : Math.max(-5, Math.log10(Math.max(bend / variance, 1e-9)));
    }
}
