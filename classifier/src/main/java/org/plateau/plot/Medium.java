package org.plateau.plot;

import java.awt.Color;

/**
 * Where a picture will be looked at.
 *
 * @param width of the picture in points
 * @param text size of plain text in points
 * @param dpi dots per inch of raster images
 */
public record Medium(double width, double text, double dpi) {
    /** Colour of text and axes. */
    static final Color INK = new Color(0x1a1a1a);

    /** Colour of what stands back. */
    static final Color FAINT = new Color(0x6a6a6a);

    private static final double POINTS_PER_MM = 72 / 25.4;

    public Medium {
        if (!(width >= 60 * POINTS_PER_MM - 1e-6)) {
            throw new IllegalArgumentException(
                    "expected a picture at least 60 mm wide, found "
                            + Decimal.significant(width / POINTS_PER_MM, 3)
                            + " mm");
        }
    }

    /** On paper, so many millimetres wide (journals have columns of about 85 and pages of 170). */
    public static Medium print(double millimetres) {
        return new Medium(millimetres * POINTS_PER_MM, millimetres < 120 ? 6.5 : 7, 300);
    }

    /** On a screen or slide, so many millimetres wide. */
    public static Medium screen(double millimetres) {
        return new Medium(millimetres * POINTS_PER_MM, 10, 150);
    }

    TextStyle plain() {
        return TextStyle.of(text);
    }

    TextStyle small() {
        return TextStyle.of(text * 0.86);
    }

    /** Width of axis lines. */
    double line() {
        return text * 0.09;
    }
}
