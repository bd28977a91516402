package org.plateau.metrics;

import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.network.Classification;
import org.plateau.regimes.MapSums;
import org.plateau.regimes.RegimeDiagnostics;

/**
 * One level at one time, with what is shared between metrics.
 *
 * @param sums over the map of the level
 * @param label what the network made of it, null before that
 */
public record Measured(
        MapSums sums, PlanetScales scales, RegimeDiagnostics diagnostics, Classification label) {

    /** A map before the network has seen it. */
    public static Measured of(LevelMap map, PlanetScales scales) {
        MapSums sums = MapSums.of(map);
        return new Measured(sums, scales, RegimeDiagnostics.of(sums, map.lapse()), null);
    }

    /** The same with its label. */
    public Measured labelled(Classification by) {
        return new Measured(sums, scales, diagnostics, by);
    }
}
