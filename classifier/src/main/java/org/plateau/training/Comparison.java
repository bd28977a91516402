package org.plateau.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.plateau.results.Results;

/**
 * Where a network and the computed scores differ on the same maps, map by map, as a section of the
 * model card. A label is said, or holds, from one half on.
 */
public final class Comparison {

    /** Scores of "unlike training" from which a row of the summary begins. */
    private static final double[] UNLIKE = {0, 0.1, 0.5};

    private final Results network;
    private final Results computed;
    private final List<String> rows = new ArrayList<>();
    private int agreeing;
    private final int[] mapsAt = new int[UNLIKE.length];
    private final int[] different = new int[UNLIKE.length];

    private Comparison(Results network, Results computed) {
        this.network = network;
        this.computed = computed;
    }

    /**
     * @param files that were labelled, for the heading
     * @param network results by the network
     * @param computed results by the computed scores, of the same maps
     * @param remarks what is to be said of them, Markdown; may be empty
     * @throws IllegalArgumentException if the two are of different maps
     */
    public static String section(
            List<Path> files, Results network, Results computed, String remarks) {
        if (network.outputs() != computed.outputs() || network.levels() != computed.levels()) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "expected the same maps twice, found %d x %d and %d x %d",
                            network.outputs(),
                            network.levels(),
                            computed.outputs(),
                            computed.levels()));
        }
        Comparison comparison = new Comparison(network, computed);
        comparison.judge();
        return comparison.text(files, remarks);
    }

    private void judge() {
        for (int time = 0; time < network.outputs(); time++) {
            for (int level = 0; level < network.levels(); level++) {
                if (network.gap()[time][level] == 0 && computed.gap()[time][level] == 0) {
                    judge(time, level);
                }
            }
        }
    }

    private void judge(int time, int level) {
        float[] said = network.probability()[time][level];
        float[] held = computed.probability()[time][level];
        int unlike = row(network.unlike()[time][level]);
        List<String> both = new ArrayList<>();
        List<String> networkAlone = new ArrayList<>();
        List<String> computedAlone = new ArrayList<>();
        for (int k = 0; k < said.length; k++) {
            boolean says = said[k] >= 0.5;
            boolean holds = held[k] >= 0.5;
            different[unlike] += says == holds ? 0 : 1;
            String name = Names.words(network.regimes().get(k));
            if (says && holds) {
                both.add(name);
            } else if (says || holds) {
                (says ? networkAlone : computedAlone)
                        .add(String.format(Locale.ROOT, "%s %.2f : %.2f", name, said[k], held[k]));
            }
        }
        mapsAt[unlike]++;
        if (networkAlone.isEmpty() && computedAlone.isEmpty()) {
            agreeing++;
            return;
        }
        rows.add(
                String.format(
                        Locale.ROOT,
                        "| %.6g | %.3g | %s | %s | %s | %.2f |",
                        network.time().values()[time],
                        network.pressure()[level] / 1e5,
                        String.join(", ", both),
                        String.join(", ", networkAlone),
                        String.join(", ", computedAlone),
                        network.unlike()[time][level]));
    }

    private static int row(double unlike) {
        int row = UNLIKE.length - 1;
        while (row > 0 && unlike < UNLIKE[row]) {
            row--;
        }
        return row;
    }

    private String text(List<Path> files, String remarks) {
        StringBuilder page = new StringBuilder();
        List<String> names = files.stream().map(file -> file.getFileName().toString()).toList();
        int maps = Arrays.stream(mapsAt).sum();
        int decisions = maps * network.regimes().size();
        page.append("## On another model's output: ").append(String.join(", ", names));
        page.append(
                String.format(
                        Locale.ROOT,
                        "%n%nNothing was trained on it. Network and computed labels agree in %d of"
                                + " %d decisions; in %d of %d maps they agree in all.%n%n",
                        decisions - Arrays.stream(different).sum(),
                        decisions,
                        agreeing,
                        maps));
        summary(page);
        if (!remarks.isBlank()) {
            page.append(remarks.strip()).append("\n\n");
        }
        page.append(
                String.format(
                        Locale.ROOT,
                        "Maps in which they differ (network's probability : computed score):%n%n"
                                + "| %s | bar | both | network alone | computed alone | unlike |%n"
                                + "|---|---|---|---|---|---|%n",
                        network.time().units().replaceFirst(" since.*", "")));
        rows.forEach(row -> page.append(row).append('\n'));
        return page.append('\n').toString();
    }

    /** Whether the score "unlike training" tells where not to trust. */
    private void summary(StringBuilder page) {
        page.append("| unlike training from | maps | decisions that differ |\n|---|---|---|\n");
        for (int row = 0; row < UNLIKE.length; row++) {
            int all = mapsAt[row] * network.regimes().size();
            page.append(
                    String.format(
                            Locale.ROOT,
                            "| %.1f | %d | %d (%s) |%n",
                            UNLIKE[row],
                            mapsAt[row],
                            different[row],
                            all == 0
                                    ? "-"
                                    : String.format(
                                            Locale.ROOT, "%.1f %%", 100.0 * different[row] / all)));
        }
        page.append('\n');
    }
}
