package org.plateau.network;

import org.plateau.regimes.Regime;

/**
 * What the network makes of one map.
 *
 * @param probabilities calibrated, one per {@link Regime} in its order, each in [0, 1]; several
 *     regimes may hold at once
 * @param nothing calibrated probability that no regime of the horizontal structure is recognised
 * @param unlike how much the map differs from everything in training: 0 like it, 0.5 as far away as
 *     one in a hundred of the training maps, towards 1 unlike anything seen
 */
public record Classification(float[] probabilities, float nothing, float unlike) {

    public Classification {
        if (probabilities.length != Regime.values().length) {
            throw new IllegalArgumentException(
                    "expected one probability per regime, found " + probabilities.length);
        }
    }

    public float probability(Regime regime) {
        return probabilities[regime.ordinal()];
    }

    /** The regime of the horizontal structure with the largest probability. */
    public Regime foremost() {
        Regime best = Regime.ASYMMETRIC;
        for (Regime regime : Regime.values()) {
            if (regime.horizontal() && probability(regime) > probability(best)) {
                best = regime;
            }
        }
        return best;
    }
}
