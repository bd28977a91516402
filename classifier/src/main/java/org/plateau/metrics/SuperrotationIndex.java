package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/**
 * Angular momentum of the wind relative to that of the planet's rotation at this level, both about
 * the axis (after Read 1986); missing if the planet does not rotate.
 */
final class SuperrotationIndex implements LevelMetric {
    @Override
    public String name() {
        return "superrotation_index";
    }

    @Override
    public String unit() {
        return "1";
    }

    @Override
    public Tolerance tolerance() {
        return new Tolerance(0.001, 0.01);
    }

    @Override
    public double value(Measured level) {
        double rotation = level.scales().rotation();
        double wind = level.sums().meanOfTurningWind();
        return rotation == 0 ? Double.NaN : wind / (rotation * level.scales().radius() * 2 / 3);
    }
}
