package org.plateau.grid;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A regridding that is a product of one along columns and one along rows: the rows of the source
 * are brought together first, then the columns, several rows at once. The same operator as the
 * weights per cell.
 *
 * <p>In single precision, on departures from one of the field's own values, which comes back at the
 * end: at deep levels the whole structure of a temperature may be a few hundred times the rounding
 * of single precision, and a departure loses nothing of it. So a cell differs from what the weights
 * give in double precision by 2e-6 of the largest departure that goes into it and the last
 * roundings at most, and a constant stays what it is. Rows are arrays of their own where they are
 * brought together, which the compiler makes vector instructions of.
 *
 * <p>Cells that get a missing value, and rows that are reached across a pole, are left missing.
 * Immutable; any thread may use it.
 */
final class Separable {
    /** Rows whose columns are brought together at once. */
    private static final int ROWS = 4;

    /** Shares below that are rounding. */
    private static final double NOTHING = 1e-12;

    private final int sourceColumns;
    private final int columnsInUse;
    private final int rows;
    private final int columns;

    /** Target rows that are not left out, by fours; the last are repeated to fill the last four. */
    private final int[] present;

    /** Per target row, null where it is left out. */
    private final int[][] rowSource;

    private final float[][] rowWeight;

    /**
     * First source column of each target column, and the weights of that and of those behind it,
     * [tap][target column].
     */
    private final int[] columnStart;

    private final float[][] columnWeight;
    private final ThreadLocal<Room> rooms;

    /** One source row's or column's share of a target row or column. */
    record Share(int source, double weight) {}

    /** What a thread brings rows together with: two source rows, and the rows made of such. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Room(float[] one, float[] other, float[][] made) {
        static Room of(int length) {
            return new Room(new float[length], new float[length], new float[ROWS][length]);
        }
    }

    /**
     * @param sourceColumns length of a source row
     * @param columnsInUse how many of them go around the planet once
     * @param byRow shares of each target row; null where it is to be left out
     * @param byColumn shares of each target column, of source columns that follow each other around
     *     the planet ({@link #follow})
     */
    Separable(
            int sourceColumns,
            int columnsInUse,
            List<List<Share>> byRow,
            List<List<Share>> byColumn) {
        this.sourceColumns = sourceColumns;
        this.columnsInUse = columnsInUse;
        rows = byRow.size();
        columns = byColumn.size();
        rowSource = new int[rows][];
        rowWeight = new float[rows][];
        for (int i = 0; i < rows; i++) {
            if (byRow.get(i) != null) {
                List<Share> shares = counting(byRow.get(i));
                rowSource[i] = shares.stream().mapToInt(Share::source).toArray();
                rowWeight[i] = new float[shares.size()];
                for (int k = 0; k < rowWeight[i].length; k++) {
                    rowWeight[i][k] = (float) shares.get(k).weight;
                }
            }
        }
        int[] there = IntStream.range(0, rows).filter(i -> rowSource[i] != null).toArray();
        present = new int[(there.length + ROWS - 1) / ROWS * ROWS];
        Arrays.setAll(present, n -> there[Math.min(n, there.length - 1)]);
        List<List<Share>> kept = byColumn.stream().map(Separable::counting).toList();
        int taps = Math.max(3, kept.stream().mapToInt(List::size).max().orElse(1));
        columnStart = new int[columns];
        columnWeight = new float[taps][columns];
        for (int j = 0; j < columns; j++) {
            columnStart[j] = start(kept.get(j), columnsInUse);
            for (Share share : kept.get(j)) {
                int tap = Math.floorMod(share.source - columnStart[j], columnsInUse);
                columnWeight[tap][j] = (float) share.weight;
            }
        }
        rooms = ThreadLocal.withInitial(() -> Room.of(columnsInUse + taps - 1));
    }

    private static List<Share> counting(List<Share> all) {
        Map<Integer, Double> bySource = new TreeMap<>();
        all.stream()
                .filter(share -> share.weight > NOTHING)
                .forEach(share -> bySource.merge(share.source, share.weight, Double::sum));
        double sum = bySource.values().stream().mapToDouble(w -> w).sum();
        return bySource.entrySet().stream()
                .map(share -> new Share(share.getKey(), share.getValue() / sum))
                .toList();
    }

    /** Whether the source columns of every target column follow each other around the planet. */
    static boolean follow(List<List<Share>> byColumn, int columnsInUse) {
        return byColumn.stream().allMatch(shares -> start(counting(shares), columnsInUse) >= 0);
    }

    /** The source column that all others follow; -1 if there is none. */
    private static int start(List<Share> shares, int columnsInUse) {
        for (Share first : shares) {
            boolean all = true;
            for (Share share : shares) {
                int behind = Math.floorMod(share.source - first.source, columnsInUse);
                all &= behind < shares.size();
            }
            if (all) {
                return first.source;
            }
        }
        return -1;
    }

    /**
     * Brings a field to the target grid; cells that get a missing value are NaN.
     *
     * @param field in the source's order
     * @param result filled
     * @return whether every cell has a value for certain
     */
    boolean apply(float[] field, float[] result) {
        float origin = origin(field);
        Room room = rooms.get();
        float check = 0;
        for (int n = 0; n < present.length; n += ROWS) {
            for (int k = 0; k < ROWS; k++) {
                together(field, present[n + k], origin, room, room.made[k]);
            }
            check +=
                    columnWeight.length == 3
                            ? three(room.made, origin, result, n)
                            : many(room.made, origin, result, n);
        }
        for (int i = 0; i < rows; i++) {
            if (rowSource[i] == null) {
                Arrays.fill(result, i * columns, (i + 1) * columns, Float.NaN);
                check = Float.NaN;
            }
        }
        return !Float.isNaN(check);
    }

    /** The middle one of three values, so that no lone extreme is it; else the first finite one. */
    private static float origin(float[] field) {
        float a = field[0];
        float b = field[field.length / 2];
        float c = field[field.length - 1];
        float middle = Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
        if (Float.isFinite(middle)) {
            return middle;
        }
        for (float value : field) {
            if (Float.isFinite(value)) {
                return value;
            }
        }
        return 0;
    }

    private void together(float[] field, int i, float origin, Room room, float[] made) {
        int[] source = rowSource[i];
        float[] weight = rowWeight[i];
        copy(field, source[0], room.one);
        if (source.length == 1) {
            one(room.one, origin, made);
            return;
        }
        copy(field, source[1], room.other);
        both(room.one, weight[0], room.other, weight[1], origin, made);
        for (int k = 2; k < source.length; k++) {
            copy(field, source[k], room.one);
            add(room.one, weight[k], origin, made);
        }
    }

    /** A source row, with its first columns once more behind its end. */
    private void copy(float[] field, int row, float[] into) {
        int from = row * sourceColumns;
        System.arraycopy(field, from, into, 0, columnsInUse);
        for (int j = columnsInUse; j < into.length; j++) {
            into[j] = into[j - columnsInUse];
        }
    }

    private static void one(float[] row, float origin, float[] made) {
        for (int j = 0; j < made.length; j++) {
            made[j] = row[j] - origin;
        }
    }

    private static void both(
            float[] one, float p, float[] other, float q, float origin, float[] made) {
        for (int j = 0; j < made.length; j++) {
            made[j] = p * (one[j] - origin) + q * (other[j] - origin);
        }
    }

    private static void add(float[] row, float weight, float origin, float[] made) {
        for (int j = 0; j < made.length; j++) {
            made[j] += weight * (row[j] - origin);
        }
    }

    /** The columns of four rows at once; returns a sum of everything, which shows what is NaN. */
    private float three(float[][] made, float origin, float[] result, int n) {
        float[] a = made[0];
        float[] b = made[1];
        float[] c = made[2];
        float[] d = made[3];
        float[] p = columnWeight[0];
        float[] q = columnWeight[1];
        float[] r = columnWeight[2];
        int atA = present[n] * columns;
        int atB = present[n + 1] * columns;
        int atC = present[n + 2] * columns;
        int atD = present[n + 3] * columns;
        float check = 0;
        for (int j = 0; j < columnStart.length; j++) {
            int s = columnStart[j];
            float x = p[j];
            float y = q[j];
            float z = r[j];
            float sumA = x * a[s] + y * a[s + 1] + z * a[s + 2];
            float sumB = x * b[s] + y * b[s + 1] + z * b[s + 2];
            float sumC = x * c[s] + y * c[s + 1] + z * c[s + 2];
            float sumD = x * d[s] + y * d[s + 1] + z * d[s + 2];
            check += (sumA + sumB) + (sumC + sumD);
            result[atA + j] = sumA + origin;
            result[atB + j] = sumB + origin;
            result[atC + j] = sumC + origin;
            result[atD + j] = sumD + origin;
        }
        return check;
    }

    private float many(float[][] made, float origin, float[] result, int n) {
        float[] a = made[0];
        float[] b = made[1];
        float[] c = made[2];
        float[] d = made[3];
        float check = 0;
        for (int j = 0; j < columnStart.length; j++) {
            float sumA = 0;
            float sumB = 0;
            float sumC = 0;
            float sumD = 0;
            int from = columnStart[j];
            for (float[] weight : columnWeight) {
                float w = weight[j];
                sumA += w * a[from];
                sumB += w * b[from];
                sumC += w * c[from];
                sumD += w * d[from];
                from++;
            }
            check += (sumA + sumB) + (sumC + sumD);
            result[present[n] * columns + j] = sumA + origin;
            result[present[n + 1] * columns + j] = sumB + origin;
            result[present[n + 2] * columns + j] = sumC + origin;
            result[present[n + 3] * columns + j] = sumD + origin;
        }
        return check;
    }
}
