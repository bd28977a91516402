package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/** Zonal-mean zonal wind within 15 degrees of the equator. */
final class EquatorialJetWind implements LevelMetric {
    @Override
    public String name() {
        return "equatorial_jet_wind";
    }

    @Override
    public String unit() {
        return "m s-1";
    }

    @Override
    public Tolerance tolerance() {
        return new Tolerance(1, 0.01);
    }

    @Override
    public double value(Measured level) {
        return level.diagnostics().equatorialWind();
    }
}
