package org.plateau.network;

/**
 * One field of one map in the network's input: rows from south to north, each with its first and
 * last columns repeated beyond its ends.
 *
 * <p>In single precision, in loops along rows that the compiler can turn into vector instructions:
 * what is summed over the map is summed per column first, two rows that mirror each other at once,
 * in an order that never changes. Sums are of departures from a value of the map itself, so that
 * they lose nothing beyond the rounding of the values. One thread.
 */
final class Channel {
    /** Values of one channel. */
    static final int SIZE = MapEncoder.ROWS * MapEncoder.COLUMNS;

    private static final int WRAP = MapEncoder.WRAP;
    private static final int ROWS = MapEncoder.ROWS;
    private static final int ROOM = MapEncoder.COLUMNS;
    private static final int WIDTH = ROOM - 2 * WRAP;
    private static final float[] WEIGHT = weights();

    private final float[] values;
    private final int at;
    private final float[] squares = new float[WIDTH];
    private final float[] bends = new float[WIDTH];

    /**
     * A channel that is to be filled.
     *
     * @param at where it begins
     */
    Channel(float[] values, int at) {
        this.values = values;
        this.at = at;
    }

    /** Share of the sphere of one cell, per row. */
    private static float[] weights() {
        float[] weights = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            weights[i] = (float) NetworkGrid.GRID.weight(i);
        }
        return weights;
    }

    private static double total(float[] columns) {
        double sum = 0;
        for (float column : columns) {
            sum += column;
        }
        return sum;
    }

    /** Fills it with a map's departures from its mean, and returns the mean. */
    double departures(float[] map) {
        float origin = map[0];
        float[] sums = new float[WIDTH];
        for (int i = 0; 2 * i < ROWS; i++) {
            sum(map, i * WIDTH, (ROWS - 1 - i) * WIDTH, origin, WEIGHT[i], sums);
        }
        double beyond = total(sums);
        for (int i = 0; i < ROWS; i++) {
            depart(map, i * WIDTH, origin, (float) beyond, row(i));
            wrap(row(i));
        }
        return origin + beyond;
    }

    private static void sum(
            float[] map, int south, int north, float origin, float weight, float[] sums) {
        for (int j = 0; j < WIDTH; j++) {
            sums[j] += weight * ((map[south + j] - origin) + (map[north + j] - origin));
        }
    }

    private void depart(float[] map, int from, float origin, float beyond, int to) {
        float[] into = values;
        for (int j = 0; j < WIDTH; j++) {
            into[to + j] = map[from + j] - origin - beyond;
        }
    }

    /** Where the first value of a row stands. */
    private int row(int i) {
        return at + i * ROOM + WRAP;
    }

    private void wrap(int row) {
        System.arraycopy(values, row + WIDTH - WRAP, values, row - WRAP, WRAP);
        System.arraycopy(values, row, values, row + WIDTH, WRAP);
    }

    /** Fills it with a map. */
    void copy(float[] map) {
        for (int i = 0; i < ROWS; i++) {
            System.arraycopy(map, i * WIDTH, values, row(i), WIDTH);
            wrap(row(i));
        }
    }

    /** Mean of the squares. */
    double square() {
        for (int i = 0; 2 * i < ROWS; i++) {
            square(row(i), row(ROWS - 1 - i), WEIGHT[i]);
        }
        return total(squares);
    }

    private void square(int south, int north, float weight) {
        float[] from = values;
        float[] sums = squares;
        for (int j = 0; j < WIDTH; j++) {
            float a = from[south + j];
            float b = from[north + j];
            sums[j] += weight * (a * a + b * b);
        }
    }

    /** Mean of the squared second differences along rows. */
    double bend() {
        for (int i = 0; 2 * i < ROWS; i++) {
            bend(row(i), row(ROWS - 1 - i), WEIGHT[i]);
        }
        return total(bends);
    }

    private void bend(int south, int north, float weight) {
        float[] from = values;
        float[] sums = bends;
        for (int j = 0; j < WIDTH; j++) {
            float s = from[south + j];
            float n = from[north + j];
            float a = (from[south + j - 1] - s) + (from[south + j + 1] - s);
            float b = (from[north + j - 1] - n) + (from[north + j + 1] - n);
            sums[j] += weight * (a * a + b * b);
        }
    }

    /** Divides everything by that, and cuts off what is beyond the limit. */
    void scale(double by, float limit) {
        float[] all = values;
        float factor = (float) (1 / by);
        for (int k = at; k < at + SIZE; k++) {
            all[k] = Math.max(-limit, Math.min(limit, all[k] * factor));
        }
    }

    /**
     * Fills it with x / (|x| + scale) of a map, with zeros without a map.
     *
     * @return the mean
     */
    double soft(float[] map, double scale) {
        if (map == null) {
            java.util.Arrays.fill(values, at, at + SIZE, 0);
            return 0;
        }
        float floor = (float) Math.max(scale, Float.MIN_NORMAL);
        float[] sums = new float[WIDTH];
        for (int i = 0; i < ROWS; i++) {
            soft(map, i * WIDTH, floor, row(i));
            wrap(row(i));
        }
        for (int i = 0; 2 * i < ROWS; i++) {
            sum(values, row(i), row(ROWS - 1 - i), 0, WEIGHT[i], sums);
        }
        return total(sums);
    }

    private void soft(float[] map, int from, float floor, int to) {
        float[] into = values;
        for (int j = 0; j < WIDTH; j++) {
            float value = map[from + j];
            into[to + j] = value / (Math.abs(value) + floor);
        }
    }
}
