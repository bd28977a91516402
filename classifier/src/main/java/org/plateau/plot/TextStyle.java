package org.plateau.plot;

import java.awt.Color;

/**
 * How text looks.
 *
 * @param size in points
 * @param degrees counter-clockwise rotation about the anchor
 */
public record TextStyle(double size, boolean bold, Color colour, Anchor anchor, double degrees) {
    /** Which part of the text stands at the given x. */
    public enum Anchor {
        START(0),
        MIDDLE(0.5),
        END(1);

        final double share;

        Anchor(double share) {
            this.share = share;
        }
    }

    static TextStyle of(double size) {
        return new TextStyle(size, false, Medium.INK, Anchor.START, 0);
    }

    TextStyle inBold() {
        return new TextStyle(size, true, colour, anchor, degrees);
    }

    TextStyle in(Color other) {
        return new TextStyle(size, bold, other, anchor, degrees);
    }

    TextStyle at(Anchor other) {
        return new TextStyle(size, bold, colour, other, degrees);
    }

    TextStyle turned(double counterClockwise) {
        return new TextStyle(size, bold, colour, anchor, counterClockwise);
    }

    /** Baseline that centres capital letters and digits on y. */
    double centred(double y) {
        return y + 0.36 * size;
    }
}
