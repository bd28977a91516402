package org.plateau.plot;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Map;
import org.plateau.results.Results;

/** One metric at one level over time. */
final class SeriesPanel {
    private static final Color SERIES = new Color(0x0072b2);
    private static final Color BAND = new Color(0xcfe8dc);
    private static final Color MEAN = new Color(0x007a59);
    private static final int MOST_POINTS = 1500;

    /** Light tints behind the verdict strip's words; the words say it without the colour too. */
    private static final Map<String, Color> TINTS =
            Map.of(
                    "equilibrated", new Color(0x009e73),
                    "drifting", new Color(0xd55e00),
                    "cyclic", new Color(0xcc79a7),
                    "revoked", new Color(0x7a0019),
                    "undecided", new Color(0xf0e442),
                    "warming-up", new Color(0xd0d0d0));

    private final Results results;
    private final Units units;
    private final int level;
    private final int metric;
    private final int until;
    private final Results.Steady steady;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    SeriesPanel(Results results, Units units, int level, int metric, int until) {
        this.results = results;
        this.units = units;
        this.level = level;
        this.metric = metric;
        this.until = until;
        this.steady = results.steady()[level][metric];
        range();
    }

    private void range() {
        for (int t = 0; t <= until; t++) {
            include(value(t));
        }
        if (isSteady() && !Double.isNaN(steady.tolerance())) {
            include(steady.mean() + steady.tolerance());
            include(steady.mean() - steady.tolerance());
        }
        if (low > high) {
            low = 0;
            high = 1;
        }
        double margin = high > low ? 0.08 * (high - low) : Math.max(1e-12, Math.abs(high) * 1e-3);
        low -= 2.2 * margin;
        high += margin;
    }

    private void include(double value) {
        if (!Double.isNaN(value)) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
    }

    private double value(int output) {
        return results.metricValue()[output][level][metric];
    }

    /** The power of ten, a multiple of three, by which labels of large and small numbers differ. */
    private int exponent() {
        double most = Math.max(Math.abs(low), Math.abs(high));
        int digits = most == 0 ? 0 : (int) Math.floor(Math.log10(most));
        return digits >= 5 || digits < -2 ? 3 * Math.floorDiv(digits, 3) : 0;
    }

    private boolean isSteady() {
        return isSteady(steady);
    }

    /** Whether start and mean of a steady part are known. */
    static boolean isSteady(Results.Steady steady) {
        return !Double.isNaN(steady.since()) && !Double.isNaN(steady.mean());
    }

    void draw(Canvas canvas, Medium medium, Rectangle2D box, String label, boolean labels) {
        double[] time = results.time().values();
        double end = until == 0 ? time[0] + 1 : time[until];
        Scale x = Scale.linear(units.time(time[0]), units.time(end), box.getX(), box.getMaxX());
        Scale y = Scale.linear(low, high, box.getMaxY(), box.getY());
        canvas.clip(box);
        steadyPart(canvas, medium, box, x, y);
        canvas.stroke(line(x, y), SERIES, medium.line() * 1.6);
        strip(canvas, medium, box, x);
        canvas.unclip();
        Axes axes = new Axes(canvas, medium, box);
        axes.frame();
        axes.x(x, x.ticks(box.getWidth() > 160 ? 6 : 4), labels);
        double unit = Math.pow(10, exponent());
        Scale shown = Scale.linear(low / unit, high / unit, box.getMaxY(), box.getY());
        axes.y(shown, shown.ticks(4));
        name(canvas, medium, box, label);
    }

    private void name(Canvas canvas, Medium medium, Rectangle2D box, String label) {
        byte verdict = results.verdict()[until][level][metric];
        List<String> names = results.verdicts();
        boolean known = verdict >= 0 && verdict < names.size();
        String text = known ? label + " \u00b7 " + names.get(verdict) : label;
        double y = box.getY() - medium.text() * 0.4;
        canvas.text(text, box.getX(), y, medium.small());
        if (exponent() != 0) {
            canvas.text(
                    "\u00d7" + Decimal.power(exponent()),
                    box.getMaxX(),
                    y,
                    medium.small().at(TextStyle.Anchor.END));
        }
    }

    private void steadyPart(Canvas canvas, Medium medium, Rectangle2D box, Scale x, Scale y) {
        if (!isSteady()) {
            return;
        }
        double from = x.at(units.time(steady.since()));
        if (!Double.isNaN(steady.tolerance())) {
            double top = y.at(steady.mean() + steady.tolerance());
            double bottom = y.at(steady.mean() - steady.tolerance());
            canvas.fill(
                    new Rectangle2D.Double(from, top, box.getMaxX() - from, bottom - top), BAND);
        }
        double mean = y.at(steady.mean());
        canvas.stroke(new Line2D.Double(from, mean, box.getMaxX(), mean), MEAN, medium.line());
        canvas.stroke(
                new Line2D.Double(from, box.getY(), from, box.getMaxY()),
                MEAN,
                medium.line(),
                medium.text() * 0.3,
                medium.text() * 0.2);
    }

    /** The series, broken where values are missing; long ones as the extremes of each bin. */
    private Path2D line(Scale x, Scale y) {
        Path2D path = new Path2D.Double();
        int bin = Math.max(1, (until + 1) * 2 / MOST_POINTS);
        boolean pen = false;
        for (int t = 0; t <= until; t += bin) {
            int last = Math.min(until, t + bin - 1);
            for (int place : bin == 1 ? new int[] {t} : extremes(t, last)) {
                if (place < 0 || Double.isNaN(value(place))) {
                    pen = false;
                    continue;
                }
                double px = x.at(units.time(results.time().values()[place]));
                double py = y.at(value(place));
                if (pen) {
                    path.lineTo(px, py);
                } else {
                    path.moveTo(px, py);
                    path.lineTo(px, py);
                }
                pen = true;
            }
            pen = pen && !Double.isNaN(value(last));
        }
        return path;
    }

    /** Outputs of the least and the greatest value, in order of time; -1 if all are missing. */
    private int[] extremes(int first, int last) {
        int least = -1;
        int most = -1;
        for (int t = first; t <= last; t++) {
            if (!Double.isNaN(value(t))) {
                least = least < 0 || value(t) < value(least) ? t : least;
                most = most < 0 || value(t) > value(most) ? t : most;
            }
        }
        return new int[] {Math.min(least, most), Math.max(least, most)};
    }

    /** The verdict at each output as a coloured strip along the bottom. */
    private void strip(Canvas canvas, Medium medium, Rectangle2D box, Scale x) {
        double[] time = results.time().values();
        double high = medium.text() * 0.55;
        for (int t = 0; t <= until; ) {
            int next = t + 1;
            byte verdict = results.verdict()[t][level][metric];
            while (next <= until && results.verdict()[next][level][metric] == verdict) {
                next++;
            }
            double from = x.at(units.time(time[t]));
            double to = next > until ? box.getMaxX() : x.at(units.time(time[next]));
            if (verdict >= 0 && verdict < results.verdicts().size()) {
                Color tint = TINTS.getOrDefault(results.verdicts().get(verdict), Color.WHITE);
                canvas.fill(
                        new Rectangle2D.Double(from, box.getMaxY() - high, to - from, high), tint);
            }
            t = next;
        }
        double y = box.getMaxY() - high;
        canvas.stroke(
                new Line2D.Double(box.getX(), y, box.getMaxX(), y),
                Medium.FAINT,
                medium.line() * 0.6);
    }

    /** The key; with what is known of steady parts only if any is. */
    static Legend legend(Medium medium, boolean steady) {
        Legend legend = new Legend(medium);
        if (steady) {
            legend.add(
                    "mean of the steady part", 2, (c, box) -> across(c, box, MEAN, medium.line()));
            legend.add("tolerated change", 2, (c, box) -> c.fill(box, BAND));
            legend.add("its start", 0.6, (c, box) -> start(c, medium, box));
        }
        legend.add("verdict:", 0, (c, box) -> {});
        for (String verdict :
                List.of(
                        "warming-up",
                        "undecided",
                        "drifting",
                        "cyclic",
                        "equilibrated",
                        "revoked")) {
            legend.add(verdict, 1, (c, box) -> tint(c, box, verdict));
        }
        return legend;
    }

    private static void tint(Canvas canvas, Rectangle2D box, String verdict) {
        canvas.fill(
                new Rectangle2D.Double(
                        box.getX(),
                        box.getY() + box.getHeight() * 0.2,
                        box.getWidth(),
                        box.getHeight() * 0.6),
                TINTS.get(verdict));
    }

    private static void across(Canvas canvas, Rectangle2D box, Color colour, double width) {
        canvas.stroke(
                new Line2D.Double(box.getX(), box.getCenterY(), box.getMaxX(), box.getCenterY()),
                colour,
                width);
    }

    private static void start(Canvas canvas, Medium medium, Rectangle2D box) {
        canvas.stroke(
                new Line2D.Double(box.getCenterX(), box.getY(), box.getCenterX(), box.getMaxY()),
                MEAN,
                medium.line(),
                medium.text() * 0.3,
                medium.text() * 0.2);
    }
}
