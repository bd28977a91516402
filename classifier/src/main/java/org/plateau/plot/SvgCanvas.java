package org.plateau.plot;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Writes SVG 1.1: text stays text, images are embedded. */
final class SvgCanvas implements Canvas {
    private final StringBuilder svg = new StringBuilder();
    private int clips;
    private boolean clipped;

    SvgCanvas(double width, double height, String title) {
        svg.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg")
                .append(" xmlns=\"http://www.w3.org/2000/svg\"")
                .append(
                        " xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" role=\"img\"")
                .append(" width=\"" + n(width) + "pt\" height=\"" + n(height) + "pt\"")
                .append(" viewBox=\"0 0 " + n(width) + " " + n(height) + "\"")
                .append(" font-family=\"'DejaVu Sans',Verdana,sans-serif\">\n")
                .append("<title>" + escape(title) + "</title>\n")
                .append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
    }

    /** The whole document. */
    String document() {
        return svg + "</svg>\n";
    }

    @Override
    public void fill(Shape shape, Color colour) {
        svg.append("<path d=\"" + path(shape) + "\"" + paint("fill", colour) + "/>\n");
    }

    @Override
    public void stroke(Shape shape, Color colour, double width, double... dash) {
        svg.append("<path d=\"" + path(shape) + "\" fill=\"none\"" + paint("stroke", colour))
                .append(" stroke-width=\"" + n(width) + "\" stroke-linejoin=\"round\"");
        if (dash.length > 0) {
            StringBuilder lengths = new StringBuilder();
            for (double length : dash) {
                lengths.append(lengths.isEmpty() ? "" : ",").append(n(length));
            }
            svg.append(" stroke-dasharray=\"" + lengths + "\"");
        }
        svg.append("/>\n");
    }

    @Override
    public void text(String text, double x, double y, TextStyle style) {
        String[] anchors = {"start", "middle", "end"};
        svg.append("<text x=\"" + n(x) + "\" y=\"" + n(y) + "\"")
                .append(" font-size=\"" + n(style.size()) + "\"" + paint("fill", style.colour()))
                .append(" text-anchor=\"" + anchors[style.anchor().ordinal()] + "\"")
                .append(style.bold() ? " font-weight=\"bold\"" : "");
        if (style.degrees() != 0) {
            svg.append(
                    " transform=\"rotate(" + n(-style.degrees()) + " " + n(x) + " " + n(y) + ")\"");
        }
        svg.append(">" + escape(text) + "</text>\n");
    }

    @Override
    public void image(BufferedImage image, Rectangle2D where) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        svg.append("<image x=\"" + n(where.getX()) + "\" y=\"" + n(where.getY()) + "\"")
                .append(" width=\"" + n(where.getWidth()) + "\"")
                .append(" height=\"" + n(where.getHeight()) + "\" preserveAspectRatio=\"none\"")
                .append(" xlink:href=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(png.toByteArray()))
                .append("\"/>\n");
    }

    @Override
    public void clip(Shape shape) {
        unclip();
        String id = "clip" + ++clips;
        svg.append("<clipPath id=\"" + id + "\"><path d=\"" + path(shape) + "\"/></clipPath>\n")
                .append("<g clip-path=\"url(#" + id + ")\">\n");
        clipped = true;
    }

    @Override
    public void unclip() {
        if (clipped) {
            svg.append("</g>\n");
        }
        clipped = false;
    }

    private static String paint(String attribute, Color colour) {
        String paint =
                " " + attribute + "=\"" + String.format("#%06x", colour.getRGB() & 0xffffff) + "\"";
        if (colour.getAlpha() == 255) {
            return paint;
        }
        return paint + " " + attribute + "-opacity=\"" + n(colour.getAlpha() / 255.0) + "\"";
    }

    private static String path(Shape shape) {
        StringBuilder path = new StringBuilder();
        double[] c = new double[6];
        for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
            int kind = i.currentSegment(c);
            path.append("MLQCZ".charAt(kind));
            int numbers = new int[] {2, 2, 4, 6, 0}[kind];
            for (int k = 0; k < numbers; k++) {
                path.append(k == 0 ? "" : " ").append(n(c[k]));
            }
        }
        return path.toString();
    }

    private static String n(double value) {
        return Decimal.of(value, 2);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
