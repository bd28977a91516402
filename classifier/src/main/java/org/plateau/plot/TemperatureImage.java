package org.plateau.plot;

import java.awt.image.BufferedImage;
import org.plateau.results.Results.LatestMaps;

/** A level's temperature as an image, bilinear between cell centres, periodic in longitude. */
final class TemperatureImage {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 360;

    private final LatestMaps maps;
    private final float[] values;
    private final double low;
    private final double high;

    TemperatureImage(LatestMaps maps, int level) {
        this.maps = maps;
        this.values = maps.temperature()[level];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            if (!Float.isNaN(value)) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        boolean known = least <= most;
        this.low = known ? least : 0;
        this.high = known && most > least ? most : low + 1;
    }

    /** Coldest temperature, K. */
    double low() {
        return low;
    }

    /** Hottest temperature, K. */
    double high() {
        return high;
    }

    /** From 180 degrees west of the substellar point to 180 east, north up. */
    BufferedImage image() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            double lat = 90 - (y + 0.5) * 180 / HEIGHT;
            for (int x = 0; x < WIDTH; x++) {
                double lon = -180 + (x + 0.5) * 360 / WIDTH;
                double value = value(lat, lon);
                image.setRGB(
                        x,
                        y,
                        Double.isNaN(value)
                                ? Palette.GAP.getRGB()
                                : ColourMap.rgb((value - low) / (high - low)));
            }
        }
        return image;
    }

    private double value(double lat, double lon) {
        int nlon = maps.lon().length;
        int nlat = maps.lat().length;
        double i = (lon - maps.lon()[0]) * nlon / 360;
        double j = (lat - maps.lat()[0]) * nlat / 180;
        if (maps.lat()[nlat - 1] < maps.lat()[0]) {
            j = (maps.lat()[0] - lat) * nlat / 180;
        }
        j = Math.min(nlat - 1.0, Math.max(0, j));
        int west = Math.floorMod((int) Math.floor(i), nlon);
        int east = (west + 1) % nlon;
        int south = (int) Math.min(j, nlat - 2.0);
        double fi = i - Math.floor(i);
        double fj = j - south;
        return (1 - fj) * mix(south, west, east, fi) + fj * mix(south + 1, west, east, fi);
    }

    private double mix(int row, int west, int east, double share) {
        int start = row * maps.lon().length;
        return (1 - share) * values[start + west] + share * values[start + east];
    }
}
