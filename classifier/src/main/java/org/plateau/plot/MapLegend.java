package org.plateau.plot;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.LinkedHashSet;
import java.util.Set;
import org.plateau.results.Results;

/** The categorisation map's legend: the regimes, what is no regime, and the verdict marks. */
final class MapLegend {
    private static final int SHADES = 8;

    private final Results results;
    private final Palette palette;
    private final VerdictMarks marks;
    private final Set<RegimeGroup> groups;

    MapLegend(Results results, Palette palette, VerdictMarks marks, Set<RegimeGroup> groups) {
        this.results = results;
        this.palette = palette;
        this.marks = marks;
        this.groups = groups;
    }

    Legend build(Medium medium) {
        Legend legend = new Legend(medium);
        for (RegimeGroup group : groups) {
            for (int r : group.members(results.regimes())) {
                String name = results.regimes().get(r);
                legend.add(name, 2.6, (canvas, box) -> shades(canvas, medium, box, name));
            }
        }
        legend.add("shade: probability 0 to 1; stripes: together", 0, (canvas, box) -> {});
        legend.add("nothing recognised", 2.6, (canvas, box) -> nothing(canvas, medium, box));
        legend.add("no output", 2.6, (canvas, box) -> block(canvas, medium, box, Palette.GAP));
        verdicts(medium, legend);
        return legend;
    }

    private void verdicts(Medium medium, Legend legend) {
        Set<String> latest = new LinkedHashSet<>();
        boolean marked = false;
        boolean since = false;
        boolean revoked = false;
        for (int l = 0; l < results.levels(); l++) {
            latest.add(marks.latest(l));
            marked |= !marks.spans(l).isEmpty();
            since |= !Double.isNaN(marks.steadySince(l));
            revoked |= marks.spans(l).stream().anyMatch(VerdictMarks.Span::ended);
        }
        if (since) {
            legend.add("steady since", 2.6, (canvas, box) -> since(canvas, medium, box));
        }
        if (marked) {
            legend.add(
                    "declared equilibrated",
                    2.6,
                    (canvas, box) -> line(canvas, medium, box, false));
        }
        if (revoked) {
            legend.add("revoked", 2.6, (canvas, box) -> line(canvas, medium, box, true));
        }
        String lead = "latest: ";
        for (String verdict : latest) {
            if (!verdict.isEmpty()) {
                legend.add(
                        lead + verdict, 1, (canvas, box) -> symbol(canvas, medium, box, verdict));
                lead = "";
            }
        }
    }

    private static void line(Canvas canvas, Medium medium, Rectangle2D box, boolean revoked) {
        double inset = medium.text() * 0.3;
        VerdictMarks.mark(
                canvas,
                medium,
                box.getX() + inset,
                box.getMaxX() - (revoked ? inset : 0),
                box.getCenterY(),
                medium.text(),
                revoked);
    }

    private static void since(Canvas canvas, Medium medium, Rectangle2D box) {
        double from = box.getX() + medium.text() * 0.3;
        VerdictMarks.since(canvas, medium, from, box.getMaxX(), box.getCenterY(), medium.text());
    }

    private static void symbol(Canvas canvas, Medium medium, Rectangle2D box, String verdict) {
        TextStyle style = medium.plain().at(TextStyle.Anchor.MIDDLE);
        canvas.text(
                VerdictMarks.symbol(verdict),
                box.getCenterX(),
                style.centred(box.getCenterY()),
                style);
    }

    /** From probability 0 on the left to 1 on the right. */
    private void shades(Canvas canvas, Medium medium, Rectangle2D box, String regime) {
        double width = box.getWidth() / SHADES;
        for (int i = 0; i < SHADES; i++) {
            canvas.fill(
                    new Rectangle2D.Double(
                            box.getX() + i * width, box.getY(), width + 0.05, box.getHeight()),
                    palette.shade(regime, i / (SHADES - 1.0)));
        }
        canvas.stroke(box, Medium.FAINT, medium.line() * 0.7);
    }

    private static void nothing(Canvas canvas, Medium medium, Rectangle2D box) {
        Cells.hatch(canvas, medium, box, new Path2D.Double(box));
        canvas.stroke(box, Medium.FAINT, medium.line() * 0.7);
    }

    private static void block(Canvas canvas, Medium medium, Rectangle2D box, Color colour) {
        canvas.fill(box, colour);
        canvas.stroke(box, Medium.FAINT, medium.line() * 0.7);
    }
}
