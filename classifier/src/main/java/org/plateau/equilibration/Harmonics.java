package org.plateau.equilibration;

/**
 * A straight line and an oscillation of one frequency with two harmonics, fitted together by least
 * squares, so that neither unfinished cycles pass for a drift nor a drift for a part of the cycle.
 * The frequency is corrected by Gauss and Newton's method.
 */
final class Harmonics {

    private static final int HARMONICS = 3;
    private static final int ROUNDS = 4;

    /** Fewer cycles than that over the series cannot be told from a drift. */
    private static final double SLOWEST = 3;

    private Harmonics() {}

    /**
     * The series without the oscillation, its line left in.
     *
     * @param frequency per batch, good to a fraction of a cycle over the series; above 0.5 the
     *     batches show its alias
     */
    static Retained without(Retained s, double frequency) {
        double at = frequency;
        for (int round = 0; round < ROUNDS && frequency < 0.5; round++) {
            double step = step(s, at);
            if (!(Math.abs(step) < 0.25 / s.count)) {
                break;
            }
            at += step;
        }
        int columns = 2 + 2 * HARMONICS;
        double[] fit = fit(s, columns, at, false);
        double[] rest = s.value.clone();
        for (int i = 0; i < s.count; i++) {
            for (int c = 2; c < columns; c++) {
                rest[i] -= fit[c] * column(s, i, c, at, false);
            }
        }
        return s.with(rest);
    }

    /** By how much the frequency is wrong: the fundamental's sine and cosine times the position. */
    private static double step(Retained s, double frequency) {
        double[] fit = fit(s, 6, frequency, true);
        double size = fit[2] * fit[2] + fit[3] * fit[3];
        double turn = (fit[3] * fit[4] - fit[2] * fit[5]) / size;
        return turn / (2 * Math.PI * s.count);
    }

    /** Line; then cosines and sines; with the correction, of the fundamental and times position. */
    private static double column(Retained s, int i, int c, double frequency, boolean correcting) {
        if (c < 2) {
            return c == 0 ? 1 : (s.time[i] - 0.5 * s.span()) / s.span();
        }
        double cycles = (correcting ? 1 : c / 2) * frequency;
        double alias = Math.abs(cycles - Math.rint(cycles));
        if (alias < SLOWEST / s.count) {
            return 0;
        } else if (alias > 0.499) {
            return c % 2 == 0 ? Math.cos(Math.PI * (s.position[i] - s.position[0])) : 0;
        }
        double place = s.position[i] - 0.5 * (s.position[0] + s.position[s.count - 1]);
        double angle = 2 * Math.PI * cycles * place;
        double wave = c % 2 == 0 ? Math.cos(angle) : Math.sin(angle);
        return correcting && c >= 4 ? wave * place / s.count : wave;
    }

    private static double[] fit(Retained s, int columns, double frequency, boolean correcting) {
        double[][] normal = new double[columns][columns + 1];
        double[] row = new double[columns];
        for (int i = 0; i < s.count; i++) {
            for (int c = 0; c < columns; c++) {
                row[c] = column(s, i, c, frequency, correcting);
            }
            for (int a = 0; a < columns; a++) {
                for (int b = 0; b < columns; b++) {
                    normal[a][b] += row[a] * row[b];
                }
                normal[a][columns] += row[a] * s.value[i];
            }
        }
        return solved(normal);
    }

    /** Gauss and Jordan's elimination; a column that the others make up, or of zeros, gets 0. */
    private static double[] solved(double[][] normal) {
        int n = normal.length;
        double[] size = new double[n];
        for (int c = 0; c < n; c++) {
            size[c] = normal[c][c];
        }
        for (int p = 0; p < n; p++) {
            if (normal[p][p] <= 1e-9 * size[p] || size[p] == 0) {
                java.util.Arrays.fill(normal[p], 0);
                continue;
            }
            for (int r = 0; r < n; r++) {
                double factor = r == p ? 0 : normal[r][p] / normal[p][p];
                for (int c = p; c <= n && factor != 0; c++) {
                    normal[r][c] -= factor * normal[p][c];
                }
            }
        }
        double[] solution = new double[n];
        for (int p = 0; p < n; p++) {
            solution[p] = normal[p][p] == 0 ? 0 : normal[p][n] / normal[p][p];
        }
        return solution;
    }
}
