package org.plateau.plot;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Collects the one page of a PDF; text becomes outlines, so no font has to be embedded. */
final class PdfCanvas implements Canvas {
    private final double width;
    private final double height;
    private final String title;
    private final StringBuilder page = new StringBuilder();
    private final List<BufferedImage> images = new ArrayList<>();
    private final TreeSet<Integer> opacities = new TreeSet<>();
    private boolean clipped;

    PdfCanvas(double width, double height, String title) {
        this.width = width;
        this.height = height;
        this.title = title;
        page.append("1 0 0 -1 0 " + n(height) + " cm 1 j\n");
    }

    /** The whole file. */
    byte[] document() {
        unclip();
        return new PdfDocument(width, height, title)
                .page(page.toString(), images, List.copyOf(opacities));
    }

    @Override
    public void fill(Shape shape, Color colour) {
        PathIterator path = shape.getPathIterator(null);
        paint(colour, "rg");
        page.append(path(shape));
        page.append(path.getWindingRule() == PathIterator.WIND_NON_ZERO ? "f\n" : "f*\n");
    }

    @Override
    public void stroke(Shape shape, Color colour, double lineWidth, double... dash) {
        paint(colour, "RG");
        page.append(n(lineWidth) + " w [");
        for (double length : dash) {
            page.append(n(length) + " ");
        }
        page.append("] 0 d\n").append(path(shape)).append("S\n");
    }

    @Override
    public void text(String text, double x, double y, TextStyle style) {
        fill(Typeface.outline(text, x, y, style), style.colour());
    }

    @Override
    public void image(BufferedImage image, Rectangle2D where) {
        images.add(image);
        page.append("q /A255 gs " + n(where.getWidth()) + " 0 0 " + n(-where.getHeight()))
                .append(" " + n(where.getX()) + " " + n(where.getMaxY()))
                .append(" cm /I" + images.size() + " Do Q\n");
        opacities.add(255);
    }

    @Override
    public void clip(Shape shape) {
        unclip();
        page.append("q\n").append(path(shape)).append("W n\n");
        clipped = true;
    }

    @Override
    public void unclip() {
        if (clipped) {
            page.append("Q\n");
        }
        clipped = false;
    }

    private void paint(Color colour, String operator) {
        opacities.add(colour.getAlpha());
        page.append("/A" + colour.getAlpha() + " gs ");
        for (float part : colour.getRGBColorComponents(null)) {
            page.append(n(part) + " ");
        }
        page.append(operator + "\n");
    }

    private static String path(Shape shape) {
        StringBuilder path = new StringBuilder();
        double[] c = new double[6];
        double x = 0;
        double y = 0;
        for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
            int kind = i.currentSegment(c);
            if (kind == PathIterator.SEG_QUADTO) {
                raise(c, x, y);
                kind = PathIterator.SEG_CUBICTO;
            }
            int numbers = new int[] {2, 2, 4, 6, 0}[kind];
            for (int k = 0; k < numbers; k++) {
                path.append(n(c[k]) + " ");
            }
            path.append(new String[] {"m", "l", "", "c", "h"}[kind] + "\n");
            if (numbers > 0) {
                x = c[numbers - 2];
                y = c[numbers - 1];
            }
        }
        return path.toString();
    }

    /** The quadratic curve from (x, y) as a cubic one, in place. */
    private static void raise(double[] c, double x, double y) {
        double cx = c[0];
        double cy = c[1];
        double ex = c[2];
        double ey = c[3];
        c[0] = x + 2 * (cx - x) / 3;
        c[1] = y + 2 * (cy - y) / 3;
        c[2] = ex + 2 * (cx - ex) / 3;
        c[3] = ey + 2 * (cy - ey) / 3;
        c[4] = ex;
        c[5] = ey;
    }

    private static String n(double value) {
        return Decimal.of(value, 3);
    }
}
