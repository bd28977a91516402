package org.plateau.grid;

/** Grids of rows and columns whose rows are not circles of latitude. Degrees. */
public final class CurvilinearAxes {
    private CurvilinearAxes() {}

    /**
     * The direction of the columns' axis (from one column to the next) at each element.
     *
     * @param lat degrees north, rows one after the other
     * @param lon degrees east, as many
     * @param columns in a row
     * @return radians to the north of east
     */
    public static double[] directions(double[] lat, double[] lon, int columns) {
        double[] direction = new double[lat.length];
        for (int k = 0; k < lat.length; k++) {
            int row = k / columns * columns;
            double[] before = at(lat, lon, row + Math.max(0, k % columns - 1));
            double[] after = at(lat, lon, row + Math.min(columns - 1, k % columns + 1));
            double[] step = new double[3];
            for (int i = 0; i < 3; i++) {
                step[i] = after[i] - before[i];
            }
            direction[k] =
                    Math.atan2(
                            Sphere.dot(step, Sphere.north(lat[k], lon[k])),
                            Sphere.dot(step, Sphere.east(lon[k])));
        }
        return direction;
    }

    private static double[] at(double[] lat, double[] lon, int k) {
        return Sphere.point(lat[k], lon[k]);
    }

    /**
     * The cells of rows and columns that are latitudes and longitudes about another pole (CF
     * appendix F, {@code rotated_latitude_longitude}).
     *
     * @param lat of the rows about that pole
     * @param lon of the columns about that pole
     * @param poleLat true latitude of that pole
     * @param poleLon true longitude of that pole
     * @param northLon longitude of the true north pole about that pole
     * @param gridRelative whether winds are along rows and columns
     */
    public static SourceGrid.Cells rotatedPole(
            double[] lat,
            double[] lon,
            double poleLat,
            double poleLon,
            double northLon,
            boolean gridRelative) {
        double[] trueLat = new double[lat.length * lon.length];
        double[] trueLon = new double[trueLat.length];
        double[] direction = new double[gridRelative ? trueLat.length : 0];
        double[][] axes = axes(poleLat, poleLon, northLon);
        for (int k = 0; k < trueLat.length; k++) {
            double rowLat = lat[k / lon.length];
            double columnLon = lon[k % lon.length];
            double[] place = turned(axes, Sphere.point(rowLat, columnLon));
            trueLat[k] = Math.toDegrees(Math.asin(Math.max(-1, Math.min(1, place[2]))));
            trueLon[k] = Math.toDegrees(Math.atan2(place[1], place[0]));
            if (gridRelative) {
                double[] east = turned(axes, Sphere.east(columnLon));
                direction[k] =
                        Math.atan2(
                                Sphere.dot(east, Sphere.north(trueLat[k], trueLon[k])),
                                Sphere.dot(east, Sphere.east(trueLon[k])));
            }
        }
        return new SourceGrid.Cells(trueLat, trueLon, new double[0], new double[0], direction);
    }

    /** True directions of the rotated frame's axes x (its longitude 0), y and z (its pole). */
    private static double[][] axes(double poleLat, double poleLon, double northLon) {
        double[] z = Sphere.point(poleLat, poleLon);
        double[] north = Sphere.north(poleLat, poleLon);
        double[] east = Sphere.east(poleLon);
        double cos = Math.cos(Math.toRadians(northLon));
        double sin = Math.sin(Math.toRadians(northLon));
        double[] x = new double[3];
        for (int i = 0; i < 3; i++) {
            x[i] = north[i] * cos + east[i] * sin;
        }
        return new double[][] {x, Sphere.cross(z, x), z};
    }

    private static double[] turned(double[][] axes, double[] p) {
        double[] result = new double[3];
        for (int i = 0; i < 3; i++) {
            result[i] = axes[0][i] * p[0] + axes[1][i] * p[1] + axes[2][i] * p[2];
        }
        return result;
    }
}
