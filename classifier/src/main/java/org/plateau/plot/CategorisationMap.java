package org.plateau.plot;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.plateau.results.Columns;
import org.plateau.results.Results;

/**
 * The categorisation map: model time to the right, pressure downwards, each cell in the colour of
 * the strongest regime and as opaque as it is probable (Sainsbury-Martinez et al. 2023); of
 * patterns that are there together, as in asymmetric bands, two are striped. Regimes that can go
 * together with any horizontal pattern, the jet and the sign of the vertical gradient, have smaller
 * panels of their own under the same time axis.
 */
public final class CategorisationMap implements Figure {
    private static final int MOST_COLUMNS = 700;

    private final Results results;
    private final PlotStyle style;
    private final Units units;
    private final int until;
    private final Columns columns;
    private final VerdictMarks marks;
    private final LevelRows rows;
    private final Map<RegimeGroup, Cells> panels = new EnumMap<>(RegimeGroup.class);

    /**
     * @param until number of the last output shown
     * @throws IllegalArgumentException if there is no output to show
     */
    public CategorisationMap(Results results, int until, PlotStyle style) {
        if (until < 0 || until >= results.outputs()) {
            throw new IllegalArgumentException(
                    "expected at least one output to plot, found none up to that time");
        }
        this.results = results;
        this.style = style;
        this.until = until;
        this.units = new Units(results.time());
        this.columns = Columns.of(results, until, MOST_COLUMNS);
        this.marks = new VerdictMarks(results, until);
        this.rows = new LevelRows(results.pressure());
        for (RegimeGroup group : RegimeGroup.values()) {
            Cells cells = new Cells(results, columns, group, style.palette());
            if (group == RegimeGroup.PATTERN || cells.isKnown()) {
                panels.put(group, cells);
            }
        }
    }

    @Override
    public String title() {
        return "Categorisation map: circulation regimes by time and pressure";
    }

    @Override
    public double height(Medium medium) {
        double height = 0;
        for (RegimeGroup group : panels.keySet()) {
            height += header(medium) + panelHeight(medium, group);
        }
        return height
                + Axes.below(medium)
                + 2 * Axes.titleLine(medium)
                + legend(medium).height(medium.width() - medium.text() * 2);
    }

    @Override
    public void draw(Canvas canvas, Medium medium) {
        double left = left(medium);
        double width = medium.width() - left - medium.text() * 2.2;
        double y = 0;
        Rectangle2D box = null;
        for (Map.Entry<RegimeGroup, Cells> panel : panels.entrySet()) {
            y += header(medium);
            double height = panelHeight(medium, panel.getKey());
            box = new Rectangle2D.Double(left, y, width, height);
            panel(canvas, medium, box, panel.getKey(), panel.getValue());
            y += height;
        }
        new Axes(canvas, medium, box).xTitle("model time (" + units.timeTitle() + ")");
        y += Axes.below(medium) + Axes.titleLine(medium) + medium.text() * 0.4;
        legend(medium).draw(canvas, medium.text(), y, medium.width() - medium.text() * 2);
    }

    private void panel(
            Canvas canvas, Medium medium, Rectangle2D box, RegimeGroup group, Cells cells) {
        Scale time = timeScale(box);
        Scale pressure = pressureScale(box);
        cells.paint(canvas, medium, box, time, pressure, rows);
        Axes axes = new Axes(canvas, medium, box);
        boolean main = group == RegimeGroup.PATTERN;
        if (main) {
            verdicts(canvas, medium, box, time, pressure);
        }
        axes.frame();
        Scale shownTime = shownTimeScale(box);
        axes.x(shownTime, shownTime.ticks(medium.width() > 340 ? 9 : 5), isLast(group));
        Scale shownPressure = shownPressureScale(box);
        axes.y(shownPressure, main ? shownPressure.ticks(6) : shownPressure.majorTicks(6));
        String unit = "(" + style.pressureUnit().symbol + ")";
        axes.yTitle((main ? "pressure " : "") + unit, medium.text() * 1.1);
        heading(canvas, medium, box, group);
    }

    private void heading(Canvas canvas, Medium medium, Rectangle2D box, RegimeGroup group) {
        String letter = "(" + (char) ('a' + new ArrayList<>(panels.keySet()).indexOf(group)) + ") ";
        double y = box.getY() - medium.text() * 0.5;
        canvas.text(letter, box.getX(), y, medium.plain().inBold());
        double after = box.getX() + Typeface.width(letter, medium.plain().inBold());
        canvas.text(group.text(), after + medium.text() * 0.3, y, medium.plain());
    }

    private void verdicts(
            Canvas canvas, Medium medium, Rectangle2D box, Scale time, Scale pressure) {
        canvas.clip(
                new Rectangle2D.Double(
                        box.getX() - medium.text(),
                        box.getY(),
                        box.getWidth() + medium.text(),
                        box.getHeight()));
        for (int l = 0; l < results.levels(); l++) {
            double high = pressure.at(rows.lower(l)) - pressure.at(rows.upper(l));
            double y = pressure.at(results.pressure()[l]);
            marks.draw(canvas, medium, l, time, box.getMaxX(), y, high);
        }
        canvas.unclip();
        symbols(canvas, medium, box, pressure);
    }

    private void symbols(Canvas canvas, Medium medium, Rectangle2D box, Scale pressure) {
        double last = Double.NEGATIVE_INFINITY;
        TextStyle text = medium.plain().at(TextStyle.Anchor.MIDDLE);
        for (int l = 0; l < results.levels(); l++) {
            double y = pressure.at(results.pressure()[l]);
            if (!marks.latest(l).isEmpty() && Math.abs(y - last) >= medium.text() * 0.95) {
                canvas.text(
                        VerdictMarks.symbol(marks.latest(l)),
                        box.getMaxX() + medium.text() * 0.9,
                        text.centred(y),
                        text);
                last = y;
            }
        }
    }

    private Scale shownTimeScale(Rectangle2D box) {
        return Scale.linear(
                units.time(columns.start()[0]),
                units.time(columns.end()[columns.count() - 1]),
                box.getX(),
                box.getMaxX());
    }

    private boolean isLast(RegimeGroup group) {
        List<RegimeGroup> shown = new ArrayList<>(panels.keySet());
        return shown.get(shown.size() - 1) == group;
    }

    private Scale timeScale(Rectangle2D box) {
        return Scale.linear(
                columns.start()[0], columns.end()[columns.count() - 1], box.getX(), box.getMaxX());
    }

    private Scale pressureScale(Rectangle2D box) {
        return Scale.logarithmic(rows.top(), rows.bottom(), box.getY(), box.getMaxY());
    }

    private Scale shownPressureScale(Rectangle2D box) {
        return Scale.logarithmic(
                style.pressureUnit().of(rows.top()),
                style.pressureUnit().of(rows.bottom()),
                box.getY(),
                box.getMaxY());
    }

    private static double left(Medium medium) {
        return medium.text() * 5.6;
    }

    private static double header(Medium medium) {
        return medium.text() * 1.8;
    }

    private static double panelHeight(Medium medium, RegimeGroup group) {
        double main = Math.min(medium.width() * 0.75, Math.max(medium.width() * 0.4, 140));
        return group == RegimeGroup.PATTERN ? main : main * 0.36;
    }

    private Legend legend(Medium medium) {
        return new MapLegend(results, style.palette(), marks, panels.keySet()).build(medium);
    }
}
