package org.plateau.plot;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Swatches with labels, flowing over as many lines as the width needs. */
final class Legend {
    /** Draws a swatch. */
    interface Swatch {
        void draw(Canvas canvas, Rectangle2D where);
    }

    private record Item(String label, double swatch, Swatch drawing) {}

    private final Medium medium;
    private final List<Item> items = new ArrayList<>();

    Legend(Medium medium) {
        this.medium = medium;
    }

    /** Adds an item whose swatch is so many text sizes wide. */
    void add(String label, double swatch, Swatch drawing) {
        items.add(new Item(label, swatch * medium.text(), drawing));
    }

    double height(double width) {
        return flow(null, 0, 0, width);
    }

    /** Draws with the upper left corner at (x, y) and returns the height. */
    double draw(Canvas canvas, double x, double y, double width) {
        return flow(canvas, x, y, width);
    }

    private double flow(Canvas canvas, double x, double y, double width) {
        double line = medium.text() * 1.6;
        double at = 0;
        double down = 0;
        for (Item item : items) {
            double wide = item.swatch + gap(item) + Typeface.width(item.label, medium.plain());
            if (at > 0 && at + wide > width) {
                at = 0;
                down += line;
            }
            if (canvas != null) {
                draw(canvas, item, x + at, y + down);
            }
            at += wide + medium.text() * 1.6;
        }
        return down + line;
    }

    private double gap(Item item) {
        return item.swatch == 0 ? 0 : medium.text() * 0.5;
    }

    private void draw(Canvas canvas, Item item, double x, double y) {
        double size = medium.text();
        item.drawing.draw(canvas, new Rectangle2D.Double(x, y, item.swatch, size));
        canvas.text(
                item.label,
                x + item.swatch + gap(item),
                medium.plain().centred(y + size / 2),
                medium.plain());
    }
}
