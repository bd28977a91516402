package org.plateau.plot;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.plateau.results.Columns;
import org.plateau.results.Results;

/**
 * Paints one group of regimes over time and pressure: each cell in the colour of the group's
 * strongest regime, as opaque as it is probable; gaps grey; "nothing recognised" hatched where it
 * is more probable than any pattern.
 */
final class Cells {
    private static final double OPACITY_STEPS = 20;
    private static final double SEAM = 0.3;

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
        for (int l = 0; l < rows.count(); l++) {
            double top = y.at(rows.upper(l));
            double bottom = y.at(rows.lower(l));
            for (int c = 0; c < columns.count(); /* by runs */ ) {
                int next = runEnd(c, l);
                double left = x.at(columns.start()[c]);
                double right = x.at(columns.end()[next - 1]);
                cell(canvas, colour(c, l), left, top, right, bottom);
                if (isNothing(c, l)) {
                    nothing.append(
                            new Rectangle2D.Double(left, top, right - left, bottom - top), false);
                }
                c = next;
            }
        }
        canvas.unclip();
        hatch(canvas, medium, box, nothing);
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
        Color colour = colour(c, level);
        boolean nothing = isNothing(c, level);
        int next = c + 1;
        while (next < columns.count()
                && columns.start()[next] <= columns.end()[next - 1] + 1e-9
                && isNothing(next, level) == nothing
                && colour(next, level).equals(colour)) {
            next++;
        }
        return next;
    }

    private Color colour(int c, int level) {
        if (columns.isGap(c, level)) {
            return Palette.GAP;
        }
        int best = RegimeGroup.strongest(members, columns.probability()[c][level]);
        if (best < 0 || isNothing(c, level)) {
            return Color.WHITE;
        }
        double opacity = columns.probability()[c][level][best];
        return palette.shade(
                results.regimes().get(best), Math.round(opacity * OPACITY_STEPS) / OPACITY_STEPS);
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
        if (shape.getCurrentPoint() == null) {
            return;
        }
        canvas.clip(shape);
        double spacing = medium.text() * 0.42;
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
        canvas.stroke(lines, Medium.INK, medium.line());
        canvas.unclip();
    }
}
