package org.plateau.plot;

/**
 * Perceptually uniform colours for temperature: "inferno" by N. J. Smith and S. van der Walt (CC0),
 * given at 33 points; in between it is linear, at most 1.5 of 255 off the original.
 */
final class ColourMap {
    private static final String[] INFERNO =
            ("000004 040312 0b0724 150b37 210c4a 2e0a5a 3c0965 4a0c6b 57106d 63146e 70196e 7d1e6d"
                            + " 89226a 962766 a32b61 af315c bb3755 c63e4d d14644 db4f3b e35932"
                            + " eb6528 f1711e f67f14 f98d0a fb9c06 fcab0f fbba1f f9ca32 f5d949"
                            + " f2e865 f3f586 fcffa4")
                    .split(" ");

    private ColourMap() {}

    /** Packed RGB for a share of the range, 0 to 1; outside it the ends. */
    static int rgb(double share) {
        double x = Math.min(1, Math.max(0, share)) * (INFERNO.length - 1);
        int below = Math.min((int) x, INFERNO.length - 2);
        int a = Integer.parseInt(INFERNO[below], 16);
        int b = Integer.parseInt(INFERNO[below + 1], 16);
        double f = x - below;
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            double part = ((a >> shift) & 255) * (1 - f) + ((b >> shift) & 255) * f;
            mixed |= (int) Math.round(part) << shift;
        }
        return mixed;
    }
}
