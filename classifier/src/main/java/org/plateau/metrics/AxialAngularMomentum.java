package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/** Mean angular momentum about the axis per unit mass, (Omega a cos(lat) + u) a cos(lat). */
final class AxialAngularMomentum implements LevelMetric {
    @Override
    public String name() {
        return "axial_angular_momentum";
    }

    @Override
    public String unit() {
        return "m2 s-1";
    }

    @Override
    public Tolerance tolerance() {
        return new Tolerance(1e6, 0.01);
    }

    @Override
    public double value(Measured level) {
        double a = level.scales().radius();
        return level.scales().rotation() * a * a * 2 / 3 + a * level.sums().meanOfTurningWind();
    }
}
