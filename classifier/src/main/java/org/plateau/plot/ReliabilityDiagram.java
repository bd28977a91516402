package org.plateau.plot;

import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/**
 * Whether probabilities can be taken at their word: how often a label holds where it is given a
 * probability, against that probability, for one or more sets of maps; below it how many decisions
 * each point stands for. On the diagonal the two are equal.
 */
public final class ReliabilityDiagram implements Figure {

    /**
     * Decisions with about the same probability.
     *
     * @param probability their mean
     * @param share of them where the label holds
     */
    public record Bin(int count, double probability, double share) {}

    /** Bins of one set of maps. */
    public record Curve(String name, List<Bin> bins) {}

    private static final List<Color> COLOURS =
            List.of(new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73));
    private static final double MOST = 100_000;

    /** Between the two parts, in text sizes. */
    private static final double GAP = 1.5;

    private final List<Curve> curves;

    /**
     * @param curves one to three
     */
    public ReliabilityDiagram(List<Curve> curves) {
        if (curves.isEmpty() || curves.size() > COLOURS.size()) {
            throw new IllegalArgumentException(
                    "expected 1 to " + COLOURS.size() + " curves, found " + curves.size());
        }
        this.curves = List.copyOf(curves);
    }

    @Override
    public String title() {
        return "Reliability diagram: how often a label holds against its probability";
    }

    @Override
    public double height(Medium medium) {
        return upper(medium).getHeight()
                + lower(medium).getHeight()
                + medium.text() * (0.8 + GAP)
                + Axes.below(medium)
                + 2 * Axes.titleLine(medium)
                + legend(medium).height(medium.width() - medium.text() * 2);
    }

    @Override
    public void draw(Canvas canvas, Medium medium) {
        Rectangle2D upper = upper(medium);
        Rectangle2D lower = lower(medium);
        Scale x = Scale.linear(0, 1, upper.getX(), upper.getMaxX());
        Scale y = Scale.linear(0, 1, upper.getMaxY(), upper.getY());
        Scale count = Scale.logarithmic(1, MOST, lower.getMaxY(), lower.getY());
        canvas.stroke(
                new Line2D.Double(x.at(0), y.at(0), x.at(1), y.at(1)),
                Medium.FAINT,
                medium.line(),
                medium.text() * 0.4,
                medium.text() * 0.3);
        for (int n = 0; n < curves.size(); n++) {
            curve(canvas, medium, curves.get(n), COLOURS.get(n), x, y);
            curve(canvas, medium, counts(curves.get(n)), COLOURS.get(n), x, count);
        }
        frame(canvas, medium, upper, x, y, "share that holds", false);
        frame(canvas, medium, lower, x, count, "decisions", true);
        double below = lower.getMaxY() + Axes.below(medium) + Axes.titleLine(medium);
        legend(medium)
                .draw(
                        canvas,
                        medium.text(),
                        below + medium.text() * 0.4,
                        medium.width() - medium.text() * 2);
    }

    private static void frame(
            Canvas canvas,
            Medium medium,
            Rectangle2D box,
            Scale x,
            Scale y,
            String title,
            boolean last) {
        Axes axes = new Axes(canvas, medium, box);
        axes.frame();
        axes.x(x, x.every(0.2), last);
        axes.y(y, last ? y.majorTicks(5) : y.every(0.2));
        axes.yTitle(title, medium.text() * 1.1);
        if (last) {
            axes.xTitle("probability");
        }
    }

    /** Counts in place of shares. */
    private static Curve counts(Curve curve) {
        return new Curve(
                curve.name(),
                curve.bins().stream()
                        .map(bin -> new Bin(bin.count(), bin.probability(), bin.count()))
                        .toList());
    }

    private static void curve(
            Canvas canvas, Medium medium, Curve curve, Color colour, Scale x, Scale y) {
        Path2D line = new Path2D.Double();
        double radius = medium.text() * 0.3;
        for (Bin bin : curve.bins()) {
            if (bin.count() == 0) {
                continue;
            }
            double atX = x.at(bin.probability());
            double atY = y.at(bin.share());
            if (line.getCurrentPoint() == null) {
                line.moveTo(atX, atY);
            } else {
                line.lineTo(atX, atY);
            }
            canvas.fill(
                    new Ellipse2D.Double(atX - radius, atY - radius, 2 * radius, 2 * radius),
                    colour);
        }
        canvas.stroke(line, colour, medium.line() * 1.6);
    }

    private static Rectangle2D upper(Medium medium) {
        double left = medium.text() * 5.6;
        double width = medium.width() - left - medium.text() * 1.5;
        return new Rectangle2D.Double(left, medium.text() * 0.8, width, width * 0.8);
    }

    private static Rectangle2D lower(Medium medium) {
        Rectangle2D upper = upper(medium);
        return new Rectangle2D.Double(
                upper.getX(),
                upper.getMaxY() + medium.text() * GAP,
                upper.getWidth(),
                upper.getWidth() * 0.3);
    }

    private Legend legend(Medium medium) {
        Legend legend = new Legend(medium);
        for (int n = 0; n < curves.size(); n++) {
            Color colour = COLOURS.get(n);
            legend.add(
                    curves.get(n).name(),
                    2.6,
                    (canvas, box) ->
                            canvas.stroke(
                                    new Line2D.Double(
                                            box.getX(),
                                            box.getCenterY(),
                                            box.getMaxX(),
                                            box.getCenterY()),
                                    colour,
                                    medium.line() * 1.6));
        }
        return legend;
    }
}
