package org.plateau.grid;

import java.util.Arrays;

/**
 * Brings fields from one horizontal grid to another by weights that were computed once. Missing
 * values (NaN) count as absent: their weight goes to the others, and a target cell with less than
 * half of its weight left is missing itself. Immutable; any thread may use it.
 */
public final class Regridder {
    private static final double ENOUGH = 0.5;

    private final int sourceSize;
    private final int[] rowStart;
    private final int[] source;
    private final double[] weight;
    private final double[] cosine;
    private final double[] sine;

    /** Per target cell: the sum of its weights, and whether winds have to be turned. */
    private final double[] total;

    private final boolean[] turned;
    private final Separable separable;
    private final String description;

    Regridder(
            int sourceSize,
            int[] rowStart,
            int[] source,
            double[] weight,
            double[] cosine,
            double[] sine,
            Separable separable,
            String description) {
        this.sourceSize = sourceSize;
        this.rowStart = rowStart;
        this.source = source;
        this.weight = weight;
        this.cosine = cosine;
        this.sine = sine;
        this.separable = separable;
        this.description = description;
        total = new double[rowStart.length - 1];
        turned = new boolean[rowStart.length - 1];
        for (int row = 0; row < total.length; row++) {
            for (int k = rowStart[row]; k < rowStart[row + 1]; k++) {
                total[row] += weight[k];
                turned[row] |= cosine != null && (cosine[k] != 1 || sine[k] != 0);
            }
        }
    }

    /**
     * Weights from a model's grid to a regular one that is centred on the substellar point:
     * conservative in each direction that gets coarser, linear in the others; barycentric in the
     * triangles between cell centres for an unstructured mesh.
     *
     * @param substellarLongitude degrees east in the source's longitudes
     */
    public static Regridder between(SourceGrid from, RegularGrid to, double substellarLongitude) {
        if (from instanceof SourceGrid.Rectilinear grid) {
            return new RectilinearWeights(grid, to, substellarLongitude).build();
        }
        return new CellWeights((SourceGrid.Cells) from, to, substellarLongitude).build();
    }

    /**
     * A scalar field on the target grid.
     *
     * @param field one level in the source's order, NaN where missing
     */
    public float[] scalar(float[] field) {
        check(field);
        float[] result = new float[total.length];
        if (quick(field, result)) {
            return result;
        }
        for (int row = 0; row < result.length; row++) {
            if (Float.isNaN(result[row])) {
                result[row] = mean(field, row);
            }
        }
        return result;
    }

    /**
     * What the product of rows and columns gives; NaN where the weights of the cell are needed.
     *
     * @return whether they are needed nowhere
     */
    private boolean quick(float[] field, float[] result) {
        if (separable != null) {
            return separable.apply(field, result);
        }
        Arrays.fill(result, Float.NaN);
        return false;
    }

    private float mean(float[] field, int row) {
        int end = rowStart[row + 1];
        double sum = 0;
        for (int k = rowStart[row]; k < end; k++) {
            sum += weight[k] * field[source[k]];
        }
        return Double.isNaN(sum) ? meanOfValid(field, row) : (float) (sum / total[row]);
    }

    private float meanOfValid(float[] field, int row) {
        double sum = 0;
        double valid = 0;
        for (int k = rowStart[row]; k < rowStart[row + 1]; k++) {
            double value = field[source[k]];
            if (!Double.isNaN(value)) {
                sum += weight[k] * value;
                valid += weight[k];
            }
        }
        return valid >= ENOUGH * total[row] && valid > 0 ? (float) (sum / valid) : Float.NaN;
    }

    /**
     * A wind on the target grid; vectors are turned where the directions of east and north differ,
     * as they do across a pole.
     *
     * @param u eastward, v northward, in the source's order, NaN where missing
     * @return u and v
     */
    public float[][] wind(float[] u, float[] v) {
        check(u);
        check(v);
        if (cosine == null) {
            return new float[][] {scalar(u), scalar(v)};
        }
        float[][] result = new float[2][total.length];
        quick(u, result[0]);
        quick(v, result[1]);
        for (int row = 0; row < turned.length; row++) {
            if (turned[row] || Float.isNaN(result[0][row]) || Float.isNaN(result[1][row])) {
                turn(row, u, v, result);
            }
        }
        return result;
    }

    /**
     * One component of a wind whose other component stands on a grid of its own, as on staggered
     * grids: its sign changes where it is taken from across a pole. For latitudes by longitudes
     * only, whose directions differ in nothing else.
     *
     * @param component in the source's order, NaN where missing
     */
    public float[] component(float[] component) {
        check(component);
        if (cosine == null) {
            return scalar(component);
        }
        float[][] result = new float[2][total.length];
        quick(component, result[0]);
        for (int row = 0; row < turned.length; row++) {
            if (turned[row] || Float.isNaN(result[0][row])) {
                turn(row, component, component, result);
            }
        }
        return result[0];
    }

    private void turn(int row, float[] u, float[] v, float[][] result) {
        double east = 0;
        double north = 0;
        double valid = 0;
        double all = 0;
        for (int k = rowStart[row]; k < rowStart[row + 1]; k++) {
            double x = u[source[k]];
            double y = v[source[k]];
            all += weight[k];
            if (!Double.isNaN(x) && !Double.isNaN(y)) {
                east += weight[k] * (cosine[k] * x - sine[k] * y);
                north += weight[k] * (sine[k] * x + cosine[k] * y);
                valid += weight[k];
            }
        }
        boolean enough = valid >= ENOUGH * all && valid > 0;
        result[0][row] = enough ? (float) (east / valid) : Float.NaN;
        result[1][row] = enough ? (float) (north / valid) : Float.NaN;
    }

    private void check(float[] field) {
        if (field.length != sourceSize) {
            throw new IllegalArgumentException(
                    "regridding: expected "
                            + sourceSize
                            + " elements of one level, found "
                            + field.length);
        }
    }

    /** From what and how, for the results' provenance. */
    public String description() {
        return description;
    }
}
