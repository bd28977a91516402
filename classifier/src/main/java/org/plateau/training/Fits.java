package org.plateau.training;

import java.util.List;
import org.plateau.network.Calibration;
import org.plateau.network.Likeness;

/** What is fitted after the weights, on runs that they have not seen. */
final class Fits {

    private static final int STEPS = 60;
    private static final double PRIOR = 1e-3;
    private static final double SHRINKAGE = 0.05;
    private static final double LIMIT_SHARE = 0.99;

    private Fits() {}

    /** Platt's scaling of every output, by Newton's method with a weak pull towards no change. */
    static Calibration calibration(Judged judged) {
        double[] scale = new double[Labels.COUNT];
        double[] offset = new double[Labels.COUNT];
        for (int k = 0; k < Labels.COUNT; k++) {
            double[] fit = platt(judged, k);
            scale[k] = fit[0];
            offset[k] = fit[1];
        }
        return new Calibration(scale, offset);
    }

    private static double[] platt(Judged judged, int k) {
        double a = 1;
        double b = 0;
        for (int step = 0; step < STEPS; step++) {
            double ga = PRIOR * (a - 1);
            double gb = PRIOR * b;
            double haa = PRIOR;
            double hab = 0;
            double hbb = PRIOR;
            for (int n = 0; n < judged.count(); n++) {
                double z = judged.logits().get(n)[k];
                double p = 1 / (1 + Math.exp(-(a * z + b)));
                double error = (p - (judged.holds(n, k) ? 1 : 0)) / judged.count();
                double curvature = Math.max(1e-9, p * (1 - p)) / judged.count();
                ga += error * z;
                gb += error;
                haa += curvature * z * z;
                hab += curvature * z;
                hbb += curvature;
            }
            double determinant = haa * hbb - hab * hab;
            double da = (hbb * ga - hab * gb) / determinant;
            double db = (haa * gb - hab * ga) / determinant;
            double size = Math.max(1, Math.max(Math.abs(da), Math.abs(db)));
            a = Math.max(0.05, a - da / size);
            b -= db / size;
        }
        return new double[] {a, b};
    }

    /**
     * Statistics of likeness: mean and covariance from the maps that were trained on, shrunk
     * towards its diagonal; distances from maps of runs that were not.
     */
    static Likeness likeness(List<double[]> trained, List<double[]> fresh) {
        int width = trained.get(0).length;
        double[] mean = new double[width];
        for (double[] x : trained) {
            for (int i = 0; i < width; i++) {
                mean[i] += x[i] / trained.size();
            }
        }
        double[] precision = inverse(covariance(trained, mean), width);
        Likeness unscaled = new Likeness(floats(mean), floats(precision), 1, 2);
        double[] distance = fresh.stream().mapToDouble(unscaled::distance).sorted().toArray();
        double typical = distance[distance.length / 2];
        double limit = distance[(int) (LIMIT_SHARE * (distance.length - 1))];
        return new Likeness(
                floats(mean), floats(precision), typical, Math.max(limit, 1.01 * typical));
    }

    private static double[] covariance(List<double[]> vectors, double[] mean) {
        int width = mean.length;
        double[] covariance = new double[width * width];
        for (double[] x : vectors) {
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    covariance[i * width + j] +=
                            (x[i] - mean[i]) * (x[j] - mean[j]) / vectors.size();
                }
            }
        }
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                covariance[i * width + j] *= i == j ? 1 : 1 - SHRINKAGE;
            }
            covariance[i * width + i] += 1e-4;
        }
        return covariance;
    }

    /** Inverse of a symmetric positive definite matrix, by Gauss and Jordan. */
    static double[] inverse(double[] matrix, int width) {
        double[] a = matrix.clone();
        double[] inverse = new double[a.length];
        for (int i = 0; i < width; i++) {
            inverse[i * width + i] = 1;
        }
        for (int pivot = 0; pivot < width; pivot++) {
            double factor = 1 / a[pivot * width + pivot];
            for (int j = 0; j < width; j++) {
                a[pivot * width + j] *= factor;
                inverse[pivot * width + j] *= factor;
            }
            for (int i = 0; i < width; i++) {
                double share = i == pivot ? 0 : a[i * width + pivot];
                for (int j = 0; share != 0 && j < width; j++) {
                    a[i * width + j] -= share * a[pivot * width + j];
                    inverse[i * width + j] -= share * inverse[pivot * width + j];
                }
            }
        }
        return inverse;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
