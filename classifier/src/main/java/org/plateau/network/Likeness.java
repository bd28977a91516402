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
        int width = mean.length;
        double sum = 0;
        for (int i = 0; i < width; i++) {
            double row = 0;
            for (int j = 0; j < width; j++) {
                row += precision[i * width + j] * (x[j] - mean[j]);
            }
            sum += row * (x[i] - mean[i]);
        }
        return Math.sqrt(Math.max(0, sum));
    }

    /** 0.05 at the typical distance, 0.5 at the limit, towards 1 beyond. */
    public double unlike(double distance) {
        double steepness = Math.log(19) / Math.log(limit / typical);
        return distance <= 0 ? 0 : 1 / (1 + Math.pow(limit / distance, steepness));
    }
}
