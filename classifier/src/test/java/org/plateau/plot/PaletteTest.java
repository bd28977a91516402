package org.plateau.plot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Colour vision deficiencies after Machado, Oliveira and Fernandes (2009), severity 1. */
class PaletteTest {
    private static final double[][][] VISION = {
        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        {
            {0.152286, 1.052583, -0.204868},
            {0.114503, 0.786281, 0.099216},
            {-0.003882, -0.048116, 1.051998}
        },
        {
            {0.367322, 0.860646, -0.227968},
            {0.280085, 0.672501, 0.047413},
            {-0.011820, 0.042940, 0.968881}
        },
        {
            {1.255528, -0.076749, -0.178779},
            {-0.078411, 0.930809, 0.147602},
            {0.004733, 0.691367, 0.303900}
        }
    };

    private static double[] lab(Color colour, double[][] vision) {
        double[] linear = new double[3];
        float[] rgb = colour.getRGBColorComponents(null);
        for (int i = 0; i < 3; i++) {
            linear[i] =
                    rgb[i] <= 0.04045 ? rgb[i] / 12.92 : Math.pow((rgb[i] + 0.055) / 1.055, 2.4);
        }
        double[] seen = new double[3];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                seen[i] += vision[i][j] * linear[j];
            }
            seen[i] = Math.min(1, Math.max(0, seen[i]));
        }
        double x = f((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047);
        double y = f(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
        double z = f((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double f(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }

    @Test
    void patternsStayApartForEveryCommonColourVision() {
        List<String> patterns =
                List.of("asymmetric", "banded", "locked", "butterfly", "night-side hot spot");
        for (double[][] vision : VISION) {
            for (String one : patterns) {
                for (String other : patterns) {
                    double[] a = lab(Palette.SAFE.of(one), vision);
                    double[] b = lab(Palette.SAFE.of(other), vision);
                    double distance =
                            Math.sqrt(
                                    Math.pow(a[0] - b[0], 2)
                                            + Math.pow(a[1] - b[1], 2)
                                            + Math.pow(a[2] - b[2], 2));
                    assertTrue(
                            one.equals(other) || distance > 15,
                            () -> one + " and " + other + " look alike: " + distance);
                }
            }
        }
    }
}
