package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/** Mean temperature of the day side minus that of the night side. */
final class DayNightContrast implements LevelMetric {
    @Override
    public String name() {
        return "day_night_contrast";
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
        return level.sums().meanOfColumns(lon -> Math.abs(lon) < 90)
                - level.sums().meanOfColumns(lon -> Math.abs(lon) > 90);
    }
}
