package org.plateau.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Draws into an image. */
final class RasterCanvas implements Canvas {
    private final BufferedImage image;
    private final Graphics2D graphics;

    /** A white image of a size in points, at so many dots per inch. */
    RasterCanvas(double width, double height, double dpi) {
        double scale = dpi / 72;
        image =
                new BufferedImage(
                        (int) Math.ceil(width * scale),
                        (int) Math.ceil(height * scale),
                        BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.scale(scale, scale);
    }

    BufferedImage image() {
        return image;
    }

    @Override
    public void fill(Shape shape, Color colour) {
        graphics.setColor(colour);
        graphics.fill(shape);
    }

    @Override
    public void stroke(Shape shape, Color colour, double width, double... dash) {
        graphics.setColor(colour);
        graphics.setStroke(stroke(width, dash));
        graphics.draw(shape);
    }

    private static BasicStroke stroke(double width, double... dash) {
        float[] lengths = null;
        if (dash.length > 0) {
            lengths = new float[dash.length];
            for (int i = 0; i < dash.length; i++) {
                lengths[i] = (float) dash[i];
            }
        }
        return new BasicStroke(
                (float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, lengths, 0);
    }

    @Override
    public void text(String text, double x, double y, TextStyle style) {
        fill(Typeface.outline(text, x, y, style), style.colour());
    }

    @Override
    public void image(BufferedImage picture, Rectangle2D where) {
        AffineTransform place = AffineTransform.getTranslateInstance(where.getX(), where.getY());
        place.scale(where.getWidth() / picture.getWidth(), where.getHeight() / picture.getHeight());
        graphics.drawImage(picture, place, null);
    }

    @Override
    public void clip(Shape shape) {
        graphics.setClip(shape);
    }

    @Override
    public void unclip() {
        graphics.setClip(null);
    }
}
