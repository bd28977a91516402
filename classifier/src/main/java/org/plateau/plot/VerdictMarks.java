package org.plateau.plot;

import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plateau.results.Results;

/**
 * Marks of the levels' verdicts: an open dot where the last of a level's metrics became steady, a
 * line from the full dot where that was shown, ended by a cross where it was revoked, and a symbol
 * of the latest verdict. Between the dots the level was steady but nobody could know yet.
 */
final class VerdictMarks {
    /** Outputs from {@code first} to {@code last} in which a level was equilibrated. */
    record Span(int first, int last, boolean ended) {}

    private static final Map<String, String> SYMBOLS =
            Map.of(
                    "equilibrated", "\u25cf",
                    "drifting", "\u2197",
                    "cyclic", "\u223f",
                    "revoked", "\u2715",
                    "degenerate", "=");
    private static final String WAITING = "\u2026";

    private final Results results;
    private final int until;

    VerdictMarks(Results results, int until) {
        this.results = results;
        this.until = until;
    }

    /** Symbol of a verdict by its name. */
    static String symbol(String verdict) {
        return SYMBOLS.getOrDefault(verdict, WAITING);
    }

    /** A level's latest verdict; empty if there is none. */
    String latest(int level) {
        for (int t = until; t >= 0; t--) {
            byte verdict = results.levelVerdict()[t][level];
            if (verdict >= 0 && verdict < results.verdicts().size()) {
                return results.verdicts().get(verdict);
            }
        }
        return "";
    }

    List<Span> spans(int level) {
        int equilibrated = results.verdictIndex("equilibrated");
        List<Span> spans = new ArrayList<>();
        int first = -1;
        for (int t = 0; t <= until; t++) {
            boolean is = results.levelVerdict()[t][level] == equilibrated && equilibrated >= 0;
            if (is && first < 0) {
                first = t;
            }
            if (!is && first >= 0) {
                spans.add(new Span(first, t, true));
                first = -1;
            }
        }
        if (first >= 0) {
            spans.add(new Span(first, until, false));
        }
        return spans;
    }

    /**
     * Time from which all of a level's metrics are steady, if its last span lasts to the end of the
     * results, which know the latest claim's alone; else NaN.
     */
    double steadySince(int level) {
        int equilibrated = results.verdictIndex("equilibrated");
        for (int t = until; t < results.outputs(); t++) {
            if (equilibrated < 0 || results.levelVerdict()[t][level] != equilibrated) {
                return Double.NaN;
            }
        }
        double since = Double.NEGATIVE_INFINITY;
        for (Results.Steady steady : results.steady()[level]) {
            since = Math.max(since, steady.since()); // NaN stays
        }
        return Double.isInfinite(since) ? Double.NaN : since;
    }

    /**
     * Draws a level's spans along its row.
     *
     * @param end place up to which a span goes that has not ended
     * @param rowHeight in points
     */
    void draw(
            Canvas canvas,
            Medium medium,
            int level,
            Scale x,
            double end,
            double y,
            double rowHeight) {
        double[] time = results.time().values();
        for (Span span : spans(level)) {
            double right = span.ended() ? x.at(time[span.last()]) : end;
            double since = span.ended() ? Double.NaN : steadySince(level);
            if (since < time[span.first()]) {
                double from = x.at(Math.max(since, time[0]));
                since(canvas, medium, from, x.at(time[span.first()]), y, rowHeight);
            }
            mark(canvas, medium, x.at(time[span.first()]), right, y, rowHeight, span.ended());
        }
    }

    /**
     * One line with a dot at its start and, if it was revoked, a cross at its end; a hair line
     * without a rim where rows are so thin that it would hide their colours.
     */
    static void mark(
            Canvas canvas,
            Medium medium,
            double from,
            double to,
            double y,
            double rowHeight,
            boolean revoked) {
        double size = Math.min(medium.text() * 0.55, rowHeight * 0.75);
        boolean thin = rowHeight < medium.text() * 0.6;
        double width = Math.min(medium.line() * 1.6, rowHeight * (thin ? 0.15 : 0.3));
        Line2D line = new Line2D.Double(from, y, to, y);
        if (!thin) {
            canvas.stroke(line, Color.WHITE, width * 2.2);
            canvas.fill(disc(from, y, size * 1.35), Color.WHITE);
        }
        if (revoked) {
            canvas.stroke(cross(to, y, size), Color.WHITE, width * 2.4);
            canvas.stroke(cross(to, y, size), Medium.INK, width);
        }
        canvas.stroke(line, Medium.INK, width);
        canvas.fill(disc(from, y, size), Medium.INK);
    }

    /** An open dot where a level became steady, dashes up to where that was shown. */
    static void since(
            Canvas canvas, Medium medium, double from, double to, double y, double rowHeight) {
        double size = Math.min(medium.text() * 0.55, rowHeight * 0.75);
        boolean thin = rowHeight < medium.text() * 0.6;
        double width = Math.min(medium.line() * 1.2, rowHeight * (thin ? 0.15 : 0.3));
        Line2D line = new Line2D.Double(from, y, to, y);
        if (!thin) {
            canvas.stroke(line, Color.WHITE, width * 2.2);
            canvas.fill(disc(from, y, size * 1.35), Color.WHITE);
        }
        canvas.stroke(line, Medium.INK, width, medium.text() * 0.25, medium.text() * 0.2);
        canvas.fill(disc(from, y, size), Medium.INK);
        canvas.fill(disc(from, y, size * 0.55), Color.WHITE);
    }

    private static Ellipse2D disc(double x, double y, double size) {
        return new Ellipse2D.Double(x - size / 2, y - size / 2, size, size);
    }

    private static Path2D cross(double x, double y, double size) {
        double r = size / 2;
        Path2D cross = new Path2D.Double();
        cross.append(new Line2D.Double(x - r, y - r, x + r, y + r), false);
        cross.append(new Line2D.Double(x - r, y + r, x + r, y - r), false);
        return cross;
    }
}
