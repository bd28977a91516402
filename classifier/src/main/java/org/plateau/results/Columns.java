package org.plateau.results;

import java.util.Arrays;

/**
 * The history of a run thinned to a number of columns, each the mean of neighbouring outputs, for
 * pictures of limited width.
 *
 * @param start time at which each column begins, in the units of the time axis
 * @param end time at which each column ends; a hole before the next start means outputs are missing
 * @param first number of each column's first output
 * @param last number of each column's last output
 * @param probability [column][level][regime], mean over labelled outputs, NaN where there is none
 * @param nothing [column][level], likewise
 * @param gapShare [column][level], share of the outputs that are gaps
 * @param gapReason [column][level], reason of the last gap in the column, 0 if none
 */
public record Columns(
        double[] start,
        double[] end,
        int[] first,
        int[] last,
        float[][][] probability,
        float[][] nothing,
        float[][] gapShare,
        byte[][] gapReason) {

    /** At most {@code most} columns of the outputs up to number {@code until} inclusive. */
    public static Columns of(Results results, int until, int most) {
        return new Thinning(results, until + 1, most).columns();
    }

    /** Number of columns. */
    public int count() {
        return start.length;
    }

    /** Whether more than half of a column's outputs at a level are gaps. */
    public boolean isGap(int column, int level) {
        return gapShare[column][level] > 0.5f;
    }

    private static final class Thinning {
        private final Results results;
        private final int outputs;
        private final int columns;
        private final double step;

        Thinning(Results results, int outputs, int most) {
            this.results = results;
            this.outputs = outputs;
            this.columns = Math.min(outputs, most);
            this.step = medianStep(results.time().values(), outputs);
        }

        Columns columns() {
            int levels = results.levels();
            Columns thinned =
                    new Columns(
                            new double[columns],
                            new double[columns],
                            new int[columns],
                            new int[columns],
                            new float[columns][levels][],
                            new float[columns][levels],
                            new float[columns][levels],
                            new byte[columns][levels]);
            for (int c = 0; c < columns; c++) {
                thinned.first[c] = (int) ((long) c * outputs / columns);
                thinned.last[c] = (int) ((c + 1L) * outputs / columns) - 1;
                thinned.start[c] = edge(thinned.first[c], -1);
                thinned.end[c] = edge(thinned.last[c], 1);
                for (int l = 0; l < levels; l++) {
                    fill(thinned, c, l);
                }
            }
            return thinned;
        }

        private void fill(Columns thinned, int c, int l) {
            float[] sum = new float[results.regimes().size()];
            float nothing = 0;
            int labelled = 0;
            int first = thinned.first[c];
            int last = thinned.last[c];
            for (int t = first; t <= last; t++) {
                if (results.gap()[t][l] != 0 || Float.isNaN(results.nothing()[t][l])) {
                    thinned.gapReason[c][l] = results.gap()[t][l];
                    continue;
                }
                labelled++;
                nothing += results.nothing()[t][l];
                for (int r = 0; r < sum.length; r++) {
                    sum[r] += results.probability()[t][l][r];
                }
            }
            for (int r = 0; r < sum.length; r++) {
                sum[r] = labelled == 0 ? Float.NaN : sum[r] / labelled;
            }
            thinned.probability[c][l] = sum;
            thinned.nothing[c][l] = labelled == 0 ? Float.NaN : nothing / labelled;
            thinned.gapShare[c][l] = 1 - labelled / (float) (last - first + 1);
        }

        /** Half-way to the neighbouring output, or half a usual step where that is far away. */
        private double edge(int output, int side) {
            double[] time = results.time().values();
            double own = time[output];
            int neighbour = output + side;
            if (neighbour >= 0 && neighbour < outputs) {
                double distance = Math.abs(time[neighbour] - own);
                if (distance <= 1.5 * step) {
                    return own + side * distance / 2;
                }
            }
            return own + side * step / 2;
        }

        private static double medianStep(double[] time, int outputs) {
            if (outputs < 2) {
                return 1;
            }
            double[] steps = new double[outputs - 1];
            for (int t = 1; t < outputs; t++) {
                steps[t - 1] = time[t] - time[t - 1];
            }
            Arrays.sort(steps);
            return steps[steps.length / 2];
        }
    }
}
