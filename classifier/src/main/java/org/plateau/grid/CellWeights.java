package org.plateau.grid;

/**
 * Weights from cells in any order to a regular grid. Where the mesh is finer than the target and
 * its corners are known, each cell's share of a target cell is the area that they have in common
 * ({@link CellOverlap}). Where they are not known and the mesh is finer by more than four cells to
 * one, each target cell is covered by samples of equal area that take the nearest cell (the cell
 * itself in a Voronoi mesh such as DYNAMICO's), which keeps totals to the sampling's error;
 * otherwise the three centres of the Delaunay triangle around the target's centre are weighted by
 * its barycentric coordinates.
 */
final class CellWeights {
    private static final int NEIGHBOURS = 12;
    private static final double SAMPLES_PER_CELL = 4;

    /** Cells of the mesh per cell of the target at the equator from which on these are covered. */
    private static final double FINE_ENOUGH = 4;

    private final SourceGrid.Cells from;
    private final RegularGrid to;
    private final double substellar;
    private final double[][] points;
    private final PointTree tree;

    CellWeights(SourceGrid.Cells from, RegularGrid to, double substellar) {
        this.from = from;
        this.to = to;
        this.substellar = substellar;
        points = new double[from.size()][];
        for (int i = 0; i < points.length; i++) {
            points[i] = Sphere.point(from.lat()[i], from.lon()[i]);
        }
        tree = new PointTree(points);
    }

    Regridder build() {
        double equatorialCell = 2 * Math.PI / to.nlon() * Math.PI / to.nlat();
        double ratio = equatorialCell * from.size() / (4 * Math.PI);
        if (from.corners() > 2 && ratio > 1) {
            return overlapping();
        }
        boolean coarser = ratio > FINE_ENOUGH;
        int samples = (int) Math.ceil(Math.sqrt(ratio * SAMPLES_PER_CELL * SAMPLES_PER_CELL));
        Weights weights = new Weights(to.nlat() * to.nlon());
        for (int i = 0; i < to.nlat(); i++) {
            for (int j = 0; j < to.nlon(); j++) {
                if (coarser) {
                    cover(weights, i, j, samples);
                } else {
                    interpolate(weights, i, j);
                }
                weights.endRow();
            }
        }
        return weights.build(
                from.size(),
                from
                        + " to regular, "
                        + to.nlat()
                        + " x "
                        + to.nlon()
                        + (coarser ? ": conservative by sampling" : ": barycentric"));
    }

    private Regridder overlapping() {
        CellOverlap overlap = new CellOverlap(from, to, substellar);
        Weights weights = new Weights(to.size());
        for (int i = 0; i < to.nlat(); i++) {
            for (int j = 0; j < to.nlon(); j++) {
                int row = i;
                int column = j;
                overlap.forEach(
                        to.index(i, j), (cell, share) -> add(weights, cell, share, row, column));
                weights.endRow();
            }
        }
        return weights.build(
                from.size(),
                from + " to regular, " + to.nlat() + " x " + to.nlon() + ": conservative");
    }

    private double latitude(double row) {
        return -90 + row * 180 / to.nlat();
    }

    private double longitude(double column) {
        return -180 + column * 360 / to.nlon() + substellar;
    }

    private void cover(Weights weights, int i, int j, int samples) {
        double south = Math.sin(Math.toRadians(latitude(i)));
        double north = Math.sin(Math.toRadians(latitude(i + 1)));
        double share = 1.0 / ((double) samples * samples);
        for (int a = 0; a < samples; a++) {
            double sine = south + (north - south) * (a + 0.5) / samples;
            double lat = Math.toDegrees(Math.asin(sine));
            for (int b = 0; b < samples; b++) {
                double lon = longitude(j + (b + 0.5) / samples);
                add(weights, tree.nearest(Sphere.point(lat, lon)), share, i, j);
            }
        }
    }

    private void add(Weights weights, int cell, double share, int i, int j) {
        double[] turn =
                Sphere.transport(
                        from.lat()[cell], from.lon()[cell], latitude(i + 0.5), longitude(j + 0.5));
        if (from.direction().length > 0) {
            double cos = Math.cos(from.direction()[cell]);
            double sin = Math.sin(from.direction()[cell]);
            weights.add(cell, share, turn[0] * cos - turn[1] * sin, turn[1] * cos + turn[0] * sin);
        } else {
            weights.add(cell, share, turn[0], turn[1]);
        }
    }

    private void interpolate(Weights weights, int i, int j) {
        double[] place = Sphere.point(latitude(i + 0.5), longitude(j + 0.5));
        int[] near = tree.nearest(place, NEIGHBOURS);
        if (Sphere.distanceSquared(place, points[near[0]]) < 1e-20) {
            add(weights, near[0], 1, i, j);
            return;
        }
        double[] share = new double[3];
        int[] corners = triangle(place, near, share);
        if (corners == null) {
            corners = triangle(place, tree.nearest(place, 4 * NEIGHBOURS), share);
        }
        if (corners == null) {
            corners = new int[] {near[0], near[1], near[2]};
            for (int k = 0; k < 3; k++) {
                share[k] = 1 / Math.sqrt(Sphere.distanceSquared(place, points[corners[k]]));
            }
        }
        double sum = share[0] + share[1] + share[2];
        for (int k = 0; k < 3; k++) {
            add(weights, corners[k], share[k] / sum, i, j);
        }
    }

    /** The triangle of neighbours around a place with no other neighbour in its circumcircle. */
    private int[] triangle(double[] place, int[] near, double[] share) {
        for (int c = 2; c < near.length; c++) {
            for (int b = 1; b < c; b++) {
                for (int a = 0; a < b; a++) {
                    int[] corners = {near[a], near[b], near[c]};
                    if (inside(place, corners, share) && empty(corners, near)) {
                        return corners;
                    }
                }
            }
        }
        return null;
    }

    private boolean inside(double[] place, int[] corners, double[] share) {
        double[] p = points[corners[0]];
        double[] q = points[corners[1]];
        double[] r = points[corners[2]];
        double volume = Sphere.dot(p, Sphere.cross(q, r));
        if (Math.abs(volume) < 1e-14) {
            return false;
        }
        share[0] = Sphere.dot(place, Sphere.cross(q, r)) / volume;
        share[1] = Sphere.dot(place, Sphere.cross(r, p)) / volume;
        share[2] = Sphere.dot(place, Sphere.cross(p, q)) / volume;
        return share[0] >= -1e-9 && share[1] >= -1e-9 && share[2] >= -1e-9;
    }

    private boolean empty(int[] corners, int[] near) {
        double[] p = points[corners[0]];
        double[] q = points[corners[1]];
        double[] r = points[corners[2]];
        double[] normal =
                Sphere.cross(
                        new double[] {q[0] - p[0], q[1] - p[1], q[2] - p[2]},
                        new double[] {r[0] - p[0], r[1] - p[1], r[2] - p[2]});
        double side = Math.signum(Sphere.dot(normal, p));
        double plane = Sphere.dot(normal, p) * side;
        double size = Math.sqrt(Sphere.dot(normal, normal));
        for (int other : near) {
            boolean corner = other == corners[0] || other == corners[1] || other == corners[2];
            if (!corner && Sphere.dot(normal, points[other]) * side > plane + 1e-9 * size) {
                return false;
            }
        }
        return true;
    }
}
