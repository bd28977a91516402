package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/** Mean temperature within 30 degrees of the equator minus that beyond 60. */
final class EquatorPoleContrast implements LevelMetric {
    @Override
    public String name() {
        return "equator_pole_contrast";
    }

    @Override
    public String unit() {
        return "K";
    }

    @Override
    public Tolerance tolerance() {
        return new Tolerance(1, 0.01);
    }

    @Override
    public double value(Measured level) {
        return level.sums().meanOfRows(lat -> Math.abs(lat) < 30)
                - level.sums().meanOfRows(lat -> Math.abs(lat) > 60);
    }
}
