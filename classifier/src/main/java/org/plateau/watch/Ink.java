package org.plateau.watch;

import java.awt.Color;

/** Colours of terminals: the nearest of xterm's 256, as escape sequences. */
final class Ink {
    static final String RESET = "\u001b[0m";
    static final String BOLD = "\u001b[1m";

    private static final int[] CUBE = {0, 95, 135, 175, 215, 255};

    private Ink() {}

    /** Black letters on this background. */
    static String on(Color background) {
        return "\u001b[38;5;16;48;5;" + nearest(background) + "m";
    }

    /** Number of the nearest colour in the 6 x 6 x 6 cube or the grey ramp. */
    static int nearest(Color colour) {
        int r = step(colour.getRed());
        int g = step(colour.getGreen());
        int b = step(colour.getBlue());
        int grey = (colour.getRed() + colour.getGreen() + colour.getBlue()) / 3;
        int ramp = Math.min(23, Math.max(0, Math.round((grey - 8) / 10f)));
        int shade = 8 + 10 * ramp;
        int cube = distance(colour, CUBE[r], CUBE[g], CUBE[b]);
        return distance(colour, shade, shade, shade) < cube ? 232 + ramp : 16 + 36 * r + 6 * g + b;
    }

    private static int step(int value) {
        int best = 0;
        for (int k = 1; k < CUBE.length; k++) {
            if (Math.abs(CUBE[k] - value) < Math.abs(CUBE[best] - value)) {
                best = k;
            }
        }
        return best;
    }

    private static int distance(Color colour, int r, int g, int b) {
        int dr = colour.getRed() - r;
        int dg = colour.getGreen() - g;
        int db = colour.getBlue() - b;
        return dr * dr + dg * dg + db * db;
    }
}
