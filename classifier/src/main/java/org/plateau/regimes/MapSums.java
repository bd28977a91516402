package org.plateau.regimes;

import org.plateau.field.LevelMap;
import org.plateau.grid.RegularGrid;

/**
 * The sums over one map from which {@link RegimeDiagnostics} and metrics follow, made in one pass
 * over pairs of rows that mirror each other about the equator. In double precision; temperatures as
 * departures from one of the map's own values. What is summed over the map is summed per column
 * first, in loops that the compiler can turn into vector instructions, in an order that never
 * changes. Immutable but for the arrays, which nobody changes.
 */
public final class MapSums {
    private final Geometry geometry;

    /** Temperature from which departures are counted, K. */
    final double origin;

    /** Of the departures in each row. */
    final double[] rows;

    /** Of the departures in each column, weighted by area. */
    final double[] columns;

    /** Of the departures in each column within the equatorial and mid-latitude bands, by area. */
    final double[] equator;

    final double[] mid;

    /** Of u in each row, and in each column within the bands, by area. */
    final double[] windRows;

    final double[] windEquator;
    final double[] windMid;

    /** Of u2 + v2, by area. */
    final double wind;

    /** Of the squared departures, and of half the squared north-south differences, by area. */
    final double squares;

    final double odd;

    /** Of the departures weighted by the irradiation, and by night less its surroundings. */
    final double day;

    final double night;

    private MapSums(LevelMap map, Geometry geometry) {
        this.geometry = geometry;
        RegularGrid grid = map.grid();
        int n = grid.nlon();
        origin = map.temperature()[0];
        rows = new double[grid.nlat()];
        columns = new double[n];
        equator = new double[n];
        mid = new double[n];
        windRows = new double[grid.nlat()];
        windEquator = new double[n];
        windMid = new double[n];
        double[] squaresOf = new double[n];
        double[] oddOf = new double[n];
        double[] dayOf = new double[n];
        double[] nightOf = new double[n];
        double[] south = new double[n];
        double[] north = new double[n];
        double speeds = 0;
        for (int i = 0; 2 * i < grid.nlat(); i++) {
            int mirror = grid.nlat() - 1 - i;
            boolean pair = mirror != i;
            double area = geometry.area(i);
            rows[i] = departures(map.temperature(), i * n, origin, south);
            if (pair) {
                rows[mirror] = departures(map.temperature(), mirror * n, origin, north);
                odd(south, north, area / 2, oddOf);
            } else {
                java.util.Arrays.fill(north, 0);
            }
            squares(south, north, area, squaresOf);
            together(south, north);
            add(south, area, columns);
            add(south, geometry.irradiation(i), dayOf);
            geometry.addNight(south, i, nightOf);
            add(south, geometry.inEquator(i), equator);
            add(south, geometry.inMid(i), mid);
            windRows[i] = departures(map.u(), i * n, 0, south);
            double square = square(map.u(), i * n) + square(map.v(), i * n);
            if (pair) {
                windRows[mirror] = departures(map.u(), mirror * n, 0, north);
                square += square(map.u(), mirror * n) + square(map.v(), mirror * n);
                together(south, north);
            }
            speeds += area * square;
            add(south, geometry.inEquator(i), windEquator);
            add(south, geometry.inMid(i), windMid);
        }
        wind = speeds;
        squares = total(squaresOf);
        odd = total(oddOf);
        day = geometry.byDay(dayOf);
        night = total(nightOf);
    }

    /** Sums over a map; its grid has an even number of columns. */
    public static MapSums of(LevelMap map) {
        return new MapSums(map, Geometry.of(map.grid()));
    }

    Geometry geometry() {
        return geometry;
    }

    private static double total(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    /** Puts a row's values less the origin there, and returns their sum. */
    private static double departures(float[] map, int from, double origin, double[] row) {
        double even = 0;
        double odd = 0;
        for (int j = 0; j < row.length; j += 2) { // the number of columns is even
            double a = map[from + j] - origin;
            double b = map[from + j + 1] - origin;
            row[j] = a;
            row[j + 1] = b;
            even += a;
            odd += b;
        }
        return even + odd;
    }

    private double square(float[] map, int from) {
        double even = 0;
        double odd = 0;
        for (int k = from; k < from + columns.length; k += 2) {
            double a = map[k];
            double b = map[k + 1];
            even += a * a;
            odd += b * b;
        }
        return even + odd;
    }

    private static void odd(double[] south, double[] north, double weight, double[] sums) {
        for (int j = 0; j < sums.length; j++) {
            double difference = south[j] - north[j];
            sums[j] += weight * (difference * difference);
        }
    }

    private static void squares(double[] south, double[] north, double weight, double[] sums) {
        for (int j = 0; j < sums.length; j++) {
            sums[j] += weight * (south[j] * south[j] + north[j] * north[j]);
        }
    }

    private static void together(double[] south, double[] north) {
        for (int j = 0; j < south.length; j++) {
            south[j] += north[j];
        }
    }

    private static void add(double[] row, double weight, double[] sums) {
        if (weight != 0) {
            for (int j = 0; j < sums.length; j++) {
                sums[j] += weight * row[j];
            }
        }
    }

    /** Mean of the departures. */
    double mean() {
        return total(columns);
    }

    /** Global mean of the temperature, K. */
    public double meanTemperature() {
        return origin + mean();
    }

    /** Mean temperature over the columns whose longitude a condition holds for, K. */
    public double meanOfColumns(Coordinate within) {
        double sum = 0;
        int count = 0;
        for (int j = 0; j < columns.length; j++) {
            if (within.holds(geometry.grid().longitude(j))) {
                sum += columns[j];
                count++;
            }
        }
        return origin + sum * columns.length / count;
    }

    /** Mean temperature over the rows whose latitude a condition holds for, K. */
    public double meanOfRows(Coordinate within) {
        double sum = 0;
        double area = 0;
        for (int i = 0; i < rows.length; i++) {
            if (within.holds(geometry.grid().latitude(i))) {
                sum += geometry.area(i) * rows[i];
                area += geometry.area(i) * columns.length;
            }
        }
        return origin + sum / area;
    }

    /** Mean of u times the cosine of latitude, m s-1. */
    public double meanOfTurningWind() {
        double sum = 0;
        for (int i = 0; i < windRows.length; i++) {
            sum += geometry.cosine(i) * geometry.area(i) * windRows[i];
        }
        return sum;
    }

    /** A condition on a latitude or a longitude in degrees. */
    public interface Coordinate {
        boolean holds(double degrees);
    }
}
