package org.plateau.grid;

import java.util.Arrays;

/**
 * The areas that polygonal cells have in common with the cells of a regular grid, on the plane of
 * longitude and sine of latitude, where areas are those on the sphere (Lambert's cylindrical
 * projection). Edges of cells are straight there, so that cells that share their corners leave no
 * gap, and the total of a field is kept exactly; the area of one cell differs a little from that
 * between great circles.
 */
final class CellOverlap {
    private final SourceGrid.Cells from;
    private final RegularGrid to;
    private final double substellar;
    private final int[] count;
    private final int[][] cells;
    private final double[][] areas;

    /** Called with a source cell and its share of the target cell's area. */
    interface Share {
        void of(int cell, double share);
    }

    CellOverlap(SourceGrid.Cells from, RegularGrid to, double substellar) {
        this.from = from;
        this.to = to;
        this.substellar = substellar;
        count = new int[to.size()];
        cells = new int[to.size()][4];
        areas = new double[to.size()][4];
        for (int cell = 0; cell < from.size(); cell++) {
            Polygon polygon = polygon(cell);
            if (polygon.size > 2) {
                spread(cell, polygon);
            }
        }
    }

    void forEach(int target, Share share) {
        double all = Arrays.stream(areas[target], 0, count[target]).sum();
        for (int k = 0; k < count[target]; k++) {
            share.of(cells[target][k], areas[target][k] / all);
        }
    }

    /** How much of each target cell is covered, 1 for all of it. */
    double[] covered() {
        double[] covered = new double[count.length];
        for (int k = 0; k < covered.length; k++) {
            double area = edge(k / to.nlon() + 1) - edge(k / to.nlon());
            covered[k] = Arrays.stream(areas[k], 0, count[k]).sum() / area;
        }
        return covered;
    }

    /** Corners with x in columns of the target, from its first, and y the sine of the latitude. */
    private Polygon polygon(int cell) {
        int corners = from.corners();
        Polygon polygon = new Polygon(2 * corners + 4);
        double pole = Math.signum(from.lat()[cell]);
        double start = from.lon()[cell] - substellar + 180;
        double last = start;
        for (int k = 0; k < corners; k++) {
            double lat = from.cornerLat()[cell * corners + k];
            if (Math.abs(lat) > 90 - 1e-6) {
                int before = (k + corners - 1) % corners;
                int after = (k + 1) % corners;
                last = polygon.add(last, longitude(cell, before), Math.signum(lat));
                last = polygon.add(last, longitude(cell, after), Math.signum(lat));
            } else {
                last = polygon.add(last, longitude(cell, k), Math.sin(Math.toRadians(lat)));
            }
        }
        if (polygon.size > 2) {
            double closed = last + Sphere.wrapped(polygon.x[0] - last);
            if (Math.abs(closed - polygon.x[0]) > 180) {
                polygon.append(closed, polygon.y[0]);
                polygon.append(closed, pole);
                polygon.append(polygon.x[0], pole);
            }
        }
        return polygon.scaled(to.nlon() / 360.0);
    }

    private double longitude(int cell, int corner) {
        return from.cornerLon()[cell * from.corners() + corner] - substellar + 180;
    }

    private void spread(int cell, Polygon polygon) {
        double low = Arrays.stream(polygon.x, 0, polygon.size).min().orElse(0);
        double high = Arrays.stream(polygon.x, 0, polygon.size).max().orElse(0);
        for (int column = (int) Math.floor(low); column < high; column++) {
            Polygon strip = polygon.clipped(true, column, 1).clipped(true, column + 1, -1);
            if (strip.size > 2) {
                spreadColumn(cell, strip, Math.floorMod(column, to.nlon()));
            }
        }
    }

    private void spreadColumn(int cell, Polygon strip, int column) {
        double low = Arrays.stream(strip.y, 0, strip.size).min().orElse(0);
        double high = Arrays.stream(strip.y, 0, strip.size).max().orElse(0);
        for (int row = 0; row < to.nlat(); row++) {
            double south = edge(row);
            double north = edge(row + 1);
            if (north > low && south < high) {
                double area = strip.clipped(false, south, 1).clipped(false, north, -1).area();
                if (area > 0) {
                    add(to.index(row, column), cell, area);
                }
            }
        }
    }

    private double edge(int row) {
        return Math.sin(Math.toRadians(-90 + row * 180.0 / to.nlat()));
    }

    private void add(int target, int cell, double area) {
        if (count[target] == cells[target].length) {
            cells[target] = Arrays.copyOf(cells[target], 2 * count[target]);
            areas[target] = Arrays.copyOf(areas[target], 2 * count[target]);
        }
        cells[target][count[target]] = cell;
        areas[target][count[target]++] = area;
    }

    private static final class Polygon {
        final double[] x;
        final double[] y;
        int size;

        Polygon(int room) {
            x = new double[room];
            y = new double[room];
        }

        /** Adds a corner at the turn of its longitude that is nearest to the last one's. */
        double add(double last, double longitude, double sine) {
            double place = last + Sphere.wrapped(longitude - last);
            boolean repeated =
                    size > 0
                            && Math.abs(place - x[size - 1]) < 1e-10
                            && Math.abs(sine - y[size - 1]) < 1e-12;
            if (!repeated) {
                append(place, sine);
            }
            return place;
        }

        void append(double px, double py) {
            x[size] = px;
            y[size++] = py;
        }

        Polygon scaled(double factor) {
            for (int k = 0; k < size; k++) {
                x[k] *= factor;
            }
            return this;
        }

        /** What lies on one side of a line (Sutherland and Hodgman 1974). */
        Polygon clipped(boolean alongX, double edge, int side) {
            Polygon result = new Polygon(2 * size + 2);
            double[] c = alongX ? x : y;
            for (int k = 0; k < size; k++) {
                int next = (k + 1) % size;
                double here = (c[k] - edge) * side;
                double there = (c[next] - edge) * side;
                if (here >= 0) {
                    result.append(x[k], y[k]);
                }
                if (here < 0 != there < 0) {
                    double t = here / (here - there);
                    double px = x[k] + t * (x[next] - x[k]);
                    double py = y[k] + t * (y[next] - y[k]);
                    result.append(alongX ? edge : px, alongX ? py : edge);
                }
            }
            return result;
        }

        double area() {
            double twice = 0;
            for (int k = 0; k < size; k++) {
                int next = (k + 1) % size;
                twice += x[k] * y[next] - x[next] * y[k];
            }
            return Math.abs(twice) / 2;
        }
    }
}
