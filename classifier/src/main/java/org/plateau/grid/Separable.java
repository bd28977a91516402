package org.plateau.grid;

import java.util.Arrays;
import java.util.List;

/**
 * A regridding that is a product of one along columns and one along rows: the rows of the source
 * are brought together first, then the columns, several rows at once. The same operator as the
 * weights per cell, to 1e-14 of the largest magnitude among the values that go into a cell, and in
 * double precision like them: at deep levels the whole structure of a temperature may be a few
 * hundred times the rounding of single precision. Cells that get a missing value, and rows that are
 * reached across a pole, are left missing. Immutable; any thread may use it.
 */
final class Separable {
    /** Rows whose columns are brought together at once. */
    private static final int ROWS = 4;

    /** Shares below that are rounding. */
    private static final double NOTHING = 1e-12;

    private final int sourceColumns;
    private final int rows;
    private final int columns;

    /** Per target row, null where it is left out. */
    private final int[][] rowSource;

    private final double[][] rowWeight;

    /** Taps of each target column; those that are too many have no weight. */
    private final int taps;

    private final int[] columnSource;
    private final double[] columnWeight;

    /** One source row's or column's share of a target row or column. */
    record Share(int source, double weight) {}

    /**
     * @param sourceColumns length of a source row
     * @param byRow shares of each target row; null where it is to be left out
     * @param byColumn shares of each target column
     */
    Separable(int sourceColumns, List<List<Share>> byRow, List<List<Share>> byColumn) {
        this.sourceColumns = sourceColumns;
        rows = byRow.size();
        columns = byColumn.size();
        rowSource = new int[rows][];
        rowWeight = new double[rows][];
        for (int i = 0; i < rows; i++) {
            if (byRow.get(i) != null) {
                List<Share> shares = counting(byRow.get(i));
                rowSource[i] = shares.stream().mapToInt(Share::source).toArray();
                rowWeight[i] = new double[shares.size()];
                for (int k = 0; k < rowWeight[i].length; k++) {
                    rowWeight[i][k] = shares.get(k).weight;
                }
            }
        }
        List<List<Share>> kept = byColumn.stream().map(Separable::counting).toList();
        taps = kept.stream().mapToInt(List::size).max().orElse(1);
        columnSource = new int[columns * taps];
        columnWeight = new double[columns * taps];
        for (int j = 0; j < columns; j++) {
            for (int k = 0; k < taps; k++) {
                boolean used = k < kept.get(j).size();
                Share share = kept.get(j).get(used ? k : 0);
                columnSource[j * taps + k] = share.source;
                columnWeight[j * taps + k] = used ? share.weight : 0;
            }
        }
    }

    private static List<Share> counting(List<Share> all) {
        List<Share> kept = all.stream().filter(share -> share.weight > NOTHING).toList();
        double sum = kept.stream().mapToDouble(Share::weight).sum();
        return kept.stream().map(share -> new Share(share.source, share.weight / sum)).toList();
    }

    /**
     * A field on the target grid, NaN where something is missing.
     *
     * @param field in the source's order
     */
    float[] apply(float[] field) {
        float[] result = new float[rows * columns];
        double[][] four = new double[ROWS][sourceColumns];
        int[] at = new int[ROWS];
        int waiting = 0;
        for (int i = 0; i < rows; i++) {
            if (rowSource[i] == null) {
                Arrays.fill(result, i * columns, (i + 1) * columns, Float.NaN);
                continue;
            }
            together(field, i, four[waiting]);
            at[waiting++] = i * columns;
            if (waiting == ROWS) {
                columns(four, result, at);
                waiting = 0;
            }
        }
        if (waiting > 0) {
            Arrays.fill(four, waiting, ROWS, four[0]);
            Arrays.fill(at, waiting, ROWS, at[0]);
            columns(four, result, at);
        }
        return result;
    }

    private void together(float[] field, int i, double[] row) {
        int[] source = rowSource[i];
        double[] weight = rowWeight[i];
        if (source.length == 1) {
            one(field, source[0] * row.length, row);
            return;
        }
        two(field, source, weight, row);
        for (int k = 2; k < source.length; k++) {
            add(field, source[k] * row.length, weight[k], row);
        }
    }

    private static void one(float[] field, int from, double[] row) {
        for (int j = 0; j < row.length; j++) {
            row[j] = field[from + j];
        }
    }

    private static void two(float[] field, int[] source, double[] weight, double[] row) {
        int a = source[0] * row.length;
        int b = source[1] * row.length;
        double p = weight[0];
        double q = weight[1];
        for (int j = 0; j < row.length; j++) {
            row[j] = p * field[a + j] + q * field[b + j];
        }
    }

    private static void add(float[] field, int from, double weight, double[] row) {
        for (int j = 0; j < row.length; j++) {
            row[j] += weight * field[from + j];
        }
    }

    /** The columns of four rows at once, so that weights are looked up for all of them. */
    private void columns(double[][] four, float[] result, int[] at) {
        double[] a = four[0];
        double[] b = four[1];
        double[] c = four[2];
        double[] d = four[3];
        int k = 0;
        for (int j = 0; j < columns; j++) {
            double sumA = 0;
            double sumB = 0;
            double sumC = 0;
            double sumD = 0;
            for (int end = k + taps; k < end; k++) {
                double weight = columnWeight[k];
                int from = columnSource[k];
                sumA += weight * a[from];
                sumB += weight * b[from];
                sumC += weight * c[from];
                sumD += weight * d[from];
            }
            result[at[0] + j] = (float) sumA;
            result[at[1] + j] = (float) sumB;
            result[at[2] + j] = (float) sumC;
            result[at[3] + j] = (float) sumD;
        }
    }
}
