package org.plateau.equilibration;

/**
 * The chance of a wrong pass that one look is given, out of the chance for the whole run. Looks at
 * a series that spans the horizon get the same each: with every look the drift that it must miss
 * grows too. Looks that extrapolate beyond the series could go on for ever at the same chance, so
 * that each gets less than the one before. The numbers are calibrated by the Monte Carlo of
 * docs/EQUILIBRATION.md.
 *
 * @param alpha chance for the whole run
 * @param extrapolating looks so far that could have passed on a series shorter than the horizon
 */
record Levels(double alpha, int extrapolating) {

    private static final double SHARE_WITHIN = 0.6;
    private static final double SHARE_BEYOND = 0.05;
    private static final double LOOKS = 10;
    private static final double POWER = 1.5;

    double tail(boolean beyond) {
        double share =
                beyond ? SHARE_BEYOND * Math.pow(1 + extrapolating / LOOKS, -POWER) : SHARE_WITHIN;
        return alpha * share;
    }
}
