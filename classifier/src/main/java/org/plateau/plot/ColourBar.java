package org.plateau.plot;

import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** The colour scale at a map's right side. */
final class ColourBar {
    private static final int SHADES = 256;

    private final Medium medium;
    private final TemperatureImage temperature;

    ColourBar(Medium medium, TemperatureImage temperature) {
        this.medium = medium;
        this.temperature = temperature;
    }

    void draw(Canvas canvas, Rectangle2D map) {
        double text = medium.text();
        Rectangle2D box =
                new Rectangle2D.Double(
                        map.getMaxX() + text * 0.7, map.getY(), text * 0.9, map.getHeight());
        BufferedImage shades = new BufferedImage(1, SHADES, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SHADES; i++) {
            shades.setRGB(0, i, ColourMap.rgb(1 - i / (SHADES - 1.0)));
        }
        canvas.image(shades, box);
        canvas.stroke(box, Medium.INK, medium.line());
        Scale scale =
                Scale.linear(temperature.high(), temperature.low(), box.getY(), box.getMaxY());
        for (Scale.Tick tick : scale.ticks(6)) {
            label(canvas, box, scale.at(tick.value()), tick.label());
        }
        canvas.text("K", box.getMaxX() + text * 0.5, box.getMaxY() + text * 1.25, medium.plain());
    }

    private void label(Canvas canvas, Rectangle2D box, double y, String label) {
        double reach = medium.text() * 0.25;
        canvas.stroke(
                new java.awt.geom.Line2D.Double(box.getMaxX(), y, box.getMaxX() + reach, y),
                Medium.INK,
                medium.line());
        TextStyle style = medium.small();
        canvas.text(label, box.getMaxX() + reach * 1.8, style.centred(y), style);
    }
}
