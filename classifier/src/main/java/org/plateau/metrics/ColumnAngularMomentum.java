package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/** Angular momentum about the axis per unit mass of the column. */
final class ColumnAngularMomentum implements ColumnMetric {
    private final AxialAngularMomentum level;

    ColumnAngularMomentum(AxialAngularMomentum level) {
        this.level = level;
    }

    @Override
    public String name() {
        return "column_angular_momentum";
    }

    @Override
    public String unit() {
        return level.unit();
    }

    @Override
    public Tolerance tolerance() {
        return level.tolerance();
    }

    @Override
    public double value(Column column) {
        return column.massMean(level);
    }
}
