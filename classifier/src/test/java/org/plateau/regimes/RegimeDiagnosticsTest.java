package org.plateau.regimes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plateau.regimes.AnalyticMaps.cos;
import static org.plateau.regimes.AnalyticMaps.sin;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class RegimeDiagnosticsTest {

    @Property(tries = 50)
    void offsetIsTheLongitudeOfTheCrest(@ForAll @DoubleRange(min = -179, max = 179) double crest) {
        RegimeDiagnostics d =
                RegimeDiagnostics.of(
                        AnalyticMaps.temperature(
                                (lat, lon) -> 1000 + 50 * cos(lat) * cos(lon - crest)));
        assertEquals(crest, d.offset(), 0.01);
        assertEquals(0, d.tilt(), 0.01);
    }

    @Test
    void tiltIsPositiveWhenTheEquatorLeadsEast() {
        RegimeDiagnostics d =
                RegimeDiagnostics.of(
                        AnalyticMaps.temperature(
                                (lat, lon) ->
                                        1000 + 50 * cos(lon - (Math.abs(lat) < 20 ? 30 : -10))));
        assertEquals(30, d.offset(), 0.01);
        assertEquals(40, d.tilt(), 0.01);
        assertEquals(50, d.equatorAmplitude(), 0.01);
    }

    @Test
    void sphericalHarmonicsHaveTheirKnownSpread() {
        // <sin^2(lat)> = 1/3; all of it zonal, all of it odd about the equator.
        RegimeDiagnostics d =
                RegimeDiagnostics.of(AnalyticMaps.temperature((lat, lon) -> 1000 + 100 * sin(lat)));
        assertEquals(100 / Math.sqrt(3) / 1000, d.relativeSpread(), 1e-4);
        assertEquals(1, d.zonalShare(), 1e-9);
        assertEquals(1, d.northSouthShare(), 1e-9);
        assertEquals(0, d.dayCorrelation(), 1e-7);
    }

    @Test
    void solidBodyRotationHasTheWindOfTheory() {
        // u = u0 cos(lat): <u^2> = 2/3 u0^2.
        RegimeDiagnostics d =
                RegimeDiagnostics.of(
                        AnalyticMaps.of((a, b) -> 1000, (lat, lon) -> 300 * cos(lat), null));
        assertEquals(300 * Math.sqrt(2.0 / 3), d.rmsWind(), 0.2);
        assertEquals(d.equatorialWind(), d.minimumEquatorialWind(), 1e-3);
        assertTrue(d.jet() > 0 && Double.isNaN(d.invertedFraction()));
    }
}
