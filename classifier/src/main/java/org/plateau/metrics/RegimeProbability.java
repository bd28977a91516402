package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;
import org.plateau.regimes.Regime;

/** The probability that the network gives to one regime. */
final class RegimeProbability implements LevelMetric {
    private final Regime regime;
    private final String name;

    RegimeProbability(Regime regime) {
        this.regime = regime;
        name = "probability_" + regime.text().replaceAll("[ -]", "_");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String unit() {
        return "1";
    }

    @Override
    public Tolerance tolerance() {
        return new Tolerance(0.1, 0);
    }

    @Override
    public double value(Measured level) {
        return level.label().probability(regime);
    }
}
