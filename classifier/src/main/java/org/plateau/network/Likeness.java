package org.plateau.network;

/**
 * How far a map lies from those of the training, as the Mahalanobis distance (Lee et al. 2018) of
 * the last hidden layer, the two logarithmic scalars and the texture of the fields together.
 *
 * @param mean of the training maps, shape [width]
 * @param precision inverse of their shrunk covariance, rows one after the other, shape [width *
 *     width]
 * @param typical median distance of training maps
 * @param limit distance that one in a hundred training maps passes
 */
public record Likeness(float[] mean, float[] precision, double typical, double limit) {

    private static final int[] SCALARS = {0, 2};

    public Likeness {
        if (precision.length != mean.length * mean.length || !(limit > typical && typical > 0)) {
            throw new IllegalArgumentException("likeness statistics do not fit together");
        }
    }

    /** Number of values that are compared when the last hidden layer has this many. */
    public static int width(int features) {
        return features + SCALARS.length + MapEncoder.TEXTURES;
    }

    /** The values that are compared for map {@code n}, shape [width]. */
    public static double[] vector(EncodedMaps batch, float[] features, int n) {
        int own = features.length / batch.count();
        double[] x = new double[width(own)];
        for (int k = 0; k < own; k++) {
            x[k] = features[n * own + k];
        }
        for (int k = 0; k < SCALARS.length; k++) {
            x[own + k] = batch.scalars()[n * MapEncoder.SCALARS + SCALARS[k]];
        }
        for (int k = 0; k < MapEncoder.TEXTURES; k++) {
            x[own + SCALARS.length + k] = batch.texture()[n * MapEncoder.TEXTURES + k];
        }
        return x;
    }

    /** Mahalanobis distance from the training maps. */
    public double distance(double[] x) {
        double[] beyond = new double[mean.length];
        for (int j = 0; j < beyond.length; j++) {
            beyond[j] = x[j] - mean[j];
        }
        double sum = 0;
        for (int i = 0; i < beyond.length; i++) {
            sum += row(i * beyond.length, beyond) * beyond[i];
        }
        return Math.sqrt(Math.max(0, sum));
    }

    /** A row of the precision times a vector, in four sums that do not wait for each other. */
    private double row(int from, double[] beyond) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int j = 0;
        for (; j + 3 < beyond.length; j += 4) {
            a += precision[from + j] * beyond[j];
            b += precision[from + j + 1] * beyond[j + 1];
            c += precision[from + j + 2] * beyond[j + 2];
            d += precision[from + j + 3] * beyond[j + 3];
        }
        for (; j < beyond.length; j++) {
            a += precision[from + j] * beyond[j];
        }
        return (a + b) + (c + d);
    }

    /** 0.05 at the typical distance, 0.5 at the limit, towards 1 beyond. */
    public double unlike(double distance) {
        double steepness = Math.log(19) / Math.log(limit / typical);
        return distance <= 0 ? 0 : 1 / (1 + Math.pow(limit / distance, steepness));
    }
}
