package org.plateau.regimes;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.plateau.grid.RegularGrid;

/** What the diagnostics need of a grid, computed once per grid. */
final class Geometry {

    private static final ConcurrentMap<RegularGrid, Geometry> KNOWN = new ConcurrentHashMap<>();
    private static final double NIGHT_RADIUS = 35;
    private static final double RING_INNER = 60;
    private static final double RING_OUTER = 90;

    private final RegularGrid grid;
    private final double[] cos;
    private final double[] sin;
    private final double[] weight;
    private final double[] day;
    private final double[] night;
    private final double daySpread;

    private Geometry(RegularGrid grid) {
        if (grid.nlon() % 2 != 0) {
            throw new IllegalArgumentException("expected an even number of columns: " + grid);
        }
        this.grid = grid;
        cos = new double[grid.nlon()];
        sin = new double[grid.nlon()];
        for (int j = 0; j < grid.nlon(); j++) {
            cos[j] = Math.cos(Math.toRadians(grid.longitude(j)));
            sin[j] = Math.sin(Math.toRadians(grid.longitude(j)));
        }
        weight = new double[grid.size()];
        day = new double[grid.size()];
        for (int i = 0; i < grid.nlat(); i++) {
            for (int j = 0; j < grid.nlon(); j++) {
                weight[grid.index(i, j)] = grid.weight(i);
                day[grid.index(i, j)] = Math.max(0, cosineFromStar(i, j));
            }
        }
        double mean = 0;
        for (int k = 0; k < day.length; k++) {
            mean += weight[k] * day[k];
        }
        for (int k = 0; k < day.length; k++) {
            day[k] -= mean;
        }
        daySpread = Math.sqrt(product(day, day));
        night = nightWeights();
    }

    static Geometry of(RegularGrid grid) {
        return KNOWN.computeIfAbsent(grid, Geometry::new);
    }

    RegularGrid grid() {
        return grid;
    }

    double cos(int column) {
        return cos[column];
    }

    double sin(int column) {
        return sin[column];
    }

    /** Irradiation pattern less its mean; not to be changed. */
    double[] day() {
        return day;
    }

    double daySpread() {
        return daySpread;
    }

    double mean(float[] values) {
        double even = 0;
        double odd = 0;
        for (int k = 0; k < values.length; k += 2) { // the number of columns is even
            even += weight[k] * values[k];
            odd += weight[k + 1] * values[k + 1];
        }
        return even + odd;
    }

    double product(double[] a, double[] b) {
        double even = 0;
        double odd = 0;
        for (int k = 0; k < a.length; k += 2) {
            even += weight[k] * a[k] * b[k];
            odd += weight[k + 1] * a[k + 1] * b[k + 1];
        }
        return even + odd;
    }

    double product(float[] a, float[] b) {
        double even = 0;
        double odd = 0;
        for (int k = 0; k < a.length; k += 2) {
            even += weight[k] * a[k] * b[k];
            odd += weight[k + 1] * a[k + 1] * b[k + 1];
        }
        return even + odd;
    }

    /** Mean around the antistellar point minus the mean of the ring about it. */
    double nightContrast(double[] values) {
        double even = 0;
        double odd = 0;
        for (int k = 0; k < values.length; k += 2) {
            even += night[k] * values[k];
            odd += night[k + 1] * values[k + 1];
        }
        return even + odd;
    }

    private double cosineFromStar(int i, int j) {
        return Math.cos(Math.toRadians(grid.latitude(i))) * cos[j];
    }

    private double[] nightWeights() {
        double[] contrast = new double[grid.size()];
        double[] area = new double[2];
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < grid.nlat(); i++) {
                for (int j = 0; j < grid.nlon(); j++) {
                    double distance = Math.toDegrees(Math.acos(-cosineFromStar(i, j)));
                    int part = distance < NIGHT_RADIUS ? 0 : 1;
                    if (part == 1 && (distance < RING_INNER || distance >= RING_OUTER)) {
                        continue;
                    }
                    int k = grid.index(i, j);
                    if (pass == 0) {
                        area[part] += weight[k];
                    } else if (area[part] > 0) {
                        contrast[k] = (part == 0 ? 1 : -1) * weight[k] / area[part];
                    }
                }
            }
        }
        return contrast;
    }
}
