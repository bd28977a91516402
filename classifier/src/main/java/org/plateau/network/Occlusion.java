package org.plateau.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.grid.RegularGrid;
import org.plateau.regimes.Regime;

/**
 * Where the network looks: a square of the map is covered by the map's mean temperature at rest,
 * the probability of the label falls, and the square moves on (Zeiler and Fergus 2014, section
 * 4.2). Squares are 30 degrees wide and 15 degrees apart; what is returned for a part of 15 degrees
 * is the mean over the squares that cover it.
 *
 * @param regime the foremost label of the whole map
 * @param probability of that label
 * @param drop [row * columns + column], by how much the probability falls; negative where it rises
 */
@SuppressWarnings("ArrayRecordComponent")
public record Occlusion(Regime regime, float probability, float[] drop) {
    private static final RegularGrid GRID = NetworkGrid.GRID;
    private static final int PART = 3;
    private static final int SQUARE = 2 * PART;
    private static final int BATCH = 64;

    /** Parts from south to north, and eastward from the map's first longitude. */
    public static final int ROWS = GRID.nlat() / PART;

    public static final int COLUMNS = GRID.nlon() / PART;

    /**
     * Looks at one map; takes some hundred classifications.
     *
     * @throws IllegalArgumentException if the map is on another grid than {@link NetworkGrid#GRID}
     */
    public static Occlusion of(Engine engine, LevelMap map, PlanetScales scales) {
        Classification whole = engine.classify(List.of(map), scales).get(0);
        Regime regime = whole.foremost();
        float[] sum = new float[ROWS * COLUMNS];
        int[] squares = new int[ROWS * COLUMNS];
        List<LevelMap> covered = new ArrayList<>();
        List<int[]> corners = new ArrayList<>();
        LevelMap cover = mean(map);
        for (int row = 0; row < ROWS - 1; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                corners.add(new int[] {row, column});
                covered.add(cover(map, cover, row * PART, column * PART));
            }
        }
        for (int from = 0; from < covered.size(); from += BATCH) {
            int to = Math.min(covered.size(), from + BATCH);
            List<Classification> labels = engine.classify(covered.subList(from, to), scales);
            for (int k = from; k < to; k++) {
                float drop = whole.probability(regime) - labels.get(k - from).probability(regime);
                spread(sum, squares, corners.get(k), drop);
            }
        }
        for (int k = 0; k < sum.length; k++) {
            sum[k] /= squares[k];
        }
        return new Occlusion(regime, whole.probability(regime), sum);
    }

    private static void spread(float[] sum, int[] squares, int[] corner, float drop) {
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                int at = (corner[0] + i) * COLUMNS + (corner[1] + j) % COLUMNS;
                sum[at] += drop;
                squares[at]++;
            }
        }
    }

    /** The map's mean temperature and gradient everywhere, at rest. */
    private static LevelMap mean(LevelMap map) {
        return new LevelMap(
                map.grid(),
                map.pressure(),
                filled(mean(map.temperature())),
                filled(0),
                filled(0),
                map.lapse() == null ? null : filled(mean(map.lapse())));
    }

    private static float mean(float[] values) {
        double sum = 0;
        for (int i = 0; i < GRID.nlat(); i++) {
            for (int j = 0; j < GRID.nlon(); j++) {
                sum += GRID.weight(i) * values[GRID.index(i, j)];
            }
        }
        return (float) sum;
    }

    private static float[] filled(float value) {
        float[] values = new float[GRID.size()];
        Arrays.fill(values, value);
        return values;
    }

    private static LevelMap cover(LevelMap map, LevelMap cover, int south, int west) {
        return new LevelMap(
                map.grid(),
                map.pressure(),
                patch(map.temperature(), cover.temperature(), south, west),
                patch(map.u(), cover.u(), south, west),
                patch(map.v(), cover.v(), south, west),
                map.lapse() == null ? null : patch(map.lapse(), cover.lapse(), south, west));
    }

    private static float[] patch(float[] values, float[] cover, int south, int west) {
        float[] patched = values.clone();
        for (int i = south; i < south + SQUARE; i++) {
            for (int j = west; j < west + SQUARE; j++) {
                int at = GRID.index(i, j % GRID.nlon());
                patched[at] = cover[at];
            }
        }
        return patched;
    }
}
