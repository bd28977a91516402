package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/** Mean kinetic energy of the horizontal wind per unit mass, (u2 + v2)/2. */
final class KineticEnergy implements LevelMetric {
    @Override
    public String name() {
        return "kinetic_energy";
    }

    @Override
    public String unit() {
        return "J kg-1";
    }

    @Override
    public Tolerance tolerance() {
        return new Tolerance(10, 0.02);
    }

    @Override
    public double value(Measured level) {
        double speed = level.diagnostics().rmsWind();
        return speed * speed / 2;
    }
}
