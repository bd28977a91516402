package org.plateau.plot;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plateau.results.Columns;
import org.plateau.results.Results;

/**
 * Paints one group of regimes over time and pressure: each cell in the colour of the group's
 * strongest regime, as opaque as it is probable, or where two are there at once in slanting stripes
 * of both; gaps grey; "nothing recognised" hatched where it is more probable than any pattern.
 */
final class Cells {
    private static final double OPACITY_STEPS = 20;
    private static final double SEAM = 0.3;
    private static final float THERE = 0.5f;

    /** Width of a stripe across its slant, in text sizes. */
    private static final double STRIPE = 0.55;

    private final Results results;
    private final Columns columns;
    private final RegimeGroup group;
    private final int[] members;
    private final Palette palette;

    Cells(Results results, Columns columns, RegimeGroup group, Palette palette) {
        this.results = results;
        this.columns = columns;
        this.group = group;
        this.members = group.members(results.regimes());
        this.palette = palette;
    }

    /** Whether any output says anything about this group. */
    boolean isKnown() {
        for (int c = 0; c < columns.count(); c++) {
            for (int l = 0; l < results.levels(); l++) {
                if (RegimeGroup.strongest(members, columns.probability()[c][l]) >= 0) {
                    return true;
                }
            }
        }
        return false;
    }

    void paint(Canvas canvas, Medium medium, Rectangle2D box, Scale x, Scale y, LevelRows rows) {
        canvas.clip(box);
        Path2D nothing = new Path2D.Double(Path2D.WIND_NON_ZERO);
        Map<Color, Path2D> stripes = new LinkedHashMap<>();
        for (int l = 0; l < rows.count(); l++) {
            double top = y.at(rows.upper(l));
            double bottom = y.at(rows.lower(l));
            for (int c = 0; c < columns.count(); /* by runs */ ) {
                int next = runEnd(c, l);
                double left = x.at(columns.start()[c]);
                double right = x.at(columns.end()[next - 1]);
                List<Color> colours = colours(c, l);
                cell(canvas, colours.get(0), left, top, right, bottom);
                if (colours.size() > 1) {
                    stripes.computeIfAbsent(
                                    colours.get(1),
                                    colour -> new Path2D.Double(Path2D.WIND_NON_ZERO))
                            .append(area(left, top, right, bottom), false);
                }
                if (isNothing(c, l)) {
                    nothing.append(area(left, top, right, bottom), false);
                }
                c = next;
            }
        }
        canvas.unclip();
        double wide = medium.text() * STRIPE;
        stripes.forEach(
                (colour, shape) ->
                        slant(canvas, box, shape, colour, 2 * Math.sqrt(2) * wide, wide));
        hatch(canvas, medium, box, nothing);
    }

    private static Rectangle2D area(double left, double top, double right, double bottom) {
        return new Rectangle2D.Double(left, top, right - left, bottom - top);
    }

    /** Cells overlap their right and lower neighbours a little, so that no seams show. */
    private static void cell(
            Canvas canvas, Color colour, double left, double top, double right, double bottom) {
        canvas.fill(
                new Rectangle2D.Double(left, top, right - left + SEAM, bottom - top + SEAM),
                colour);
    }

    /** First column after {@code c} that looks different or does not follow at once. */
    private int runEnd(int c, int level) {
        List<Color> colours = colours(c, level);
        boolean nothing = isNothing(c, level);
        int next = c + 1;
        while (next < columns.count()
                && columns.start()[next] <= columns.end()[next - 1] + 1e-9
                && isNothing(next, level) == nothing
                && colours(next, level).equals(colours)) {
            next++;
        }
        return next;
    }

    /** One or two, in the order of the regimes and not of their probabilities. */
    private List<Color> colours(int c, int level) {
        if (columns.isGap(c, level)) {
            return List.of(Palette.GAP);
        }
        float[] probability = columns.probability()[c][level];
        int best = RegimeGroup.strongest(members, probability);
        if (best < 0 || isNothing(c, level)) {
            return List.of(Color.WHITE);
        }
        int second = second(best, probability);
        if (second < 0) {
            return List.of(shade(best, probability[best]));
        }
        int first = Math.min(best, second);
        int last = Math.max(best, second);
        return List.of(shade(first, probability[first]), shade(last, probability[last]));
    }

    /** The strongest of the others, -1 if it is not there. */
    private int second(int best, float[] probability) {
        int second = -1;
        for (int r : members) {
            boolean there = r != best && probability[r] >= THERE;
            if (there && (second < 0 || probability[r] > probability[second])) {
                second = r;
            }
        }
        return second;
    }

    private Color shade(int regime, double probability) {
        return palette.shade(
                results.regimes().get(regime),
                Math.round(probability * OPACITY_STEPS) / OPACITY_STEPS);
    }

    private boolean isNothing(int c, int level) {
        if (group != RegimeGroup.PATTERN || columns.isGap(c, level)) {
            return false;
        }
        float[] probability = columns.probability()[c][level];
        int best = RegimeGroup.strongest(members, probability);
        return best >= 0 && columns.nothing()[c][level] > probability[best];
    }

    /** Diagonal lines over a shape. */
    static void hatch(Canvas canvas, Medium medium, Rectangle2D box, Path2D shape) {
        slant(canvas, box, shape, Medium.INK, medium.text() * 0.42, medium.line());
    }

    private static void slant(
            Canvas canvas,
            Rectangle2D box,
            Path2D shape,
            Color colour,
            double spacing,
            double width) {
        if (shape.getCurrentPoint() == null) {
            return;
        }
        canvas.clip(shape);
        Path2D lines = new Path2D.Double();
        for (double d = spacing / 2; d < box.getWidth() + box.getHeight(); d += spacing) {
            lines.append(
                    new Line2D.Double(
                            box.getX() + d,
                            box.getY(),
                            box.getX() + d - box.getHeight(),
                            box.getMaxY()),
                    false);
        }
        canvas.stroke(lines, colour, width);
        canvas.unclip();
    }
}
