package org.plateau.network;

/**
 * Platt scaling: the probability of output k is 1 / (1 + exp(-(scale[k] * logit + offset[k]))).
 * Fitted on runs that the weights have not seen (Platt 1999).
 *
 * @param scale one per output, positive
 * @param offset one per output
 */
public record Calibration(double[] scale, double[] offset) {

    public Calibration {
        if (scale.length != offset.length) {
            throw new IllegalArgumentException("calibration needs as many scales as offsets");
        }
    }

    /** Leaves the network's own probabilities as they are. */
    public static Calibration none(int outputs) {
        double[] ones = new double[outputs];
        java.util.Arrays.fill(ones, 1);
        return new Calibration(ones, new double[outputs]);
    }

    /** The calibrated probability of output {@code k}. */
    public double probability(int k, double logit) {
        return 1 / (1 + Math.exp(-(scale[k] * logit + offset[k])));
    }
}
