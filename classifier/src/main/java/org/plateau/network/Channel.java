package org.plateau.network;

/**
 * One field of one map on its way into the network's input: rows from south to north.
 *
 * <p>In single precision. What is summed over the map is summed per column first, two rows that
 * mirror each other at once, in an order that never changes. Sums are of departures from a value of
 * the map itself, so that they lose nothing beyond the rounding of the values.
 *
 * <p>Every row is an array of its own: the compiler turns a loop into vector instructions where all
 * arrays in it are read and written at the same index, and not where one is read at two distances
 * that it does not know. One thread; used again for other maps.
 */
final class Channel {
    /** Values of one channel in the network's input. */
    static final int SIZE = MapEncoder.ROWS * MapEncoder.COLUMNS;

    private static final int WRAP = MapEncoder.WRAP;
    private static final int ROWS = MapEncoder.ROWS;
    private static final int ROOM = MapEncoder.COLUMNS;
    private static final int WIDTH = ROOM - 2 * WRAP;
    private static final float[] WEIGHT = weights();

    private final float[][] rows = new float[ROWS][WIDTH];
    private final float[] sums = new float[WIDTH];
    private final float[] west = new float[WIDTH];
    private final float[] east = new float[WIDTH];
    private final float[] mirrored = new float[WIDTH];

    /** Share of the sphere of one cell, per row. */
    private static float[] weights() {
        float[] weights = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            weights[i] = (float) NetworkGrid.GRID.weight(i);
        }
        return weights;
    }

    /** Of the columns' sums, which are 0 again afterwards. */
    private double total() {
        double sum = 0;
        for (int j = 0; j < WIDTH; j++) {
            sum += sums[j];
            sums[j] = 0;
        }
        return sum;
    }

    /** Fills it with a map. */
    void take(float[] map) {
        for (int i = 0; i < ROWS; i++) {
            System.arraycopy(map, i * WIDTH, rows[i], 0, WIDTH);
        }
    }

    /** Fills it with a map's departures from its mean, and returns the mean. */
    double departures(float[] map) {
        take(map);
        float origin = map[0];
        double beyond = mean(origin);
        for (float[] row : rows) {
            depart(row, origin, (float) beyond);
        }
        return origin + beyond;
    }

    /** Mean of what is beyond the origin. */
    private double mean(float origin) {
        for (int i = 0; 2 * i < ROWS; i++) {
            sum(rows[i], rows[ROWS - 1 - i], origin, WEIGHT[i], sums);
        }
        return total();
    }

    private static void sum(
            float[] south, float[] north, float origin, float weight, float[] sums) {
        for (int j = 0; j < WIDTH; j++) {
            sums[j] += weight * ((south[j] - origin) + (north[j] - origin));
        }
    }

    private static void depart(float[] row, float origin, float beyond) {
        for (int j = 0; j < WIDTH; j++) {
            row[j] = row[j] - origin - beyond;
        }
    }

    /** Mean of the squares. */
    double square() {
        for (int i = 0; 2 * i < ROWS; i++) {
            square(rows[i], rows[ROWS - 1 - i], WEIGHT[i], sums);
        }
        return total();
    }

    private static void square(float[] south, float[] north, float weight, float[] sums) {
        for (int j = 0; j < WIDTH; j++) {
            float a = south[j];
            float b = north[j];
            sums[j] += weight * (a * a + b * b);
        }
    }

    /** Mean of the squared second differences along rows. */
    double bend() {
        for (int i = 0; 2 * i < ROWS; i++) {
            bend(rows[i], west);
            bend(rows[ROWS - 1 - i], mirrored);
            square(west, mirrored, WEIGHT[i], sums);
        }
        return total();
    }

    private void bend(float[] row, float[] into) {
        System.arraycopy(row, 0, into, 1, WIDTH - 1);
        into[0] = row[WIDTH - 1];
        System.arraycopy(row, 1, east, 0, WIDTH - 1);
        east[WIDTH - 1] = row[0];
        bend(row, east, into);
    }

    private static void bend(float[] row, float[] east, float[] west) {
        for (int j = 0; j < WIDTH; j++) {
            float value = row[j];
            west[j] = (west[j] - value) + (east[j] - value);
        }
    }

    /** Divides everything by that, and cuts off what is beyond the limit. */
    void scale(double by, float limit) {
        float factor = (float) (1 / by);
        for (float[] row : rows) {
            scale(row, factor, limit);
        }
    }

    private static void scale(float[] row, float factor, float limit) {
        for (int j = 0; j < WIDTH; j++) {
            row[j] = Math.max(-limit, Math.min(limit, row[j] * factor));
        }
    }

    /**
     * Fills it with x / (|x| + scale) of a map, with zeros without a map.
     *
     * @return the mean
     */
    double soft(float[] map, double scale) {
        if (map == null) {
            for (float[] row : rows) {
                java.util.Arrays.fill(row, 0);
            }
            return 0;
        }
        take(map);
        float floor = (float) Math.max(scale, Float.MIN_NORMAL);
        for (float[] row : rows) {
            soft(row, floor);
        }
        return mean(0);
    }

    private static void soft(float[] row, float floor) {
        for (int j = 0; j < WIDTH; j++) {
            float value = row[j];
            row[j] = value / (Math.abs(value) + floor);
        }
    }

    /**
     * Puts it into the network's input, each row with its first and last columns repeated beyond
     * its ends.
     *
     * @param at where the channel begins
     */
    void put(float[] values, int at) {
        int from = at;
        for (float[] row : rows) {
            System.arraycopy(row, WIDTH - WRAP, values, from, WRAP);
            System.arraycopy(row, 0, values, from + WRAP, WIDTH);
            System.arraycopy(row, 0, values, from + WRAP + WIDTH, WRAP);
            from += ROOM;
        }
    }
}
