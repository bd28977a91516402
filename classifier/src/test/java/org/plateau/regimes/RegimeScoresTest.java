package org.plateau.regimes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.plateau.regimes.AnalyticMaps.cos;
import static org.plateau.regimes.AnalyticMaps.day;
import static org.plateau.regimes.AnalyticMaps.sin;
import static org.plateau.regimes.AnalyticMaps.temperature;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;

class RegimeScoresTest {

    private static final PlanetScales SCALES = PlanetScales.HD_209458B;

    @Test
    void irradiationPatternIsLockedAndNothingElse() {
        LevelMap map = temperature((lat, lon) -> 1200 + 400 * day(lat, lon));
        assertOnly(map, Regime.LOCKED);
    }

    @Test
    void temperatureOfLatitudeAloneIsBanded() {
        LevelMap map = temperature((lat, lon) -> 1500 + 100 * cos(lat) * cos(lat));
        assertOnly(map, Regime.BANDED);
    }

    @Test
    void crestLeadingOnTheEquatorIsButterfly() {
        LevelMap map = temperature((lat, lon) -> 1400 + 200 * AnalyticMaps.chevron(lat, lon));
        assertOnly(map, Regime.BUTTERFLY);
    }

    @Test
    void warmNorthIsAsymmetric() {
        LevelMap map =
                temperature(
                        (lat, lon) ->
                                1400
                                        + 100
                                                * (cos(lat) * cos(lon + 90)
                                                        + 0.8 * sin(2 * lat) * cos(lon + 90)));
        assertOnly(map, Regime.ASYMMETRIC);
    }

    @Test
    void eastwardEquatorialWindAllAroundIsAJet() {
        LevelMap map =
                AnalyticMaps.of(
                        (lat, lon) -> 1400, (lat, lon) -> 2000 * Math.exp(-lat * lat / 400), null);
        assertOnly(map, Regime.JET);
    }

    @Test
    void slowOrWestwardOrOneSidedEquatorialWindIsNoJet() {
        assertOnly(AnalyticMaps.of((lat, lon) -> 1400, (lat, lon) -> 50 * cos(lat), null));
        assertOnly(AnalyticMaps.of((lat, lon) -> 1400, (lat, lon) -> -2000 * cos(lat), null));
        assertOnly(
                AnalyticMaps.of(
                        (lat, lon) -> 1400,
                        (lat, lon) -> (200 + 2000 * cos(lon)) * Math.exp(-lat * lat / 400),
                        null));
    }

    @Test
    void warmSpotOppositeTheStarIsANightSideHotSpot() {
        LevelMap map =
                temperature(
                        (lat, lon) -> {
                            double cosine = -cos(lat) * cos(lon);
                            return 1000 + 300 * Math.exp(-8 * (1 - cosine));
                        });
        assertOnly(map, Regime.NIGHT_HOT_SPOT);
    }

    @Test
    void temperatureFallingWithPressureOverMostOfTheLevelIsInverted() {
        double[] inverted = scores(AnalyticMaps.of((a, b) -> 900, (a, b) -> 0, (a, b) -> -30));
        assertEquals(1, inverted[Regime.INVERTED.ordinal()]);
        assertEquals(0, inverted[Regime.NOT_INVERTED.ordinal()]);
        double[] day = scores(AnalyticMaps.of((a, b) -> 900, (a, b) -> 0, (lat, lon) -> -cos(lon)));
        assertEquals((0.5 - 0.3) / 0.3, day[Regime.INVERTED.ordinal()], 1e-9);
        assertEquals(1, day[Regime.INVERTED.ordinal()] + day[Regime.NOT_INVERTED.ordinal()]);
    }

    @Test
    void unknownGradientIsNeitherInvertedNorNot() {
        double[] scores = scores(temperature((lat, lon) -> 900));
        assertEquals(0, scores[Regime.INVERTED.ordinal()]);
        assertEquals(0, scores[Regime.NOT_INVERTED.ordinal()]);
    }

    @Test
    void uniformMapShowsNothing() {
        double[] scores = scores(temperature((lat, lon) -> 1234.5));
        assertEquals(1, RegimeScores.nothing(scores));
    }

    @Test
    void weakStructureIsNotLocked() {
        double[] scores = scores(temperature((lat, lon) -> 1200 + day(lat, lon)));
        assertEquals(0, scores[Regime.LOCKED.ordinal()]);
    }

    private static double[] scores(LevelMap map) {
        return RegimeScores.of(map, SCALES);
    }

    private static void assertOnly(LevelMap map, Regime... expected) {
        EnumSet<Regime> want = EnumSet.noneOf(Regime.class);
        want.addAll(java.util.List.of(expected));
        double[] scores = scores(map);
        for (Regime regime : Regime.values()) {
            double score = scores[regime.ordinal()];
            assertTrue(
                    want.contains(regime) ? score > 0.8 : score < 0.2,
                    () -> regime + " scores " + score + ": " + RegimeDiagnostics.of(map));
        }
    }
}
