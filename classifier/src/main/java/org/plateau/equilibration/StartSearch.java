package org.plateau.equilibration;

/**
 * Where the steady part of a series may start: White's marginal standard error rule (MSER; White
 * 1997), the start that makes the standard error of the mean of what follows smallest, within the
 * first two thirds. Of all starts that do nearly as well the earliest is taken: on a steady series
 * the plain rule throws away a random part of good data. After a transient that is plain to see the
 * best is, because what a relaxation leaves behind would be taken for a drift.
 *
 * @param first index, among the retained batches, of the first one to keep, or -1 if the best start
 *     lies at the latest one allowed
 * @param transition whether there is a transient before it that is plain to see
 */
record StartSearch(int first, boolean transition) {

    /** Latest start, as a part of the series. */
    private static final double BOUND = 2.0 / 3;

    /** How much worse than the best a start may do, in units of 1/sqrt(batches). */
    static final double MARGIN = 0.5;

    /** The whole series must do that many times worse than its best part. */
    private static final double PLAIN = 2;

    /** The start among these batches. */
    static StartSearch of(Retained all) {
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
        boolean transition = objective[0] > PLAIN * best;
        double limit = transition ? best : best * (1 + MARGIN / Math.sqrt(count));
        int first = -1;
        for (int d = 0; d < bound - 1 && first < 0; d++) {
            first = objective[d] <= limit ? d : -1;
        }
        return new StartSearch(first, transition && first > 0);
    }
}
