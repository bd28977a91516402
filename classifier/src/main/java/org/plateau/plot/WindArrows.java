package org.plateau.plot;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import org.plateau.results.Results.LatestMaps;

/** Arrows of the horizontal wind at evenly spaced places of a map. */
final class WindArrows {
    private static final double QUANTILE = 0.99;

    private final LatestMaps maps;
    private final int level;
    private final double fastest;

    WindArrows(LatestMaps maps, int level) {
        this.maps = maps;
        this.level = level;
        this.fastest = fastest();
    }

    /** Speed of the reference arrow, a round number near the fastest winds, m s-1. */
    double referenceSpeed() {
        return round(fastest);
    }

    private double fastest() {
        float[] u = maps.u()[level];
        float[] v = maps.v()[level];
        double[] speeds = new double[u.length];
        int known = 0;
        for (int c = 0; c < u.length; c++) {
            double speed = Math.hypot(u[c], v[c]);
            if (!Double.isNaN(speed)) {
                speeds[known++] = speed;
            }
        }
        Arrays.sort(speeds, 0, known);
        double fast = known == 0 ? 0 : speeds[(int) (QUANTILE * (known - 1))];
        return fast <= 0 ? 1 : fast;
    }

    /** The largest of 1, 2 and 5 times a power of ten that is not above this. */
    private static double round(double speed) {
        double decade = Math.pow(10, Math.floor(Math.log10(speed)));
        double digit = speed / decade;
        return (digit < 2 ? 1 : digit < 5 ? 2 : 5) * decade;
    }

    /** Distance between arrows in points. */
    static double spacing(Medium medium, Rectangle2D box) {
        return Math.max(medium.text() * 1.5, box.getWidth() / 26);
    }

    /** Length of the reference arrow in points. */
    double referenceLength(Medium medium, Rectangle2D box) {
        return referenceSpeed() * scale(medium, box);
    }

    /** Points per m s-1: the fastest winds just reach the next arrow. */
    private double scale(Medium medium, Rectangle2D box) {
        return spacing(medium, box) / fastest;
    }

    void draw(Canvas canvas, Medium medium, Rectangle2D box, Scale x, Scale y) {
        canvas.clip(box);
        double spacing = spacing(medium, box);
        double scale = scale(medium, box);
        int across = (int) Math.max(1, Math.round(box.getWidth() / spacing));
        int down = (int) Math.max(1, Math.round(box.getHeight() / spacing));
        for (int j = 0; j < down; j++) {
            for (int i = 0; i < across; i++) {
                double px = box.getX() + (i + 0.5) * box.getWidth() / across;
                double py = box.getY() + (j + 0.5) * box.getHeight() / down;
                int cell =
                        nearest(maps.lat(), y, py) * maps.lon().length + nearest(maps.lon(), x, px);
                arrow(
                        canvas,
                        medium,
                        px,
                        py,
                        maps.u()[level][cell] * scale,
                        -maps.v()[level][cell] * scale);
            }
        }
        canvas.unclip();
    }

    private static int nearest(double[] coordinate, Scale scale, double place) {
        int best = 0;
        for (int i = 1; i < coordinate.length; i++) {
            if (Math.abs(scale.at(coordinate[i]) - place)
                    < Math.abs(scale.at(coordinate[best]) - place)) {
                best = i;
            }
        }
        return best;
    }

    /** An arrow centred on a point, black with a light rim; a dot where it is almost calm. */
    static void arrow(Canvas canvas, Medium medium, double x, double y, double dx, double dy) {
        double length = Math.hypot(dx, dy);
        if (Double.isNaN(length)) {
            return;
        }
        double width = medium.text() * 0.1;
        if (length < width * 3) {
            canvas.fill(new Ellipse2D.Double(x - width, y - width, 2 * width, 2 * width), RIM);
            double r = width * 0.6;
            canvas.fill(new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r), Medium.INK);
            return;
        }
        Path2D outline = outline(length, width, Math.min(medium.text() * 0.5, length * 0.6));
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(dx, dy);
        outline.transform(place);
        canvas.stroke(outline, RIM, width * 1.1);
        canvas.fill(outline, Medium.INK);
    }

    private static final Color RIM = new Color(0xff, 0xff, 0xff, 0xc8);

    /** Along the x axis, centred on the origin. */
    private static Path2D outline(double length, double width, double head) {
        double tail = -length / 2;
        double neck = length / 2 - head * 0.8;
        double half = width / 2;
        double wing = head * 0.36;
        Path2D path = new Path2D.Double();
        path.moveTo(tail, -half);
        path.lineTo(neck, -half);
        path.lineTo(length / 2 - head, -wing);
        path.lineTo(length / 2, 0);
        path.lineTo(length / 2 - head, wing);
        path.lineTo(neck, half);
        path.lineTo(tail, half);
        path.closePath();
        return path;
    }
}
