package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/** Root of the mean square of the wind speed. */
final class RmsWind implements LevelMetric {
    @Override
    public String name() {
        return "rms_wind";
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
        return level.diagnostics().rmsWind();
    }
}
