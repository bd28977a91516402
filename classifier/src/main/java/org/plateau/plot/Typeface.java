package org.plateau.plot;

import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.util.Arrays;

/** The font of all pictures: DejaVu Sans where it is installed, else the JDK's sans-serif. */
final class Typeface {
    static final String FAMILY = "DejaVu Sans";

    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);
    private static final Font PLAIN = load();
    private static final Font BOLD = PLAIN.deriveFont(Font.BOLD);

    private Typeface() {}

    private static Font load() {
        System.setProperty("java.awt.headless", "true");
        String[] families;
        try {
            families =
                    GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames();
        } catch (RuntimeException | InternalError | UnsatisfiedLinkError e) {
            throw new IllegalStateException(
                    "expected fonts for the pictures, found none; install fontconfig and"
                            + " fonts-dejavu-core",
                    e);
        }
        boolean there = Arrays.asList(families).contains(FAMILY);
        return new Font(there ? FAMILY : Font.SANS_SERIF, Font.PLAIN, 1);
    }

    private static Font font(TextStyle style) {
        return (style.bold() ? BOLD : PLAIN).deriveFont((float) style.size());
    }

    /** Width of one line of text in points. */
    static double width(String text, TextStyle style) {
        return font(style).getStringBounds(text, EXACT).getWidth();
    }

    /** The text's outline with its anchor at x and its baseline at y. */
    static Shape outline(String text, double x, double y, TextStyle style) {
        AffineTransform place = AffineTransform.getTranslateInstance(x, y);
        place.rotate(-Math.toRadians(style.degrees()));
        place.translate(-style.anchor().share * width(text, style), 0);
        return place.createTransformedShape(
                font(style).createGlyphVector(EXACT, text).getOutline());
    }
}
