package org.plateau.metrics;

import java.util.ArrayList;
import java.util.List;
import org.plateau.regimes.Regime;

/** All metrics, in the order in which results list them. */
public final class Metrics {
    private static final List<Metric> ALL = all();

    private Metrics() {}

    private static List<Metric> all() {
        List<Metric> all =
                new ArrayList<>(
                        List.of(
                                new MeanTemperature(),
                                new DayNightContrast(),
                                new EquatorPoleContrast(),
                                new RmsWind(),
                                new EquatorialJetWind(),
                                new KineticEnergy(),
                                new HotSpotReal(),
                                new HotSpotImaginary(),
                                new SuperrotationIndex(),
                                new AxialAngularMomentum()));
        for (Regime regime : Regime.values()) {
            all.add(new RegimeProbability(regime));
        }
        return List.copyOf(all);
    }

    /** Every metric there is. */
    public static List<Metric> list() {
        return ALL;
    }

    /** The value of every metric, in the order of {@link #list()}. */
    public static double[] values(Measured level) {
        return ALL.stream().mapToDouble(metric -> metric.value(level)).toArray();
    }
}
