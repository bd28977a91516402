package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/**
 * Real part, towards the substellar point, of the equatorial wavenumber-1 amplitude of temperature.
 * With its imaginary part it says where the hot spot lies without the jump of an angle.
 */
final class HotSpotReal implements LevelMetric {
    @Override
    public String name() {
        return "hot_spot_real";
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
        return level.diagnostics().equatorRe();
    }
}
