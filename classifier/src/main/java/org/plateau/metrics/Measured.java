package org.plateau.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.grid.RegularGrid;
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
            double area = map.grid().weight(i);
            all += area * map.grid().nlon();
            double row = 0;
            for (int j = 0; j < map.grid().nlon(); j++) {
                row += values[map.grid().index(i, j)];
            }
            sum += f.at(lat) * area * row;
        }
        return sum / all;
    }

    /** Mean over the part of the sphere where a condition on latitude and longitude holds. */
    double mean(float[] values, Region region) {
        double[] share = REGIONS.computeIfAbsent(new Part(map.grid(), region), Part::shares);
        double sum = 0;
        for (int k = 0; k < share.length; k++) {
            sum += share[k] * values[k];
        }
        return sum;
    }

    /** Shares of the cells, for conditions that are constants of a class. */
    private static final Map<Part, double[]> REGIONS = new ConcurrentHashMap<>();

    private record Part(RegularGrid grid, Region region) {
        double[] shares() {
            double[] share = new double[grid.size()];
            double all = 0;
            for (int k = 0; k < share.length; k++) {
                double lat = grid.latitude(k / grid.nlon());
                if (region.contains(lat, grid.longitude(k % grid.nlon()))) {
                    share[k] = grid.weight(k / grid.nlon());
                    all += share[k];
                }
            }
            for (int k = 0; k < share.length; k++) {
                share[k] /= all;
            }
            return share;
        }
    }

    interface LatitudeWeight {
        double at(double radians);
    }

    interface Region {
        boolean contains(double latitude, double longitude);
    }
}
