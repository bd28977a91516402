package org.plateau.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.plateau.plot.Palette;
import org.plateau.plot.RegimeGroup;
import org.plateau.results.Columns;
import org.plateau.results.Results;

/** Lays out one screen of text. */
public final class WatchScreen {
    private static final int BESIDE_MAP = 44;
    private static final int LINES_AROUND = 9;

    private final int width;
    private final int height;
    private final Palette palette;
    private final boolean colour;

    /**
     * @param width characters a line, at least 60
     * @param height lines, at least 12
     */
    public WatchScreen(int width, int height, Palette palette, boolean colour) {
        if (width < 60 || height < 12) {
            throw new IllegalArgumentException(
                    "expected a terminal of at least 60 x 12 characters, found "
                            + width
                            + " x "
                            + height);
        }
        this.width = width;
        this.height = height;
        this.palette = palette;
        this.colour = colour;
    }

    /**
     * The lines of the screen, {@code height} at most, each {@code width} characters at most.
     *
     * @param results null if there are none yet
     * @param status a missing node if there is none yet
     */
    public List<String> lines(Results results, JsonNode status) {
        List<String> lines = new ArrayList<>();
        lines.add(bold(cut(StatusLines.head(status))));
        if (results == null || results.outputs() == 0) {
            lines.add("");
            lines.add("No results yet.");
        } else {
            levels(lines, results, status);
        }
        lines.add(cut(StatusLines.verdict(status)));
        said(lines, StatusLines.outlook(status));
        said(lines, StatusLines.parts(status));
        lines.add(cut(StatusLines.account(status)));
        lines.add(cut(StatusLines.health(status)));
        return lines;
    }

    private void said(List<String> lines, String line) {
        if (!line.isEmpty()) {
            lines.add(cut(line));
        }
    }

    private void levels(List<String> lines, Results results, JsonNode status) {
        int wide = width - BESIDE_MAP;
        Columns columns = Columns.of(results, results.outputs() - 1, wide);
        MapRow row = new MapRow(results.regimes(), columns, palette, colour);
        lines.add(header(results, wide));
        for (int level : shown(results)) {
            lines.add(
                    String.format(Locale.ROOT, "%8s ", bar(results.pressure()[level]))
                            + row.text(level, wide)
                            + " "
                            + beside(results, status, level));
        }
        lines.add(cut(timeAxis(results, wide)));
        lines.add(cut(key(results)));
    }

    private String header(Results results, int wide) {
        return bold(
                String.format(
                        Locale.ROOT,
                        "%8s %-" + wide + "s %-20s %s",
                        "bar",
                        "regime over model time",
                        "now",
                        "verdict"));
    }

    /** All levels, or as many as fit, evenly chosen, from low pressure to high. */
    private List<Integer> shown(Results results) {
        List<Integer> order = new ArrayList<>();
        for (int l = 0; l < results.levels(); l++) {
            order.add(l);
        }
        order.sort((a, b) -> Double.compare(results.pressure()[a], results.pressure()[b]));
        int room = height - LINES_AROUND;
        if (order.size() <= room) {
            return order;
        }
        List<Integer> chosen = new ArrayList<>();
        for (int k = 0; k < room; k++) {
            chosen.add(order.get((int) Math.round(k * (order.size() - 1.0) / (room - 1))));
        }
        return chosen;
    }

    private static String beside(Results results, JsonNode status, int level) {
        int last = results.outputs() - 1;
        byte verdict = results.levelVerdict()[last][level];
        String word =
                verdict < 0 || verdict >= results.verdicts().size()
                        ? ""
                        : results.verdicts().get(verdict);
        return String.format(Locale.ROOT, "%-20s %-13s", now(results, last, level), word);
    }

    private static String now(Results results, int output, int level) {
        if (results.gap()[output][level] != 0) {
            return "gap";
        }
        float[] probability = results.probability()[output][level];
        int best =
                RegimeGroup.strongest(RegimeGroup.PATTERN.members(results.regimes()), probability);
        float nothing = results.nothing()[output][level];
        if (best < 0 || nothing > probability[best]) {
            return String.format(Locale.ROOT, "nothing %.2f", nothing);
        }
        String name = results.regimes().get(best).replace("night-side hot spot", "night spot");
        String jet = present(results, probability, "jet") ? "+jet" : "";
        return String.format(
                Locale.ROOT, "%s %.2f%s", name, probability[best], name.length() > 10 ? "" : jet);
    }

    private static boolean present(Results results, float[] probability, String regime) {
        int index = results.regimes().indexOf(regime);
        return index >= 0 && probability[index] >= 0.5f;
    }

    private static String timeAxis(Results results, int wide) {
        double[] time = results.time().values();
        String first = number(time[0]);
        String last = number(time[time.length - 1]);
        int room = Math.max(1, Math.min(wide, time.length) - first.length() - last.length());
        return " ".repeat(9) + first + " ".repeat(room) + last + " " + results.time().units();
    }

    private static String key(Results results) {
        StringBuilder key = new StringBuilder(" ".repeat(9));
        for (int r : RegimeGroup.PATTERN.members(results.regimes())) {
            String name = results.regimes().get(r);
            key.append(Character.toUpperCase(MapRow.letter(name))).append('=');
            key.append(name.replace("night-side hot spot", "night spot")).append(' ');
        }
        return key + "?=nothing #=gap";
    }

    private static String bar(double pascal) {
        return new BigDecimal(pascal / 1e5)
                .round(new MathContext(2))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String number(double value) {
        return new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros().toPlainString();
    }

    private String bold(String line) {
        return colour ? Ink.BOLD + line + Ink.RESET : line;
    }

    private String cut(String line) {
        return line.length() > width ? line.substring(0, width) : line;
    }
}
