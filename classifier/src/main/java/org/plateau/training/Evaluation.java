package org.plateau.training;

import java.util.ArrayList;
import java.util.List;
import org.plateau.network.Calibration;
import org.plateau.network.Likeness;
import org.plateau.network.NetworkDescriptor;
import org.plateau.regimes.Regime;

/**
 * How a network did on maps that were not trained on. A label holds where its computed score is at
 * least one half; the network says so where its calibrated probability is.
 *
 * @param maps that were judged
 * @param outputs one line per output
 * @param confusion of maps whose label i holds (rows; the last: nothing recognised), the share for
 *     which the network says j
 * @param macroF1 mean F1 of the regimes that occur
 * @param calibrationError expected calibration error over all regimes, bins of a tenth (Naeini et
 *     al. 2015)
 * @param reliability per bin: number, mean probability, share that holds
 * @param unlike share of maps with a score above one half
 */
record Evaluation(
        int maps,
        List<Line> outputs,
        double[][] confusion,
        double macroF1,
        double calibrationError,
        List<Bin> reliability,
        double unlike) {

    /** One output: how often it holds and is said, and how well the two agree. */
    record Line(
            String output,
            int holds,
            int said,
            double precision,
            double recall,
            double f1,
            double calibrationError) {}

    /** Probabilities between {@code low} and {@code low + 0.1}. */
    record Bin(double low, int count, double probability, double share) {}

    private static final int BINS = 10;

    static Evaluation of(Judged judged, Calibration calibration, Likeness likeness) {
        int regimes = Regime.values().length;
        List<Line> lines = new ArrayList<>();
        double[][] sums = new double[BINS][3];
        double f1 = 0;
        int occurring = 0;
        for (int k = 0; k < Labels.COUNT; k++) {
            double[][] own = new double[BINS][3];
            Line line = line(judged, calibration, k, own);
            lines.add(line);
            if (k < regimes) {
                add(sums, own);
                f1 += line.holds() > 0 ? line.f1() : 0;
                occurring += line.holds() > 0 ? 1 : 0;
            }
        }
        long unlike =
                judged.vectors().stream()
                        .filter(x -> likeness.unlike(likeness.distance(x)) > 0.5)
                        .count();
        return new Evaluation(
                judged.count(),
                lines,
                confusion(judged, calibration),
                occurring == 0 ? 0 : f1 / occurring,
                calibrationError(sums),
                bins(sums),
                (double) unlike / Math.max(1, judged.count()));
    }

    private static Line line(Judged judged, Calibration calibration, int k, double[][] bins) {
        int holds = 0;
        int said = 0;
        int both = 0;
        for (int n = 0; n < judged.count(); n++) {
            double p = calibration.probability(k, judged.logits().get(n)[k]);
            boolean truth = judged.holds(n, k);
            holds += truth ? 1 : 0;
            said += p >= 0.5 ? 1 : 0;
            both += truth && p >= 0.5 ? 1 : 0;
            double[] bin = bins[Math.min(BINS - 1, (int) (p * BINS))];
            bin[0]++;
            bin[1] += p;
            bin[2] += truth ? 1 : 0;
        }
        return new Line(
                NetworkDescriptor.knownOutputs().get(k),
                holds,
                said,
                (double) both / Math.max(1, said),
                (double) both / Math.max(1, holds),
                2.0 * both / Math.max(1, holds + said),
                calibrationError(bins));
    }

    private static void add(double[][] sums, double[][] own) {
        for (int b = 0; b < BINS; b++) {
            for (int c = 0; c < 3; c++) {
                sums[b][c] += own[b][c];
            }
        }
    }

    private static double calibrationError(double[][] bins) {
        double error = 0;
        double count = 0;
        for (double[] bin : bins) {
            error += Math.abs(bin[1] - bin[2]);
            count += bin[0];
        }
        return error / Math.max(1, count);
    }

    private static List<Bin> bins(double[][] sums) {
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            double n = Math.max(1, sums[b][0]);
            bins.add(new Bin((double) b / BINS, (int) sums[b][0], sums[b][1] / n, sums[b][2] / n));
        }
        return bins;
    }

    private static double[][] confusion(Judged judged, Calibration calibration) {
        double[][] share = new double[Labels.COUNT][Labels.COUNT];
        int[] holds = new int[Labels.COUNT];
        for (int n = 0; n < judged.count(); n++) {
            for (int i = 0; i < Labels.COUNT; i++) {
                if (!judged.holds(n, i)) {
                    continue;
                }
                holds[i]++;
                for (int j = 0; j < Labels.COUNT; j++) {
                    boolean said = calibration.probability(j, judged.logits().get(n)[j]) >= 0.5;
                    share[i][j] += said ? 1 : 0;
                }
            }
        }
        for (int i = 0; i < Labels.COUNT; i++) {
            for (int j = 0; j < Labels.COUNT; j++) {
                share[i][j] /= Math.max(1, holds[i]);
            }
        }
        return share;
    }
}
