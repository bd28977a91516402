package org.plateau.equilibration;

/**
 * Where the steady part of a series may start: White's marginal standard error rule (MSER; White
 * 1997), the start that makes the standard error of the mean of what follows smallest, within the
 * first two thirds. Of all starts that do nearly as well the earliest is taken: on a steady series
 * the plain rule throws away a random part of good data.
 */
final class StartSearch {

    /** Latest start, as a part of the series. */
    private static final double BOUND = 2.0 / 3;

    /** How much worse than the best the earliest start may do, in units of 1/sqrt(batches). */
    static final double MARGIN = 0.5;

    private StartSearch() {}

    /**
     * The index, among the retained batches, of the first one to keep, or -1 if the best start lies
     * at the latest one allowed.
     */
    static int start(Retained all) {
        int count = all.count;
        int bound = (int) (count * BOUND);
        double[] objective = new double[bound + 1];
        double sum = 0;
        double squares = 0;
        double best = Double.POSITIVE_INFINITY;
        for (int d = count - 1; d >= 0; d--) {
            sum += all.value[d];
            squares += all.value[d] * all.value[d];
            if (d <= bound) {
                double n = count - d;
                objective[d] = Math.max(0, squares - sum * sum / n) / (n * n);
                best = Math.min(best, objective[d]);
            }
        }
        double limit = best * (1 + MARGIN / Math.sqrt(count));
        for (int d = 0; d < bound - 1; d++) {
            if (objective[d] <= limit) {
                return d;
            }
        }
        return -1;
    }
}
