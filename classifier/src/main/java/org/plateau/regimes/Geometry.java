package org.plateau.regimes;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.plateau.grid.RegularGrid;

/** What the diagnostics need of a grid, computed once per grid. Immutable. */
final class Geometry {

    private static final ConcurrentMap<RegularGrid, Geometry> KNOWN = new ConcurrentHashMap<>();
    private static final double EQUATOR = 15;
    private static final double MID_SOUTH = 30;
    private static final double MID_NORTH = 65;
    private static final double NIGHT_RADIUS = 35;
    private static final double RING_INNER = 60;
    private static final double RING_OUTER = 90;

    private final RegularGrid grid;
    private final double[] cos;
    private final double[] sin;
    private final double[] area;
    private final double[] cosine;
    private final double[] equator;
    private final double[] mid;

    /** Per row, null where it is zero all along. */
    private final double[][] night;

    private final double equatorArea;
    private final double midArea;
    private final double meanIrradiation;
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
        area = new double[grid.nlat()];
        cosine = new double[grid.nlat()];
        for (int i = 0; i < grid.nlat(); i++) {
            area[i] = grid.weight(i);
            cosine[i] = Math.cos(Math.toRadians(grid.latitude(i)));
        }
        equator = band(0, EQUATOR);
        mid = band(MID_SOUTH, MID_NORTH);
        equatorArea = area(equator);
        midArea = area(mid);
        meanIrradiation = meanIrradiation(1);
        daySpread = Math.sqrt(meanIrradiation(2) - meanIrradiation * meanIrradiation);
        night = nightWeights();
    }

    static Geometry of(RegularGrid grid) {
        return KNOWN.computeIfAbsent(grid, Geometry::new);
    }

    /** Areas of the rows within south &lt;= |lat| &lt; north, 0 of the others. */
    private double[] band(double south, double north) {
        double[] band = new double[grid.nlat()];
        for (int i = 0; i < band.length; i++) {
            double latitude = Math.abs(grid.latitude(i));
            band[i] = latitude >= south && latitude < north ? area[i] : 0;
        }
        return band;
    }

    private double area(double[] band) {
        double sum = 0;
        for (double row : band) {
            sum += row * grid.nlon();
        }
        return sum;
    }

    private double meanIrradiation(int power) {
        double sum = 0;
        for (int i = 0; i < grid.nlat(); i++) {
            for (int j = 0; j < grid.nlon(); j++) {
                sum += area[i] * Math.pow(Math.max(0, cosineFromStar(i, j)), power);
            }
        }
        return sum;
    }

    RegularGrid grid() {
        return grid;
    }

    /** Share of the sphere of one cell of a row. */
    double area(int row) {
        return area[row];
    }

    /** Cosine of the latitude of a row. */
    double cosine(int row) {
        return cosine[row];
    }

    /** Area of a cell, 0 for rows outside the equatorial band. */
    double inEquator(int row) {
        return equator[row];
    }

    /** Area of a cell, 0 for rows outside the mid-latitude bands. */
    double inMid(int row) {
        return mid[row];
    }

    double equatorArea() {
        return equatorArea;
    }

    double midArea() {
        return midArea;
    }

    /** Area of a cell times the row's part of the irradiation pattern, cos(lat). */
    double irradiation(int row) {
        return area[row] * cosine[row];
    }

    /** Sum over columns times the column's part of the irradiation pattern, max(0, cos(lon)). */
    double byDay(double[] columns) {
        double sum = 0;
        for (int j = 0; j < columns.length; j++) {
            sum += Math.max(0, cos[j]) * columns[j];
        }
        return sum;
    }

    double meanIrradiation() {
        return meanIrradiation;
    }

    /** Standard deviation of the irradiation pattern. */
    double daySpread() {
        return daySpread;
    }

    /**
     * {A cos L, A sin L} of A cos(lon - L) of what has these sums per column over an area.
     *
     * @param columns weighted by area
     */
    double[] firstWave(double[] columns, double over) {
        double re = 0;
        double im = 0;
        for (int j = 0; j < columns.length; j++) {
            re += columns[j] * cos[j];
            im += columns[j] * sin[j];
        }
        return over == 0 ? new double[2] : new double[] {2 * re / over, 2 * im / over};
    }

    /**
     * Adds a row times its weights in the mean around the antistellar point minus the mean of the
     * ring about it; a row and its mirror image have the same.
     */
    void addNight(double[] values, int row, double[] sums) {
        double[] weights = night[row];
        if (weights != null) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += weights[j] * values[j];
            }
        }
    }

    private double cosineFromStar(int i, int j) {
        return cosine[i] * cos[j];
    }

    private double[][] nightWeights() {
        double[][] contrast = new double[grid.nlat()][];
        double[] all = new double[2];
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < grid.nlat(); i++) {
                int from = Math.min(i, grid.nlat() - 1 - i); // the same to the last bit
                for (int j = 0; j < grid.nlon(); j++) {
                    double distance = Math.toDegrees(Math.acos(-cosineFromStar(from, j)));
                    int part = distance < NIGHT_RADIUS ? 0 : 1;
                    if (part == 1 && (distance < RING_INNER || distance >= RING_OUTER)) {
                        continue;
                    }
                    if (pass == 0) {
                        all[part] += area[from];
                    } else if (all[part] > 0) {
                        contrast[i] = contrast[i] == null ? new double[cos.length] : contrast[i];
                        contrast[i][j] = (part == 0 ? 1 : -1) * area[from] / all[part];
                    }
                }
            }
        }
        return contrast;
    }
}
