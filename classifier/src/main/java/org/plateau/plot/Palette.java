package org.plateau.plot;

import java.awt.Color;
import java.util.Locale;
import java.util.Map;

/** Colours of the regimes. */
public enum Palette {
    /**
     * After Okabe and Ito (2008): told apart with any common colour vision, and as near to the
     * paper's choice as that allows.
     */
    SAFE(
            Map.of(
                    "asymmetric", 0x0072b2,
                    "banded", 0xe69f00,
                    "locked", 0x009e73,
                    "butterfly", 0xd55e00,
                    "jet", 0xcc79a7,
                    "inverted", 0x8c510a,
                    "not inverted", 0x5e3c99,
                    "night-side hot spot", 0xf0e442)),

    /** Of Sainsbury-Martinez et al. 2023, whose colours are those of matplotlib's "tab10". */
    PAPER(
            Map.of(
                    "asymmetric", 0x1f77b4,
                    "banded", 0xff7f0e,
                    "locked", 0x2ca02c,
                    "butterfly", 0xd62728,
                    "jet", 0xe377c2,
                    "inverted", 0x8c564b,
                    "not inverted", 0x9467bd,
                    "night-side hot spot", 0x17becf));

    /** Outputs that were lost. */
    static final Color GAP = new Color(0xb4b4b4);

    private static final int OTHER = 0x444444;

    private final Map<String, Integer> colours;

    Palette(Map<String, Integer> colours) {
        this.colours = colours;
    }

    /** Colour of a regime by its name; dark grey if the palette does not know it. */
    public Color of(String regime) {
        return new Color(colours.getOrDefault(regime.toLowerCase(Locale.ROOT), OTHER));
    }

    /** The colour a regime of this probability has on white. */
    public Color shade(String regime, double probability) {
        return blend(of(regime), Color.WHITE, probability);
    }

    static Color blend(Color over, Color under, double opacity) {
        double o = Math.min(1, Math.max(0, opacity));
        return new Color(
                (int) Math.round(over.getRed() * o + under.getRed() * (1 - o)),
                (int) Math.round(over.getGreen() * o + under.getGreen() * (1 - o)),
                (int) Math.round(over.getBlue() * o + under.getBlue() * (1 - o)));
    }
}
