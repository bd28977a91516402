package org.plateau.plot;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.plateau.results.Results;

/**
 * Equilibration series: one row per level, one column per metric. Each shows the metric's values,
 * the steady part with its mean and the tolerated change, and the verdict as it developed.
 */
public final class SeriesPanels implements Figure {
    private final Results results;
    private final List<Integer> levels;
    private final List<Integer> metrics;
    private final int until;
    private final PlotStyle style;
    private final Units units;

    /**
     * @param metrics indices of the metrics to show
     * @param until number of the last output shown
     * @throws IllegalArgumentException if there is nothing to show
     */
    public SeriesPanels(
            Results results,
            List<Integer> levels,
            List<Integer> metrics,
            int until,
            PlotStyle style) {
        if (until < 0 || levels.isEmpty() || metrics.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected at least one output, level and metric to plot, found none");
        }
        this.results = results;
        this.levels = List.copyOf(levels);
        this.metrics = List.copyOf(metrics);
        this.until = until;
        this.style = style;
        this.units = new Units(results.time());
    }

    @Override
    public String title() {
        return "Equilibration: metrics by level with their verdicts";
    }

    @Override
    public double height(Medium medium) {
        int blocks = (metrics.size() + across(medium) - 1) / across(medium);
        return blocks * blockHeight(medium) + legend(medium).height(medium.width());
    }

    @Override
    public void draw(Canvas canvas, Medium medium) {
        for (int m = 0; m < metrics.size(); m++) {
            double x = m % across(medium) * medium.width() / across(medium);
            double y = m / across(medium) * blockHeight(medium);
            column(canvas, medium, metrics.get(m), x, y, m);
        }
        Legend legend = legend(medium);
        double y = height(medium) - legend.height(medium.width());
        legend.draw(canvas, medium.text() * 0.6, y, medium.width());
    }

    private void column(Canvas canvas, Medium medium, int metric, double x, double y, int number) {
        double text = medium.text();
        Results.Quantity quantity = results.metrics().get(metric);
        String unit = Decimal.unit(quantity.unit());
        String title =
                quantity.name().replace('_', ' ') + (unit.equals("1") ? "" : " (" + unit + ")");
        String letter = "(" + (char) ('a' + number) + ") ";
        TextStyle bold = medium.plain().inBold();
        double left = x + text * 4.6;
        canvas.text(letter, left, y + text * 1.2, bold);
        canvas.text(
                title,
                left + Typeface.width(letter, bold) + text * 0.3,
                y + text * 1.2,
                medium.plain());
        Rectangle2D box = null;
        for (int k = 0; k < levels.size(); k++) {
            double top = y + text * 2.8 + k * (rowHeight(medium) + gap(medium));
            double width = medium.width() / across(medium) - text * 5.6;
            box = new Rectangle2D.Double(left, top, width, rowHeight(medium));
            SeriesPanel panel = new SeriesPanel(results, units, levels.get(k), metric, until);
            String label = style.pressureUnit().text(results.pressure()[levels.get(k)]);
            panel.draw(canvas, medium, box, label, k == levels.size() - 1);
        }
        new Axes(canvas, medium, box).xTitle("model time (" + units.timeTitle() + ")");
    }

    private Legend legend(Medium medium) {
        boolean steady = false;
        for (int level : levels) {
            for (int metric : metrics) {
                steady |= SeriesPanel.isSteady(results.steady()[level][metric]);
            }
        }
        return SeriesPanel.legend(medium, steady);
    }

    private static int across(Medium medium) {
        return medium.width() > 340 ? 2 : 1;
    }

    private static double gap(Medium medium) {
        return medium.text() * 1.6;
    }

    private static double rowHeight(Medium medium) {
        return medium.text() * 7.5;
    }

    private double blockHeight(Medium medium) {
        return medium.text() * 2.8
                + levels.size() * (rowHeight(medium) + gap(medium))
                + Axes.below(medium)
                + Axes.titleLine(medium)
                + medium.text() * 0.6;
    }
}
