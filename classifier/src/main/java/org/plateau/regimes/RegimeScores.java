package org.plateau.regimes;

import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;

/**
 * Labels computed from a map by products of ramps. They stand in where no person has labelled; the
 * thresholds were set by eye on a sweep of shallow-water runs and two 3-D runs. The classes are
 * those of Sainsbury-Martinez et al. 2023 (ApJ 958:68) and the night-side hot spot of their section
 * on what the networks missed.
 */
public final class RegimeScores {

    private RegimeScores() {}

    /**
     * One score in [0, 1] per {@link Regime}, in its order. Where dT/dln(p) is unknown neither
     * inverted nor not inverted has a score.
     */
    public static double[] of(LevelMap map, PlanetScales scales) {
        return of(RegimeDiagnostics.of(map), scales);
    }

    /** The same from diagnostics already at hand. */
    public static double[] of(RegimeDiagnostics d, PlanetScales scales) {
        double[] score = new double[Regime.values().length];
        double live = ramp(d.relativeSpread(), 0.0015, 0.003);
        score[Regime.ASYMMETRIC.ordinal()] = live * ramp(d.northSouthShare(), 0.08, 0.25);
        score[Regime.BANDED.ordinal()] = ramp(d.zonalShare(), 0.4, 0.7);
        score[Regime.LOCKED.ordinal()] = live * locked(d);
        score[Regime.BUTTERFLY.ordinal()] = live * butterfly(d);
        score[Regime.JET.ordinal()] = jet(d, scales.waveSpeed());
        if (!Double.isNaN(d.invertedFraction())) {
            double inverted = ramp(d.invertedFraction(), 0.3, 0.6);
            score[Regime.INVERTED.ordinal()] = inverted;
            score[Regime.NOT_INVERTED.ordinal()] = 1 - inverted;
        }
        score[Regime.NIGHT_HOT_SPOT.ordinal()] =
                ramp(d.night(), 0.5, 1.2) * (1 - ramp(d.dayCorrelation(), -0.1, 0.1));
        return score;
    }

    /**
     * How little of the horizontal structure is recognised: 1 minus the largest score. The sign of
     * the vertical gradient, which is always one or the other, does not count.
     */
    public static double nothing(double[] scores) {
        double largest = 0;
        for (Regime regime : Regime.values()) {
            if (regime.horizontal()) {
                largest = Math.max(largest, scores[regime.ordinal()]);
            }
        }
        return 1 - largest;
    }

    private static double locked(RegimeDiagnostics d) {
        return ramp(d.dayCorrelation(), 0.7, 0.88)
                * (1 - ramp(d.zonalShare(), 0.1, 0.3))
                * (1 - ramp(Math.abs(d.offset()), 25, 45))
                * (1 - ramp(d.tilt(), 15, 30));
    }

    private static double butterfly(RegimeDiagnostics d) {
        double equator = d.equatorAmplitude();
        double wings = equator == 0 ? 0 : ramp(d.midAmplitude() / equator, 1.05, 1.6);
        return Math.max(ramp(d.tilt(), 10, 20), wings)
                * (1 - ramp(d.zonalShare(), 0.5, 0.7))
                * (1 - ramp(d.northSouthShare(), 0.08, 0.2))
                * (1 - ramp(d.dayCorrelation(), 0.88, 0.95))
                * ramp(d.dayCorrelation(), -0.1, 0.2);
    }

    private static double jet(RegimeDiagnostics d, double waveSpeed) {
        if (d.equatorialWind() <= 0) {
            return 0;
        }
        return ramp(d.jet(), 0.5, 1)
                * ramp(d.minimumEquatorialWind() / d.equatorialWind(), -0.2, 0.3)
                * ramp(d.equatorialWind() / waveSpeed, 0.03, 0.15);
    }

    /** 0 below {@code a}, 1 above {@code b}, linear between. */
    static double ramp(double x, double a, double b) {
        return Math.max(0, Math.min(1, (x - a) / (b - a)));
    }
}
