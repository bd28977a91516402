package org.plateau.classify;

import org.plateau.assembly.Role;
import org.plateau.field.PlanetScales;

/**
 * The levels of one step whose pressures change in space and time, on the network's grid, and their
 * interpolation to levels of constant pressure: linear in the logarithm of pressure. Above the top
 * and below the bottom level the outermost value holds for half the distance to the next level;
 * beyond that it is missing.
 */
final class PressureColumns {
    private final float[][] logPressure;
    private final float[][] temperature;
    private final float[][] lapse;
    private final float[][] u;
    private final float[][] v;
    private final int cells;

    /** What came out at one pressure, NaN where missing. */
    record AtPressure(float[] temperature, float[] u, float[] v, float[] lapse) {}

    PressureColumns(StepOnGrid step, VerticalAxis axis, PlanetScales scales, double reference) {
        int levels = axis.levels();
        logPressure = logPressure(step, axis);
        cells = logPressure[0].length;
        temperature = new float[levels][];
        u = new float[levels][];
        v = new float[levels][];
        double exponent = step.potential() ? StepOnGrid.exponent(scales) : 0;
        for (int k = 0; k < levels; k++) {
            temperature[k] = step.scalar(Role.TEMPERATURE, k);
            float[][] wind = step.wind(k);
            u[k] = wind[0];
            v[k] = wind[1];
            for (int i = 0; i < cells && exponent != 0; i++) {
                double ratio = logPressure[k][i] - Math.log(reference);
                temperature[k][i] *= (float) Math.exp(exponent * ratio);
            }
        }
        lapse = lapse();
    }

    /** Logarithm of the pressure in Pa of every level, shape [level][cell]. */
    static float[][] logPressure(StepOnGrid step, VerticalAxis axis) {
        float[][] result = new float[axis.levels()][];
        for (int k = 0; k < result.length; k++) {
            result[k] =
                    axis instanceof VerticalAxis.Hybrid hybrid
                            ? step.logPressure(hybrid.a()[k], hybrid.b()[k])
                            : step.logPressure(k);
        }
        return result;
    }

    private float[][] lapse() {
        if (temperature.length < 2) {
            return null;
        }
        float[][] slope = new float[temperature.length][cells];
        for (int k = 0; k < temperature.length; k++) {
            int a = Math.max(0, k - 1);
            int b = Math.min(temperature.length - 1, k + 1);
            for (int i = 0; i < cells; i++) {
                slope[k][i] =
                        (temperature[b][i] - temperature[a][i])
                                / (logPressure[b][i] - logPressure[a][i]);
            }
        }
        return slope;
    }

    AtPressure at(double pressure) {
        float wanted = (float) Math.log(pressure);
        float[][] out = new float[4][cells];
        for (int i = 0; i < cells; i++) {
            interpolate(i, wanted, out);
        }
        return new AtPressure(out[0], out[1], out[2], lapse == null ? null : out[3]);
    }

    private void interpolate(int i, float wanted, float[][] out) {
        int last = logPressure.length - 1;
        for (int k = 0; k < last; k++) {
            float a = logPressure[k][i];
            float b = logPressure[k + 1][i];
            if (wanted >= Math.min(a, b) && wanted <= Math.max(a, b)) {
                put(i, k, k + 1, a == b ? 0 : (wanted - a) / (b - a), out);
                return;
            }
        }
        int nearest =
                Math.abs(logPressure[0][i] - wanted) < Math.abs(logPressure[last][i] - wanted)
                        ? 0
                        : last;
        int inner = nearest == 0 ? Math.min(1, last) : last - 1;
        float reach = last == 0 ? 1 : Math.abs(logPressure[inner][i] - logPressure[nearest][i]) / 2;
        if (Math.abs(logPressure[nearest][i] - wanted) <= reach) {
            put(i, nearest, nearest, 0, out);
        } else {
            for (float[] values : out) {
                values[i] = Float.NaN;
            }
        }
    }

    private void put(int i, int a, int b, float share, float[][] out) {
        out[0][i] = mix(temperature, a, b, i, share);
        out[1][i] = mix(u, a, b, i, share);
        out[2][i] = mix(v, a, b, i, share);
        out[3][i] = lapse == null ? 0 : mix(lapse, a, b, i, share);
    }

    private static float mix(float[][] values, int a, int b, int i, float share) {
        return share == 0 ? values[a][i] : values[a][i] + share * (values[b][i] - values[a][i]);
    }
}
