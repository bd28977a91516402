package org.plateau.metrics;

import org.plateau.equilibration.EquilibrationSection.Tolerance;

/**
 * Superrotation index of the column: its angular momentum relative to that of the planet's
 * rotation, less one (Read 1986). All levels rotate alike, so that it is the mass-weighted mean of
 * the levels'.
 */
final class ColumnSuperrotation implements ColumnMetric {
    private final SuperrotationIndex level;

    ColumnSuperrotation(SuperrotationIndex level) {
        this.level = level;
    }

    @Override
    public String name() {
        return "column_superrotation";
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
