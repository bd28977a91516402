package org.plateau.equilibration;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Prints what the Monte Carlo finds, as tables in Markdown. */
final class MonteCarloTable {

    private final MonteCarlo all;
    private final MonteCarlo few;
    private final PrintStream out;

    MonteCarloTable(MonteCarlo all, PrintStream out) {
        this.all = all;
        this.few = new MonteCarlo(Math.min(200, all.runs()));
        this.out = out;
    }

    void print() {
        wrongClaims();
        delays();
        revocations();
        relaxations();
        steps();
        others();
        references();
        cost();
    }

    /** The comparison alone. */
    void printComparison() {
        references();
    }

    private void row(Object... cells) {
        StringBuilder line = new StringBuilder("|");
        for (Object cell : cells) {
            String text = cell instanceof Double d ? number(d) : cell.toString();
            line.append(' ').append(text).append(" |");
        }
        out.println(line);
    }

    private static String number(double d) {
        return d >= MonteCarlo.Course.NEVER / 1000.0
                ? "never"
                : String.format(Math.abs(d) >= 10 ? "%.0f" : "%.2f", d);
    }

    private void head(String title, String... cells) {
        out.println();
        out.println(title);
        out.println();
        row((Object[]) cells);
        out.println("|" + "---|".repeat(cells.length));
    }

    private void wrongClaims() {
        head(
                "Wrong claims, % of " + all.runs() + " runs (drift at the tolerance, horizon told)",
                "lag-1 correlation",
                "tolerance (sd)",
                "horizon 100 g",
                "500 g",
                "2,000 g");
        for (double c : MonteCarlo.CORRELATIONS) {
            for (double tolerance : new double[] {0.5, 1, 2}) {
                row(
                        c,
                        tolerance,
                        100 * all.wrongClaims(c, tolerance, 100),
                        100 * all.wrongClaims(c, tolerance, 500),
                        c > 0.8 ? "-" : number(100 * all.wrongClaims(c, tolerance, 2000)));
            }
        }
    }

    private void delays() {
        head(
                "Samples, in inefficiencies, until a steady series is called so",
                "lag-1 correlation",
                "tolerance (sd)",
                "10 %",
                "median",
                "90 %");
        for (double c : new double[] {0, 0.5, 0.9, 0.99}) {
            MonteCarlo m = c > 0.95 ? few : all;
            for (double tolerance : new double[] {0.5, 1}) {
                row(
                        c,
                        tolerance,
                        m.delay(c, tolerance, 0.1),
                        m.delay(c, tolerance, 0.5),
                        m.delay(c, tolerance, 0.9));
            }
        }
    }

    private void revocations() {
        head(
                "Wrong revocations per run of 10,000 inefficiencies",
                "lag-1 correlation",
                "tolerance 0.5 sd",
                "1 sd",
                "3 sd");
        for (double c : MonteCarlo.CORRELATIONS) {
            row(
                    c,
                    few.wrongRevocations(c, 0.5),
                    few.wrongRevocations(c, 1),
                    few.wrongRevocations(c, 3));
        }
    }

    private void relaxations() {
        head(
                "Relaxations from 20 sd, horizon 1,000 samples, tolerance 0.5 sd: early claims in "
                        + few.runs()
                        + " runs",
                "lag-1 correlation",
                "e-folding (samples)",
                "early",
                "median claim",
                "median error of the start");
        for (double c : MonteCarlo.CORRELATIONS) {
            for (double time : new double[] {30, 300, 1000}) {
                MonteCarlo.Relaxed r = few.relaxation(c, 0.5, 20, time);
                row(c, time, r.early(), r.settled(), r.startError());
            }
        }
        for (double c : MonteCarlo.CORRELATIONS) {
            row(c, "30 and 800", few.twoTimes(c), "", "");
        }
    }

    private void steps() {
        head(
                "A step after 3,000 inefficiencies: median samples until revoked, in inefficiencies",
                "lag-1 correlation",
                "tolerance (sd)",
                "step 1 sd",
                "2 sd",
                "4 sd");
        for (double c : new double[] {0, 0.9}) {
            for (double tolerance : new double[] {0.5, 1}) {
                row(
                        c,
                        tolerance,
                        few.stepSeenAfter(c, tolerance, 1),
                        few.stepSeenAfter(c, tolerance, 2),
                        few.stepSeenAfter(c, tolerance, 4));
            }
        }
    }

    private void other(
            String name, EquilibrationSettings settings, Function<Random, double[]> series) {
        MonteCarlo.Course[] found = few.courses(settings, series);
        long[] codes = new long[Verdict.NAMES.size()];
        Arrays.stream(found).forEach(c -> codes[c.last().code()]++);
        StringBuilder last = new StringBuilder();
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] > 0) {
                last.append(last.isEmpty() ? "" : ", ").append(codes[i]).append(' ');
                last.append(Verdict.NAMES.get(i));
            }
        }
        double since = MonteCarlo.quantile(found, c -> c.since(), 0.5);
        row(
                name,
                MonteCarlo.quantile(found, MonteCarlo.Course::settled, 0.5),
                since < 0 ? "-" : number(since),
                MonteCarlo.quantile(found, MonteCarlo.Course::revoked, 0.5),
                last);
    }

    private void others() {
        head(
                "Other series, " + few.runs() + " runs (medians in samples)",
                "series",
                "claimed after",
                "since",
                "revoked after",
                "last verdict");
        EquilibrationSettings half = MonteCarlo.tolerating(0.5);
        EquilibrationSettings spread = EquilibrationSettings.DEFAULT;
        other("white, 10 % missing", half, r -> Noise.missing(r, white(r, 3000), 0.1));
        other("white, 50 % missing", half, r -> Noise.missing(r, white(r, 4000), 0.5));
        other("white, tolerance from the spread", spread, r -> white(r, 3000));
        other("constant, no tolerance", spread, r -> Noise.scaled(white(r, 2000), 0, 288.15));
        other("constant, tolerance", half, r -> Noise.scaled(white(r, 2000), 0, 288.15));
        other("1e6 with noise of 1e-3", spread, r -> Noise.scaled(white(r, 3000), 1e-3, 1e6));
        other("1e8 with noise of 1e-6", spread, r -> Noise.scaled(white(r, 3000), 1e-6, 1e8));
        other("spikes of 50 sd in the first 60", half, r -> Noise.spikes(white(r, 3000), 50, 60));
        other(
                "variance falling 100-fold in 300",
                half,
                r -> Noise.shrinking(white(r, 5000), 9, 300));
        other("drift 1/4 of the tolerance over the run", half, r -> drift(r, 0.25));
        other("drift 3 times the tolerance over the run", half, r -> drift(r, 3));
        other("drift 20 times the tolerance over the run", half, r -> drift(r, 20));
        noiseFree();
        other("cycle of 37 samples, 2 sd", spread, r -> cycle(r, 37, 0));
        other("cycle of 6 samples, 2 sd", spread, r -> cycle(r, 6, 0));
        other("cycle of 400 samples, 2 sd", spread, r -> cycle(r, 400, 0));
        other("cycle of 37 samples, 2 sd, from 3,000", spread, r -> cycle(r, 37, 3000));
        EquilibrationSettings told = half.withHorizon(1000);
        for (double tolerances : new double[] {1, 3, 10}) {
            other(
                    "cycle of 37 samples, 2 sd, on a drift of "
                            + (int) tolerances
                            + " tolerance over the horizon of 1,000",
                    told,
                    r -> Noise.line(cycle(r, 37, 0), 0.5 * tolerances / 1000));
        }
        other(
                "cycle of 37 samples, 2 sd, on a relaxation, e-folding 300",
                told,
                r -> Noise.relaxation(cycle(r, 37, 0), 20, 300));
        other("telegraph of 3 sd, dwell 3,000", half, MonteCarloTable::telegraph);
    }

    /** As a model without noise writes them, in single precision. */
    private void noiseFree() {
        EquilibrationSettings given = MonteCarlo.tolerating(0.5).withHorizon(600);
        EquilibrationSettings none = EquilibrationSettings.DEFAULT.withHorizon(600);
        for (EquilibrationSettings s : List.of(given, none)) {
            String how = s == given ? ", tolerance 0.5" : ", no tolerance";
            for (double time : new double[] {200, 600}) {
                String name = "noise-free relaxation, e-folding " + (int) time;
                other(name + how, s, r -> Noise.single(still(r, time)));
            }
            other("noise-free cycle of 37" + how, s, r -> Noise.single(quiet(r, 2, 0)));
            other("noise-free drift of 6 over the horizon" + how, s, r -> quietDrift(r, 0.01));
            other("noise-free drift of 0.06" + how, s, r -> quietDrift(r, 1e-4));
        }
    }

    private static double[] quiet(Random r, double amplitude, double slope) {
        double[] x = Noise.scaled(white(r, 4000), 0, 300);
        return Noise.line(Noise.oscillation(x, amplitude, 37, 0), slope);
    }

    private static double[] quietDrift(Random r, double slope) {
        return Noise.single(quiet(r, 0, slope));
    }

    private static double[] white(Random r, int samples) {
        return Noise.autoregressive(r, 0, samples);
    }

    private static double[] drift(Random r, double tolerances) {
        return Noise.line(white(r, 4000), 0.5 * tolerances / 4000);
    }

    private static double[] still(Random r, double time) {
        return Noise.relaxation(Noise.scaled(white(r, 20_000), 0, 300), 20, time);
    }

    private static double[] cycle(Random r, double period, int from) {
        return Noise.oscillation(white(r, 8000), 2, period, from);
    }

    private static double[] telegraph(Random r) {
        double[] x = white(r, 20_000);
        Noise.telegraph(r, x, 3, 3000);
        return x;
    }

    private void references() {
        int compared = Math.min(100, all.runs());
        head(
                "How strict the rules in use must be to be early in at most 1 % of the runs ("
                        + compared
                        + " of each kind), and the median delay on white noise (samples)",
                "rule",
                "horizon",
                "effective samples (MSER-5: means of five)",
                "early, % (worst kind)",
                "steady: median delay");
        Comparison comparison = new Comparison(compared);
        for (Comparison.Strictness s : comparison.strictness()) {
            Object least = s.least() < 0 ? "-" : number(s.least());
            row(s.rule(), s.horizon(), least, s.early(), s.white());
        }
        int each = Math.min(50, few.runs());
        String[] columns = columns("series");
        head(each + " runs each: median claim (samples), and % of runs early if any", columns);
        List<Comparison.Kind> kinds = comparison.kinds(each);
        for (Comparison.Kind k : kinds) {
            List<Object> cells = new ArrayList<>(List.of(k.series()));
            for (int who = 0; who + 1 < columns.length; who++) {
                String early = k.early()[who] > 0 ? ", " + number(k.early()[who]) + " % early" : "";
                cells.add(number(k.claimed()[who]) + early);
            }
            row(cells.toArray());
        }
        List<Object> cells = new ArrayList<>(List.of("wait, geometric mean, Plateau 1"));
        Arrays.stream(Comparison.relativeWaits(kinds)).forEach(cells::add);
        row(cells.toArray());
        head(
                each + " runs each: samples (median) until a change is noticed, and % noticed",
                columns("change"));
        for (Comparison.Reaction r : comparison.reactions(each)) {
            List<Object> line = new ArrayList<>(List.of(r.series()));
            for (int who = 0; who + 1 < columns.length; who++) {
                boolean none = Double.isNaN(r.after()[who]);
                String seen = number(r.after()[who]) + ", " + number(r.noticed()[who]) + " %";
                line.add(none ? "-" : seen);
            }
            row(line.toArray());
        }
    }

    private static String[] columns(String first) {
        List<String> columns = new ArrayList<>(List.of(first));
        columns.addAll(Comparison.columns());
        return columns.toArray(String[]::new);
    }

    private void cost() {
        head("Cost on one core", "samples", "ns per sample");
        for (int samples : new int[] {1000, 10_000, 1_000_000}) {
            row(samples, MonteCarlo.nanosecondsPerSample(samples));
        }
    }
}
