package org.plateau.grid;

/** Points of the unit sphere as triples x, y, z; latitude and longitude in degrees. */
final class Sphere {
    private Sphere() {}

    static double[] point(double lat, double lon) {
        double phi = Math.toRadians(lat);
        double lambda = Math.toRadians(lon);
        return new double[] {
            Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)
        };
    }

    static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    static double[] cross(double[] a, double[] b) {
        return new double[] {
            a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
        };
    }

    static double distanceSquared(double[] a, double[] b) {
        double x = a[0] - b[0];
        double y = a[1] - b[1];
        double z = a[2] - b[2];
        return x * x + y * y + z * z;
    }

    static double[] east(double lon) {
        double lambda = Math.toRadians(lon);
        return new double[] {-Math.sin(lambda), Math.cos(lambda), 0};
    }

    static double[] north(double lat, double lon) {
        double phi = Math.toRadians(lat);
        double lambda = Math.toRadians(lon);
        return new double[] {
            -Math.sin(phi) * Math.cos(lambda), -Math.sin(phi) * Math.sin(lambda), Math.cos(phi)
        };
    }

    /**
     * The turn that carrying a vector along the great circle from one place to another gives to its
     * east and north components.
     *
     * @return cosine and sine of the angle, anticlockwise
     */
    static double[] transport(double fromLat, double fromLon, double toLat, double toLon) {
        double[] from = point(fromLat, fromLon);
        double[] to = point(toLat, toLon);
        double[] axis = cross(from, to);
        double[] east = east(fromLon);
        double[] once = cross(axis, east);
        double[] twice = cross(axis, once);
        double scale = 1 / Math.max(1e-12, 1 + dot(from, to));
        double[] carried = new double[3];
        for (int i = 0; i < 3; i++) {
            carried[i] = east[i] + once[i] + twice[i] * scale;
        }
        return new double[] {dot(carried, east(toLon)), dot(carried, north(toLat, toLon))};
    }

    /** Longitude brought into [-180, 180). */
    static double wrapped(double lon) {
        double turned = (lon + 180) % 360;
        return (turned < 0 ? turned + 360 : turned) - 180;
    }
}
