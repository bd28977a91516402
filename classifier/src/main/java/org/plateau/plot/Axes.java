package org.plateau.plot;

import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** A plot's frame with ticks and labels on its left and lower side. */
final class Axes {
    private final Canvas canvas;
    private final Medium medium;
    private final Rectangle2D box;

    Axes(Canvas canvas, Medium medium, Rectangle2D box) {
        this.canvas = canvas;
        this.medium = medium;
        this.box = box;
    }

    /** Room below the frame for ticks and their labels, without the axis title. */
    static double below(Medium medium) {
        return medium.text() * 1.75;
    }

    /** Height of the line an axis title takes. */
    static double titleLine(Medium medium) {
        return medium.text() * 1.35;
    }

    void frame() {
        canvas.stroke(box, Medium.INK, medium.line());
    }

    /** Ticks below the frame; with {@code labels} their numbers too. */
    void x(Scale scale, List<Scale.Tick> ticks, boolean labels) {
        double length = medium.text() * 0.4;
        for (Scale.Tick tick : ticks) {
            double x = scale.at(tick.value());
            double reach = tick.isMajor() ? length : length * 0.6;
            line(x, box.getMaxY(), x, box.getMaxY() + reach);
            if (labels && tick.isMajor()) {
                canvas.text(
                        tick.label(),
                        x,
                        box.getMaxY() + length + medium.text() * 1.05,
                        medium.plain().at(TextStyle.Anchor.MIDDLE));
            }
        }
    }

    void xTitle(String title) {
        canvas.text(
                title,
                box.getCenterX(),
                box.getMaxY() + below(medium) + medium.text(),
                medium.plain().at(TextStyle.Anchor.MIDDLE));
    }

    /** Ticks on the left with their numbers; labels that would touch are left out. */
    void y(Scale scale, List<Scale.Tick> ticks) {
        double length = medium.text() * 0.4;
        double last = Double.NaN;
        for (Scale.Tick tick : ticks) {
            double y = scale.at(tick.value());
            double reach = tick.isMajor() ? length : length * 0.6;
            line(box.getX() - reach, y, box.getX(), y);
            boolean free = Double.isNaN(last) || Math.abs(y - last) > medium.text() * 1.15;
            if (tick.isMajor() && free) {
                TextStyle style = medium.plain().at(TextStyle.Anchor.END);
                canvas.text(
                        tick.label(),
                        box.getX() - length - medium.text() * 0.3,
                        style.centred(y),
                        style);
                last = y;
            }
        }
    }

    /** Title on the left, turned, its baseline at x. */
    void yTitle(String title, double x) {
        canvas.text(
                title, x, box.getCenterY(), medium.plain().at(TextStyle.Anchor.MIDDLE).turned(90));
    }

    private void line(double x1, double y1, double x2, double y2) {
        canvas.stroke(new Line2D.Double(x1, y1, x2, y2), Medium.INK, medium.line());
    }
}
