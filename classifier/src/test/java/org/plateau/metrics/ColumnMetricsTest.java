package org.plateau.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.plateau.equilibration.EquilibrationSection.Tolerance;

class ColumnMetricsTest {

    private static Column column(double[] pressure, String metric, double... values) {
        int metrics = Metrics.list().size();
        List<String> names = Metrics.list().stream().map(Metric::name).toList();
        double[] all = new double[pressure.length * metrics];
        Arrays.fill(all, Double.NaN);
        for (int k = 0; k < values.length; k++) {
            all[k * metrics + names.indexOf(metric)] = values[k];
        }
        return new Column(pressure, all);
    }

    private static double value(String metric, Column column) {
        return Metrics.column().stream()
                .filter(m -> m.name().equals(metric))
                .findFirst()
                .orElseThrow()
                .value(column);
    }

    /** The integral of a straight line in pressure is exact by the trapezoidal rule. */
    @Test
    void weighsLevelsByTheMassAroundThem() {
        double[] pressure = {0, 1e4, 4e4, 1e5};
        double[] energy = {7, 7 + 1e4, 7 + 4e4, 7 + 1e5};
        Column column = column(pressure, "kinetic_energy", energy);
        assertEquals(7 + 5e4, value("column_kinetic_energy", column), 1e-6);
    }

    @Test
    void takesASingleLevelAsItIs() {
        Column column = column(new double[] {1e5}, "superrotation_index", 0.25);
        assertEquals(0.25, value("column_superrotation", column));
    }

    @Test
    void isMissingIfALevelIs() {
        Column column = column(new double[] {1, 2, 3}, "axial_angular_momentum", 5, Double.NaN, 5);
        assertTrue(Double.isNaN(value("column_angular_momentum", column)));
    }

    private static Written written(Map<String, Double> means) {
        return new Written(means, means.keySet());
    }

    @Test
    void makesTheBalanceAtTheTopOfAbsorbedAndEmitted() {
        WrittenMetric balance = Metrics.written().get(0);
        Written parts =
                written(
                        Map.of(
                                "toa_incoming_shortwave_flux", 340.0,
                                "toa_outgoing_shortwave_flux", 100.0,
                                "toa_outgoing_longwave_flux", 239.0));
        assertEquals(1, balance.value(parts), 1e-12);
        assertEquals(new Tolerance(2.4, 0), balance.tolerance(parts));
        Written net = written(Map.of("toa_net_downward_radiative_flux", -3.0));
        assertEquals(-3, balance.value(net));
        assertTrue(balance.tolerance(net).absolute() > 0);
    }

    @Test
    void makesTheBalanceAtTheSurfaceOfRadiationAndTurbulence() {
        WrittenMetric balance = Metrics.written().get(1);
        Map<String, Double> radiation =
                Map.of(
                        "surface_downwelling_shortwave_flux_in_air", 180.0,
                        "surface_upwelling_shortwave_flux_in_air", 20.0,
                        "surface_net_downward_longwave_flux", -60.0);
        assertEquals(100, balance.value(written(radiation)), 1e-12);
        Set<String> more =
                Set.of(
                        "surface_downwelling_shortwave_flux_in_air",
                        "surface_upwelling_shortwave_flux_in_air",
                        "surface_net_downward_longwave_flux",
                        "surface_upward_latent_heat_flux");
        assertTrue(
                Double.isNaN(balance.value(new Written(radiation, more))),
                "a model that writes latent heat has not done so for this time");
    }

    @Test
    void tellsNothingOfFluxesThatAreNotThere() {
        Written none = written(Map.of("toa_outgoing_longwave_flux", 239.0));
        Metrics.written().forEach(m -> assertTrue(Double.isNaN(m.value(none)), m.name()));
    }

    @Test
    void everyMetricHasANameOfItsOwnThatFitsTheResults() {
        List<String> names =
                java.util.stream.Stream.of(Metrics.list(), Metrics.column(), Metrics.written())
                        .flatMap(List::stream)
                        .map(Metric::name)
                        .toList();
        assertEquals(names.size(), Set.copyOf(names).size());
        names.forEach(name -> assertTrue(name.matches("[a-z0-9_]{1,31}"), name));
    }
}
