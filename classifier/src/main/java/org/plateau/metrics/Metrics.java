package org.plateau.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.plateau.equilibration.EquilibrationSection.Tolerance;
import org.plateau.regimes.Regime;

/** All metrics, in the order in which results list them. */
public final class Metrics {
    private static final KineticEnergy KINETIC_ENERGY = new KineticEnergy();
    private static final SuperrotationIndex SUPERROTATION = new SuperrotationIndex();
    private static final AxialAngularMomentum ANGULAR_MOMENTUM = new AxialAngularMomentum();

    private static final List<LevelMetric> LEVEL = level();
    private static final List<ColumnMetric> COLUMN =
            List.of(
                    new ColumnKineticEnergy(KINETIC_ENERGY),
                    new ColumnAngularMomentum(ANGULAR_MOMENTUM),
                    new ColumnSuperrotation(SUPERROTATION));
    private static final List<WrittenMetric> WRITTEN =
            List.of(new TopBalance(), new SurfaceBalance());

    private Metrics() {}

    private static List<LevelMetric> level() {
        List<LevelMetric> all =
                new ArrayList<>(
                        List.of(
                                new MeanTemperature(),
                                new DayNightContrast(),
                                new EquatorPoleContrast(),
                                new RmsWind(),
                                new EquatorialJetWind(),
                                KINETIC_ENERGY,
                                new HotSpotReal(),
                                new HotSpotImaginary(),
                                SUPERROTATION,
                                ANGULAR_MOMENTUM));
        for (Regime regime : Regime.values()) {
            all.add(new RegimeProbability(regime));
        }
        return List.copyOf(all);
    }

    /** Every metric of a level. */
    public static List<LevelMetric> list() {
        return LEVEL;
    }

    /** Every metric of the column that is made of its levels. */
    public static List<ColumnMetric> column() {
        return COLUMN;
    }

    /** Every metric of the column that is made of what the model writes besides. */
    public static List<WrittenMetric> written() {
        return WRITTEN;
    }

    /** Metrics of variables that a person asked for, by name. */
    public static List<WrittenMetric> named(Map<String, Tolerance> variables) {
        Stream<WrittenMetric> named =
                variables.entrySet().stream().map(v -> new NamedVariable(v.getKey(), v.getValue()));
        return named.toList();
    }

    /** The value of every level metric, in the order of {@link #list()}. */
    public static double[] values(Measured level) {
        double[] values = new double[LEVEL.size()];
        for (int m = 0; m < values.length; m++) {
            values[m] = LEVEL.get(m).value(level);
        }
        return values;
    }
}
