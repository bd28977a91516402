package org.plateau.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Test;

/** Analytic fields come out right on the network's grid from every kind of source grid. */
class RegridderTest {
    private static final RegularGrid TARGET = new RegularGrid(36, 72);
    private static final double SUBSTELLAR = 40;

    /** A spherical harmonic of degree 3, largest value near 1. */
    private static final DoubleBinaryOperator HARMONIC =
            (lat, lon) -> {
                double x = Math.cos(Math.toRadians(lat)) * Math.cos(Math.toRadians(lon));
                double y = Math.cos(Math.toRadians(lat)) * Math.sin(Math.toRadians(lon));
                double z = Math.sin(Math.toRadians(lat));
                return 2.6 * x * y * z + 0.5 * z;
            };

    private record Named(String name, SourceGrid grid, double error) {}

    private static double[] even(double from, double step, int n) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> from + i * step);
        return values;
    }

    private static double[] reversed(double[] values) {
        double[] back = new double[values.length];
        Arrays.setAll(back, i -> values[values.length - 1 - i]);
        return back;
    }

    /** Latitudes whose sines are the roots of a Legendre polynomial. */
    private static double[] gaussian(int n) {
        double[] lat = new double[n];
        for (int i = 0; i < n; i++) {
            double x = Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
            for (int iteration = 0; iteration < 20; iteration++) {
                double p0 = 1;
                double p1 = x;
                for (int k = 2; k <= n; k++) {
                    double p2 = ((2 * k - 1) * x * p1 - (k - 1) * p0) / k;
                    p0 = p1;
                    p1 = p2;
                }
                x -= p1 * (x * x - 1) / (n * (x * p1 - p0));
            }
            lat[i] = Math.toDegrees(Math.asin(x));
        }
        return lat;
    }

    /** A mesh of nearly equal cells without rows or columns. */
    private static SourceGrid.Cells spiral(int n) {
        double[] lat = new double[n];
        double[] lon = new double[n];
        for (int i = 0; i < n; i++) {
            lat[i] = Math.toDegrees(Math.asin(1 - (2 * i + 1.0) / n));
            lon[i] = i * 137.50776405003785 % 360;
        }
        return new SourceGrid.Cells(lat, lon);
    }

    /** A regular grid whose pole lies elsewhere: latitudes and longitudes of two dimensions. */
    private static SourceGrid.Cells rotatedPole(int rows, int columns) {
        double[] lat = new double[rows * columns];
        double[] lon = new double[rows * columns];
        for (int k = 0; k < lat.length; k++) {
            double[] p =
                    Sphere.point(
                            -90 + (k / columns + 0.5) * 180 / rows, k % columns * 360.0 / columns);
            double tilt = Math.toRadians(35);
            double x = p[0] * Math.cos(tilt) + p[2] * Math.sin(tilt);
            double z = -p[0] * Math.sin(tilt) + p[2] * Math.cos(tilt);
            lat[k] = Math.toDegrees(Math.asin(z));
            lon[k] = Math.toDegrees(Math.atan2(p[1], x));
        }
        return new SourceGrid.Cells(lat, lon);
    }

    private static final Map<SourceGrid, Regridder> KNOWN = new HashMap<>();
    private static final List<Named> GRIDS = grids();

    private static Regridder regridder(SourceGrid grid) {
        return KNOWN.computeIfAbsent(grid, g -> Regridder.between(g, TARGET, SUBSTELLAR));
    }

    private static List<Named> grids() {
        double[] east = even(0, 360.0 / 128, 128);
        double[] west = even(-180, 360.0 / 128, 128);
        double[] closed = even(-180, 360.0 / 96, 97);
        List<Named> grids = new ArrayList<>();
        grids.add(rectilinear("finer", even(-89, 2, 90), even(0.5, 1, 360), 4e-3));
        grids.add(rectilinear("Gaussian, north to south", gaussian(64), east, 4e-3));
        grids.add(rectilinear("Gaussian, south to north", reversed(gaussian(64)), west, 4e-3));
        grids.add(rectilinear("coarser, Gaussian", gaussian(32), even(0, 5.625, 64), 8e-3));
        grids.add(
                rectilinear("with poles and a repeated column", even(90, -2.5, 73), closed, 4e-3));
        grids.add(rectilinear("falling longitudes", even(-88, 4, 45), reversed(east), 1.2e-2));
        grids.add(new Named("unstructured, finer", spiral(20_000), 1.5e-2));
        grids.add(new Named("unstructured, coarser", spiral(2_000), 2e-2));
        grids.add(new Named("rotated pole", rotatedPole(45, 90), 2e-2));
        return grids;
    }

    private static Named rectilinear(String name, double[] lat, double[] lon, double error) {
        return new Named(name, new SourceGrid.Rectilinear(lat, lon), error);
    }

    private static float[] sampled(SourceGrid grid, DoubleBinaryOperator f) {
        float[] values = new float[grid.size()];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) f.applyAsDouble(latitude(grid, k), longitude(grid, k));
        }
        return values;
    }

    private static double latitude(SourceGrid grid, int k) {
        return grid instanceof SourceGrid.Rectilinear r
                ? r.lat()[k / r.lon().length]
                : ((SourceGrid.Cells) grid).lat()[k];
    }

    private static double longitude(SourceGrid grid, int k) {
        return grid instanceof SourceGrid.Rectilinear r
                ? r.lon()[k % r.lon().length]
                : ((SourceGrid.Cells) grid).lon()[k];
    }

    private static double largestError(float[] map, DoubleBinaryOperator f) {
        double largest = 0;
        for (int i = 0; i < TARGET.nlat(); i++) {
            for (int j = 0; j < TARGET.nlon(); j++) {
                double exact =
                        f.applyAsDouble(TARGET.latitude(i), TARGET.longitude(j) + SUBSTELLAR);
                largest = Math.max(largest, Math.abs(map[TARGET.index(i, j)] - exact));
            }
        }
        return largest;
    }

    private static double mean(float[] map) {
        double sum = 0;
        for (int k = 0; k < map.length; k++) {
            sum += map[k] * TARGET.weight(k / TARGET.nlon());
        }
        return sum;
    }

    @Test
    void aSphericalHarmonicComesOutRightFromEveryKindOfGrid() {
        for (Named named : GRIDS) {
            Regridder regridder = regridder(named.grid);
            double error = largestError(regridder.scalar(sampled(named.grid, HARMONIC)), HARMONIC);
            assertTrue(error < named.error, named.name + ": " + error);
        }
    }

    @Test
    void aConstantStaysConstantAndItsTotalIsKept() {
        for (Named named : GRIDS) {
            Regridder regridder = regridder(named.grid);
            float[] map = regridder.scalar(sampled(named.grid, (lat, lon) -> 1450));
            assertEquals(1450, mean(map), 2e-3, named.name);
            assertTrue(largestError(map, (lat, lon) -> 1450) < 1e-3, named.name);
        }
    }

    @Test
    void coarseningKeepsTheTotalOfAnyFieldOnRowsAndColumns() {
        double[] lat = even(-89.5, 1, 180);
        double[] lon = even(0.5, 1, 360);
        SourceGrid grid = new SourceGrid.Rectilinear(lat, lon);
        float[] rough = new float[grid.size()];
        java.util.Random random = new java.util.Random(7);
        double sum = 0;
        double area = 0;
        for (int k = 0; k < rough.length; k++) {
            rough[k] = random.nextFloat();
            double row = lat[k / 360];
            double weight =
                    Math.sin(Math.toRadians(row + 0.5)) - Math.sin(Math.toRadians(row - 0.5));
            sum += weight * rough[k];
            area += weight;
        }
        float[] map = Regridder.between(grid, TARGET, SUBSTELLAR).scalar(rough);
        assertEquals(sum / area, mean(map), 1e-6);
    }

    @Test
    void solidBodyRotationStaysOne() {
        for (Named named : GRIDS) {
            Regridder regridder = regridder(named.grid);
            float[] u = sampled(named.grid, (lat, lon) -> 100 * Math.cos(Math.toRadians(lat)));
            float[][] wind = regridder.wind(u, new float[u.length]);
            double error = largestError(wind[0], (lat, lon) -> 100 * Math.cos(Math.toRadians(lat)));
            assertTrue(error < 2, named.name + ": u " + error);
            assertTrue(largestError(wind[1], (lat, lon) -> 0) < 2, named.name + ": v");
        }
    }

    /** A fine tilted mesh with its corners, among them cells around both true poles. */
    private static SourceGrid.Cells withCorners(int rows, int columns) {
        SourceGrid.Cells centres = rotatedPole(rows, columns);
        double[] cornerLat = new double[4 * rows * columns];
        double[] cornerLon = new double[4 * rows * columns];
        int[][] corners = {{0, 0}, {0, 1}, {1, 1}, {1, 0}};
        for (int k = 0; k < rows * columns; k++) {
            for (int c = 0; c < 4; c++) {
                double lat = -90 + (k / columns + corners[c][0]) * 180.0 / rows;
                double[] p =
                        Sphere.point(lat, (k % columns + corners[c][1] - 0.5) * 360.0 / columns);
                double tilt = Math.toRadians(35);
                double x = p[0] * Math.cos(tilt) + p[2] * Math.sin(tilt);
                double z = -p[0] * Math.sin(tilt) + p[2] * Math.cos(tilt);
                cornerLat[4 * k + c] = Math.toDegrees(Math.asin(Math.max(-1, Math.min(1, z))));
                cornerLon[4 * k + c] = Math.toDegrees(Math.atan2(p[1], x));
            }
        }
        return new SourceGrid.Cells(
                centres.lat(), centres.lon(), cornerLat, cornerLon, new double[0]);
    }

    @Test
    void coarseningKeepsTheTotalOfAnyFieldOnAMeshWithCorners() {
        SourceGrid.Cells mesh = withCorners(120, 240);
        Regridder regridder = Regridder.between(mesh, TARGET, SUBSTELLAR);
        assertTrue(regridder.description().endsWith(": conservative"), regridder.description());
        java.util.Random random = new java.util.Random(3);
        float[] rough = new float[mesh.size()];
        double sum = 0;
        for (int k = 0; k < rough.length; k++) {
            rough[k] = random.nextFloat();
            double south = Math.sin(Math.toRadians(-90 + k / 240 * 1.5));
            double north = Math.sin(Math.toRadians(-90 + (k / 240 + 1) * 1.5));
            sum += rough[k] * (north - south) / 2 / 240;
        }
        assertEquals(sum, mean(regridder.scalar(rough)), 2e-5);
        Arrays.fill(rough, 7);
        float[] constant = regridder.scalar(rough);
        assertEquals(7, mean(constant), 1e-5);
        float[] smooth = regridder.scalar(sampled(mesh, HARMONIC));
        assertTrue(largestError(smooth, HARMONIC) < 1.5e-2, "" + largestError(smooth, HARMONIC));
    }

    /** No target cell is covered twice or left out, cells around the poles included. */
    @Test
    void theCellsOfAMeshWithCornersCoverEveryTargetCellOnce() {
        SourceGrid.Cells mesh = withCorners(90, 180);
        for (double covered : new CellOverlap(mesh, TARGET, SUBSTELLAR).covered()) {
            assertEquals(1, covered, 1e-9);
        }
    }

    /** A wind that blows straight across both poles is smooth only as a vector. */
    @Test
    void aWindAcrossThePolesIsNotAveragedAway() {
        DoubleBinaryOperator east = (lat, lon) -> -100 * Math.sin(Math.toRadians(lon));
        DoubleBinaryOperator north =
                (lat, lon) -> -100 * Math.sin(Math.toRadians(lat)) * Math.cos(Math.toRadians(lon));
        for (Named named : GRIDS) {
            Regridder regridder = regridder(named.grid);
            float[][] wind = regridder.wind(sampled(named.grid, east), sampled(named.grid, north));
            double u = largestError(wind[0], east);
            double v = largestError(wind[1], north);
            assertTrue(u < 6 && v < 6, named.name + ": " + u + ", " + v);
        }
    }

    @Test
    void aMissingElementOnlyCostsItsShare() {
        SourceGrid grid = new SourceGrid.Rectilinear(even(-89, 2, 90), even(0.5, 1, 360));
        float[] field = sampled(grid, (lat, lon) -> 5);
        field[45 * 360 + 100] = Float.NaN;
        float[] map = Regridder.between(grid, TARGET, SUBSTELLAR).scalar(field);
        assertEquals(0, Holes.share(map, TARGET));
        Arrays.fill(field, 0, 40 * 360, Float.NaN);
        map = Regridder.between(grid, TARGET, SUBSTELLAR).scalar(field);
        assertTrue(Holes.share(map, TARGET) > 0.4);
        Holes.fill(map, TARGET);
        assertEquals(0, Holes.share(map, TARGET));
        assertTrue(largestError(map, (lat, lon) -> 5) < 1e-5);
    }

    /**
     * Longitudes in no order leave only the weights of each cell, in double precision; in order the
     * same values go row by row and column by column.
     */
    @Test
    void rowsAndColumnsGiveWhatTheWeightsOfEachCellGive() {
        for (int[] size : new int[][] {{48, 96}, {90, 180}, {32, 64}, {36, 72}, {24, 400}}) {
            double[] lat = even(-90 + 90.0 / size[0], 180.0 / size[0], size[0]);
            double[] lon = even(0, 360.0 / size[1], size[1]);
            int[] place = shuffled(size[1]);
            double[] mixed = new double[size[1]];
            Arrays.setAll(mixed, j -> lon[place[j]]);
            Regridder quick =
                    Regridder.between(new SourceGrid.Rectilinear(lat, lon), TARGET, SUBSTELLAR);
            Regridder exact =
                    Regridder.between(new SourceGrid.Rectilinear(lat, mixed), TARGET, SUBSTELLAR);
            assertAlike(1450, 0.01f, size, place, quick, exact);
            assertAlike(0, 800, size, place, quick, exact);
        }
    }

    private static int[] shuffled(int n) {
        List<Integer> places = new ArrayList<>();
        for (int j = 0; j < n; j++) {
            places.add(j);
        }
        java.util.Collections.shuffle(places, new java.util.Random(5));
        return places.stream().mapToInt(j -> j).toArray();
    }

    /** To a millionth of the largest departure, and two roundings of the result. */
    private static void assertAlike(
            float mean, float spread, int[] size, int[] place, Regridder quick, Regridder exact) {
        java.util.Random random = new java.util.Random(11);
        float[] field = new float[size[0] * size[1]];
        float[] mixed = new float[field.length];
        for (int k = 0; k < field.length; k++) {
            field[k] = mean + spread * (2 * random.nextFloat() - 1);
        }
        for (int k = 0; k < field.length; k++) {
            mixed[k] = field[k / size[1] * size[1] + place[k % size[1]]];
        }
        float[][] found = quick.wind(field, field);
        float[][] wanted = exact.wind(mixed, mixed);
        float[] scalar = quick.scalar(field);
        float[] wantedScalar = exact.scalar(mixed);
        for (int k = 0; k < scalar.length; k++) {
            float bound = 2e-6f * spread + 2 * Math.ulp(wantedScalar[k]);
            assertEquals(wantedScalar[k], scalar[k], bound);
            assertEquals(wanted[0][k], found[0][k], bound);
            assertEquals(wanted[1][k], found[1][k], bound);
        }
    }

    /** As a fill value is that no attribute names. */
    @Test
    void aLoneValueBeyondAllProportionSpoilsItsOwnCellsAlone() {
        SourceGrid grid = new SourceGrid.Rectilinear(even(-89, 2, 90), even(0.5, 1, 360));
        float[] field = sampled(grid, (lat, lon) -> 1450 + HARMONIC.applyAsDouble(lat, lon));
        float[] whole = regridder(grid).scalar(field);
        field[0] = 1e20f;
        float[] map = regridder(grid).scalar(field);
        for (int k = TARGET.nlon(); k < map.length; k++) {
            assertEquals(whole[k], map[k], 1e-3);
        }
    }
}
