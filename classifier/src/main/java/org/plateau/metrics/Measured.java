package org.plateau.metrics;

import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.network.Classification;
import org.plateau.regimes.RegimeDiagnostics;

/**
 * One level at one time, with what is shared between metrics.
 *
 * @param label what the network made of it
 */
public record Measured(
        LevelMap map, PlanetScales scales, RegimeDiagnostics diagnostics, Classification label) {

    public static Measured of(LevelMap map, PlanetScales scales, Classification label) {
        return new Measured(map, scales, RegimeDiagnostics.of(map), label);
    }

    /** A value per row, averaged with weight {@code f(latitude)} times area over the sphere. */
    double rowMean(float[] values, LatitudeWeight f) {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < map.grid().nlat(); i++) {
            double lat = Math.toRadians(map.grid().latitude(i));
            double weight = f.at(lat) * map.grid().weight(i);
            all += map.grid().weight(i) * map.grid().nlon();
            for (int j = 0; j < map.grid().nlon(); j++) {
                sum += weight * values[map.grid().index(i, j)];
            }
        }
        return sum / all;
    }

    /** Mean over the part of the sphere where a condition on latitude and longitude holds. */
    double mean(float[] values, Region region) {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < map.grid().nlat(); i++) {
            for (int j = 0; j < map.grid().nlon(); j++) {
                if (region.contains(map.grid().latitude(i), map.grid().longitude(j))) {
                    sum += map.grid().weight(i) * values[map.grid().index(i, j)];
                    all += map.grid().weight(i);
                }
            }
        }
        return sum / all;
    }

    interface LatitudeWeight {
        double at(double radians);
    }

    interface Region {
        boolean contains(double latitude, double longitude);
    }
}
