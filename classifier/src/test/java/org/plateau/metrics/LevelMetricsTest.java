package org.plateau.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.grid.RegularGrid;
import org.plateau.network.Classification;
import org.plateau.regimes.Regime;

/**
 * The metrics of a level over fields whose means are known: temperature 1500 - 300 sin2(lat) + 200
 * cos(lat) cos(lon - 30), wind 100 cos(lat) eastward and 50 northward.
 */
class LevelMetricsTest {
    private static final RegularGrid GRID = new RegularGrid(90, 180);
    private static final PlanetScales PLANET = PlanetScales.HD_209458B;

    /** Mean of cos(lat) over the area within 15 degrees of the equator. */
    private static final double NEAR = 0.9888;

    private static final float[] PROBABILITY = new float[Regime.values().length];

    private static Measured measured() {
        float[] t = new float[GRID.size()];
        float[] u = new float[GRID.size()];
        float[] v = new float[GRID.size()];
        for (int i = 0; i < GRID.nlat(); i++) {
            double lat = Math.toRadians(GRID.latitude(i));
            for (int j = 0; j < GRID.nlon(); j++) {
                double lon = Math.toRadians(GRID.longitude(j) - 30);
                double sine = Math.sin(lat);
                int k = GRID.index(i, j);
                t[k] = (float) (1500 - 300 * sine * sine + 200 * Math.cos(lat) * Math.cos(lon));
                u[k] = (float) (100 * Math.cos(lat));
                v[k] = 50;
            }
        }
        PROBABILITY[2] = 0.75f;
        return Measured.of(new LevelMap(GRID, 1e4, t, u, v, null), PLANET)
                .labelled(new Classification(PROBABILITY, 0, 0));
    }

    private static double value(String name) {
        return Metrics.list().stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value(measured());
    }

    private static void assertMetric(double expected, String name) {
        assertEquals(expected, value(name), 0.005 * Math.abs(expected), name);
    }

    @Test
    void temperatures() {
        assertMetric(1400, "temperature_mean");
        assertMetric(200 * Math.cos(Math.PI / 6), "day_night_contrast");
        assertMetric(236.6, "equator_pole_contrast");
    }

    @Test
    void winds() {
        double energy = (1e4 * 2 / 3 + 2500) / 2;
        assertMetric(Math.sqrt(2 * energy), "rms_wind");
        assertMetric(energy, "kinetic_energy");
        assertMetric(100 * NEAR, "equatorial_jet_wind");
    }

    @Test
    void theHotSpotIsAVectorThatNeverJumps() {
        assertMetric(200 * NEAR * Math.cos(Math.PI / 6), "hot_spot_real");
        assertMetric(200 * NEAR * Math.sin(Math.PI / 6), "hot_spot_imaginary");
    }

    @Test
    void angularMomentum() {
        double solid = PLANET.rotation() * PLANET.radius();
        assertMetric(100 / solid, "superrotation_index");
        assertMetric(PLANET.radius() * (solid + 100) * 2 / 3, "axial_angular_momentum");
    }

    @Test
    void theProbabilityOfEveryRegime() {
        for (Regime regime : Regime.values()) {
            double expected = regime.ordinal() == 2 ? 0.75 : 0;
            String name = new RegimeProbability(regime).name();
            assertEquals(expected, value(name), 1e-6, name);
        }
    }
}
