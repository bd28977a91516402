package org.plateau.plot;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** Something to draw on; x to the right and y downwards, in points of 1/72 inch. */
public interface Canvas {
    /** Fills a shape; the colour's alpha counts. */
    void fill(Shape shape, Color colour);

    /** Draws a shape's outline; {@code dash} gives lengths on and off, none means solid. */
    void stroke(Shape shape, Color colour, double width, double... dash);

    /** Writes one line of text with its baseline at y. */
    void text(String text, double x, double y, TextStyle style);

    /** Stretches an opaque image over a rectangle. */
    void image(BufferedImage image, Rectangle2D where);

    /** Limits drawing to a shape until {@link #unclip()}; clips do not nest. */
    void clip(Shape shape);

    void unclip();
}
