package org.plateau.field;

/** The vertical temperature gradient dT/dln(p) of a column of levels. */
public final class VerticalGradient {

    private VerticalGradient() {}

    /**
     * The gradient at one level: the slope between its two neighbours, or one-sided at the ends.
     *
     * @param pressure of the levels, Pa, strictly monotonic, shape [level]
     * @param temperature K, shape [level][cell]; a null row is a level that is not known
     * @param level for which the gradient is wanted
     * @return dT/dln(p), K, shape [cell]; null if fewer than two of the levels concerned are known
     */
    public static float[] at(double[] pressure, float[][] temperature, int level) {
        int below = level > 0 && temperature[level - 1] != null ? level - 1 : level;
        int above =
                level + 1 < pressure.length && temperature[level + 1] != null ? level + 1 : level;
        float[] a = temperature[below];
        float[] b = temperature[above];
        if (below == above || a == null || b == null) {
            return null;
        }
        float perStep = (float) (1 / Math.log(pressure[above] / pressure[below]));
        float[] gradient = new float[a.length];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (b[i] - a[i]) * perStep;
        }
        return gradient;
    }
}
