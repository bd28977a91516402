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
 * @param label what the network made of it
 */
public record Measured(
        MapSums sums, PlanetScales scales, RegimeDiagnostics diagnostics, Classification label) {

    public static Measured of(LevelMap map, PlanetScales scales, Classification label) {
        MapSums sums = MapSums.of(map);
        return new Measured(sums, scales, RegimeDiagnostics.of(sums, map.lapse()), label);
    }
}
