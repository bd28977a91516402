package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/**
 * Imaginary part, towards 90 degrees east, of the equatorial wavenumber-1 amplitude of temperature.
 */
final class HotSpotImaginary implements LevelMetric {
    @Override
    public String name() {
        return "hot_spot_imaginary";
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
        return level.diagnostics().equatorIm();
    }
}
