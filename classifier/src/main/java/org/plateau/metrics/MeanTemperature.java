package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/** Mean temperature, weighted by area. */
final class MeanTemperature implements LevelMetric {
    @Override
    public String name() {
        return "temperature_mean";
    }

    @Override
    public String unit() {
        return "K";
    }

    @Override
    public Tolerance tolerance() {
        return new Tolerance(1, 0.001);
    }

    @Override
    public double value(Measured level) {
        return level.diagnostics().meanTemperature();
    }
}
