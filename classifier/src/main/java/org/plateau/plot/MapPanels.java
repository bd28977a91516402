package org.plateau.plot;

import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.plateau.results.Results;

/**
 * Maps of single levels: temperature as colour, wind as arrows, titled with pressure and main
 * label, centred on the substellar point.
 */
public final class MapPanels implements Figure {
    private final Results results;
    private final List<Integer> levels;
    private final PlotStyle style;

    /**
     * @param levels the levels to show; each must have a map
     * @throws IllegalArgumentException if there is nothing to show
     */
    public MapPanels(Results results, List<Integer> levels, PlotStyle style) {
        if (results.maps() == null || levels.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected the latest map of at least one level in the results, found none");
        }
        for (int level : levels) {
            if (!results.maps().has(level)) {
                throw new IllegalArgumentException(
                        "expected a map at "
                                + style.pressureUnit().text(results.pressure()[level])
                                + ", found none in the results; choose other --levels");
            }
        }
        this.results = results;
        this.levels = List.copyOf(levels);
        this.style = style;
    }

    @Override
    public String title() {
        return "Temperature and wind at chosen pressures, with the regime recognised";
    }

    @Override
    public double height(Medium medium) {
        int rows = (levels.size() + across(medium) - 1) / across(medium);
        return rows * panelHeight(medium) + foot(medium).height(medium.width());
    }

    @Override
    public void draw(Canvas canvas, Medium medium) {
        for (int k = 0; k < levels.size(); k++) {
            double x = k % across(medium) * medium.width() / across(medium);
            double y = k / across(medium) * panelHeight(medium);
            panel(canvas, medium, k, x, y);
        }
        Legend foot = foot(medium);
        foot.draw(
                canvas,
                medium.text() * 0.5,
                height(medium) - foot.height(medium.width()),
                medium.width());
    }

    private void panel(Canvas canvas, Medium medium, int k, double x, double y) {
        int level = levels.get(k);
        double text = medium.text();
        double width = boxWidth(medium);
        Rectangle2D box =
                new Rectangle2D.Double(x + left(medium), y + header(medium), width, width / 2);
        Scale lon = Scale.linear(-180, 180, box.getX(), box.getMaxX());
        Scale lat = Scale.linear(90, -90, box.getY(), box.getMaxY());
        TemperatureImage temperature = new TemperatureImage(results.maps(), level);
        canvas.image(temperature.image(), box);
        WindArrows arrows = new WindArrows(results.maps(), level);
        arrows.draw(canvas, medium, box, lon, lat);
        substellar(canvas, medium, lon.at(0), lat.at(0));
        Axes axes = new Axes(canvas, medium, box);
        axes.frame();
        axes.x(lon, lon.every(60), true);
        axes.y(lat, lat.every(30));
        axes.yTitle("latitude (\u00b0N)", x + text * 1.1);
        new ColourBar(medium, temperature).draw(canvas, box);
        heading(canvas, medium, box, k, level);
        reference(canvas, medium, box, arrows);
    }

    private void heading(Canvas canvas, Medium medium, Rectangle2D box, int k, int level) {
        double y = box.getY() - medium.text() * 1.75;
        TextStyle bold = medium.plain().inBold();
        String start =
                "("
                        + (char) ('a' + k)
                        + ") "
                        + style.pressureUnit().text(results.pressure()[level])
                        + "  ";
        canvas.text(start, box.getX(), y, bold);
        Labels labels = Labels.of(results, level);
        double at = box.getX() + Typeface.width(start, bold) + medium.text() * 0.6;
        canvas.text(labels.main(), at, y, medium.plain());
        canvas.text(labels.others(), box.getX(), box.getY() - medium.text() * 0.5, medium.small());
    }

    private static void reference(
            Canvas canvas, Medium medium, Rectangle2D box, WindArrows arrows) {
        String label = Decimal.significant(arrows.referenceSpeed(), 3) + " m s\u207b\u00b9";
        double y = box.getY() - medium.text() * 0.5;
        double length = arrows.referenceLength(medium, box);
        TextStyle style = medium.small();
        double right = box.getMaxX() + medium.text() * 3.6;
        canvas.text(label, right, y, style.at(TextStyle.Anchor.END));
        double end = right - Typeface.width(label, style) - medium.text() * 0.4;
        WindArrows.arrow(canvas, medium, end - length / 2, y - style.size() * 0.36, length, 0);
    }

    private static void substellar(Canvas canvas, Medium medium, double x, double y) {
        double r = medium.text() * 0.42;
        Ellipse2D ring = new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
        canvas.fill(ring, Color.WHITE);
        canvas.stroke(ring, Medium.INK, medium.line() * 1.2);
        double d = r * 0.36;
        canvas.fill(new Ellipse2D.Double(x - d, y - d, 2 * d, 2 * d), Medium.INK);
    }

    private Legend foot(Medium medium) {
        Legend foot = new Legend(medium);
        foot.add(
                "substellar point",
                1,
                (canvas, box) -> substellar(canvas, medium, box.getCenterX(), box.getCenterY()));
        foot.add("x: longitude east of it (\u00b0)", 0, (canvas, box) -> {});
        Units units = new Units(results.time());
        String time = Decimal.significant(units.time(results.maps().time()[levels.get(0)]), 5);
        foot.add("at " + time + " " + units.timeTitle(), 0, (canvas, box) -> {});
        return foot;
    }

    private static int across(Medium medium) {
        return medium.width() > 340 ? 2 : 1;
    }

    private static double left(Medium medium) {
        return medium.text() * 4.7;
    }

    private static double boxWidth(Medium medium) {
        return medium.width() / across(medium) - left(medium) - medium.text() * 5.2;
    }

    private static double header(Medium medium) {
        return medium.text() * 3.1;
    }

    private static double panelHeight(Medium medium) {
        return header(medium) + boxWidth(medium) / 2 + Axes.below(medium) + medium.text() * 0.3;
    }
}
