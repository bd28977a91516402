package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/** Kinetic energy of the horizontal wind per unit mass of the column. */
final class ColumnKineticEnergy implements ColumnMetric {
    private final KineticEnergy level;

    ColumnKineticEnergy(KineticEnergy level) {
        this.level = level;
    }

    @Override
    public String name() {
        return "column_kinetic_energy";
    }

    @Override
    public String unit() {
        return level.unit();
    }

    @Override
    public Tolerance tolerance() {
        return new Tolerance(1, 0.02);
    }

    @Override
    public double value(Column column) {
        return column.massMean(level);
    }
}
