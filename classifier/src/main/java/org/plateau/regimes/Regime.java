package org.plateau.regimes;

/**
 * A circulation regime of one pressure level, after Sainsbury-Martinez et al. 2023 (ApJ 958:68); a
 * level may show several at once. The order is that of every array of scores or probabilities.
 */
public enum Regime {
    /** One hemisphere, north or south, is warmer than the other. */
    ASYMMETRIC("asymmetric"),
    /** Homogenised along latitude circles. */
    BANDED("banded"),
    /** Radiation dominates: hot under the star, cold opposite. */
    LOCKED("locked"),
    /** Eastward advection on the equator flanked by westward advection off it. */
    BUTTERFLY("butterfly"),
    /** A superrotating equatorial jet. */
    JET("jet"),
    /** Temperature falls with pressure over much of the level. */
    INVERTED("inverted"),
    /** Temperature rises with pressure. */
    NOT_INVERTED("not inverted"),
    /** The night side has a warm spot of its own. */
    NIGHT_HOT_SPOT("night-side hot spot");

    private final String text;

    Regime(String text) {
        this.text = text;
    }

    /** The name that people read. */
    public String text() {
        return text;
    }

    /**
     * Whether it is a regime of the horizontal structure; the sign of the vertical gradient, which
     * is always one or the other, is not.
     */
    public boolean horizontal() {
        return this != INVERTED && this != NOT_INVERTED;
    }
}
