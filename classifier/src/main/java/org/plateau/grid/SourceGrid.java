package org.plateau.grid;

import java.util.Arrays;

/**
 * The horizontal grid that a model writes on; elements in the order of the file. Degrees, any
 * longitude convention, either direction of latitude. Values are not to be changed after
 * construction.
 */
public sealed interface SourceGrid {
    /** Number of elements of one level. */
    int size();

    /**
     * Latitudes by longitudes: regular, Gaussian or otherwise stretched; element [i][j] at
     * i*lon.length + j. Covers the whole sphere; a longitude repeated at the end of the circle is
     * left out of use.
     *
     * @param lat degrees north, rising or falling
     * @param lon degrees east
     */
    record Rectilinear(double[] lat, double[] lon) implements SourceGrid {
        public Rectilinear {
            if (lat.length < 2 || lon.length < 4) {
                throw new IllegalArgumentException(
                        "grid: expected at least 2 latitudes and 4 longitudes, found "
                                + lat.length
                                + " and "
                                + lon.length);
            }
            checkLatitudes(lat);
        }

        @Override
        public int size() {
            return lat.length * lon.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Rectilinear grid
                    && Arrays.equals(lat, grid.lat)
                    && Arrays.equals(lon, grid.lon);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(lat) + Arrays.hashCode(lon);
        }

        @Override
        public String toString() {
            return "rectilinear, " + lat.length + " x " + lon.length;
        }
    }

    /**
     * Cells in any order: an unstructured mesh, or a curvilinear or rotated grid with latitudes and
     * longitudes of two dimensions.
     *
     * @param lat centres, degrees north
     * @param lon centres, degrees east, as many
     * @param cornerLat degrees north, shape [cell][corner], all cells with the same number of
     *     corners, repeated where there are fewer; empty where the corners are not known
     * @param cornerLon degrees east, as long
     * @param direction radians by which the wind's first component points to the north of east,
     *     where winds are relative to the grid; empty where they are eastward and northward
     */
    record Cells(
            double[] lat, double[] lon, double[] cornerLat, double[] cornerLon, double[] direction)
            implements SourceGrid {
        public Cells {
            if (lat.length != lon.length || lat.length < 4) {
                throw new IllegalArgumentException(
                        "grid: expected as many latitudes as longitudes, at least 4, found "
                                + lat.length
                                + " and "
                                + lon.length);
            }
            if (cornerLat.length != cornerLon.length || cornerLat.length % lat.length != 0) {
                throw new IllegalArgumentException(
                        "grid: expected the same number of corners for each of "
                                + lat.length
                                + " cells, found "
                                + cornerLat.length
                                + " latitudes and "
                                + cornerLon.length
                                + " longitudes of corners");
            }
            checkLatitudes(lat);
        }

        /** Cells of which only the centres are known, with eastward and northward winds. */
        public Cells(double[] lat, double[] lon) {
            this(lat, lon, new double[0], new double[0], new double[0]);
        }

        @Override
        public int size() {
            return lat.length;
        }

        /** Corners of a cell, 0 where they are not known. */
        int corners() {
            return cornerLat.length / lat.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Cells grid
                    && Arrays.equals(lat, grid.lat)
                    && Arrays.equals(lon, grid.lon)
                    && Arrays.equals(direction, grid.direction);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(lat) + Arrays.hashCode(lon) + 1;
        }

        @Override
        public String toString() {
            return "unstructured or curvilinear, " + lat.length + " cells";
        }
    }

    private static void checkLatitudes(double[] lat) {
        for (double value : lat) {
            if (!(Math.abs(value) <= 90.0001)) {
                throw new IllegalArgumentException(
                        "grid: expected latitudes from -90 to 90 degrees, found " + value);
            }
        }
    }
}
