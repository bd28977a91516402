package org.plateau.grid;

/**
 * A regular grid of latitude and longitude, of equal steps, that covers the sphere.
 *
 * <p>Values stand at cell centres, rows from south to north, columns eastward; the value of row
 * {@code i} and column {@code j} is at {@code i * nlon + j}. Longitude is counted from the
 * <em>substellar</em> point: column 0 begins at -180 degrees and the map is centred on the day
 * side.
 *
 * @param nlat rows, at least 2
 * @param nlon columns, at least 4
 */
public record RegularGrid(int nlat, int nlon) {

    public RegularGrid {
        if (nlat < 2 || nlon < 4) {
            throw new IllegalArgumentException(
                    "a grid needs at least 2 x 4 cells, not " + nlat + " x " + nlon);
        }
    }

    /** Number of cells. */
    public int size() {
        return nlat * nlon;
    }

    /** Where the value of row {@code i} and column {@code j} stands in an array. */
    public int index(int i, int j) {
        return i * nlon + j;
    }

    /** Latitude of the centre of row {@code i}, degrees north. */
    public double latitude(int i) {
        return -90 + (i + 0.5) * 180 / nlat;
    }

    /** Longitude of the centre of column {@code j}, degrees east of the substellar point. */
    public double longitude(int j) {
        return (j + 0.5) * 360 / nlon - 180;
    }

    /** Share of the sphere's area that one cell of row {@code i} has; all cells add up to 1. */
    public double weight(int i) {
        double south = Math.toRadians(-90 + i * 180.0 / nlat);
        double north = Math.toRadians(-90 + (i + 1) * 180.0 / nlat);
        return (Math.sin(north) - Math.sin(south)) / 2 / nlon;
    }
}
