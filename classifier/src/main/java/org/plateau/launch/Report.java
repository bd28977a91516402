package org.plateau.launch;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.plateau.settings.RunSettings;

/**
 * What a run prints at its end, out of its {@code summary.json} or {@code status.json}: a table of
 * the levels and one line with the time saved, the account and what the hook cost.
 */
final class Report {
    private static final List<String> ENDS =
            List.of("used", "metadata", "superseded", "orphan", "dropped", "torn");

    private static final List<String> USUAL =
            List.of("temperature_mean", "rms_wind", "superrotation_index");

    private final JsonNode outcome;
    private final RunSettings run;

    Report(JsonNode outcome, RunSettings run) {
        this.outcome = outcome;
        this.run = run;
    }

    void print(PrintWriter out) {
        if (outcome.path("levels").isEmpty()) {
            out.println("plateau: no level was seen");
        } else {
            printTable(out);
        }
        out.println(String.join("; ", stopped(), saved(), account(), cost()));
        out.flush();
    }

    private void printTable(PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("pressure", "regime", "p", "verdict"));
        List<String> shown = shown(outcome.path("levels").get(0).path("metrics"), head);
        head.add("not yet");
        rows.add(head);
        for (JsonNode level : outcome.path("levels")) {
            rows.add(row(level, shown));
        }
        int[] widths = widths(rows);
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(String.format("%-" + widths[i] + "s  ", row.get(i)));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    /** The metrics that get a column: the usual ones if they are there, else the first three. */
    private static List<String> shown(JsonNode metrics, List<String> head) {
        List<String> names = new ArrayList<>();
        metrics.forEach(metric -> names.add(metric.path("name").asText()));
        List<String> shown = new ArrayList<>(USUAL);
        shown.retainAll(names);
        if (shown.isEmpty()) {
            shown.addAll(names.subList(0, Math.min(3, names.size())));
        }
        for (String name : shown) {
            String unit = metrics.get(names.indexOf(name)).path("unit").asText("1");
            head.add(name + (unit.equals("1") ? "" : " [" + unit + "]"));
        }
        return shown;
    }

    private static List<String> row(JsonNode level, List<String> shown) {
        List<String> row = new ArrayList<>();
        row.add(bar(level.path("pressure").asDouble()));
        row.add(level.path("regime").asText("-"));
        row.add(number("%.2f", level.path("probability").asDouble(Double.NaN)));
        row.add(level.path("verdict").asText("-"));
        for (String name : shown) {
            for (JsonNode metric : level.path("metrics")) {
                if (metric.path("name").asText().equals(name)) {
                    row.add(significant(metric.path("value").asDouble(Double.NaN), 4));
                }
            }
        }
        row.add(unsettled(level.path("metrics")));
        return row;
    }

    /** The first of the metrics that keep a level from being equilibrated, and how many more. */
    private static String unsettled(JsonNode metrics) {
        List<String> names = new ArrayList<>();
        for (JsonNode metric : metrics) {
            String verdict = metric.path("verdict").asText("-");
            if (!verdict.equals("equilibrated")) {
                names.add(metric.path("name").asText() + " " + verdict);
            }
        }
        return names.size() < 2
                ? String.join("", names)
                : names.get(0) + " and " + (names.size() - 1) + " more";
    }

    private static int[] widths(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private String stopped() {
        JsonNode time = outcome.path("modelTime");
        String at = significant(time.path("value").asDouble(Double.NaN), 6);
        String unit = unit(time);
        boolean decided = outcome.path("stop").path("decided").asBoolean(false);
        return (decided ? "stopped at equilibrium at " : "ended at ") + at + " " + unit;
    }

    private String saved() {
        double planned = run.length();
        double reached =
                outcome.path("modelTime").path("value").asDouble(Double.NaN)
                        * secondsOf(unit(outcome.path("modelTime")));
        if (Double.isNaN(planned) || Double.isNaN(reached)) {
            return "time saved unknown (run.length is not set)";
        }
        double part = Math.max(0, 1 - reached / planned);
        return String.format(
                Locale.ROOT,
                "%.0f %% of the planned %s d saved",
                100 * part,
                significant(planned / 86_400, 4));
    }

    private String account() {
        JsonNode account = outcome.path("account");
        long sum = 0;
        List<String> terms = new ArrayList<>();
        for (String end : ENDS) {
            long count = account.path(end).asLong(0);
            sum += count;
            terms.add(end + " " + count);
        }
        long written = account.path("written").asLong(0);
        return "written "
                + written
                + " = "
                + String.join(" + ", terms)
                + (sum == written ? "" : " (" + (written - sum) + " unaccounted for)");
    }

    private String cost() {
        JsonNode hook = outcome.path("hook");
        if (!hook.has("costP50us")) {
            return "hook's cost unknown";
        }
        return String.format(
                Locale.ROOT,
                "hook %.1f us a write (99 %%: %.1f, longest %.1f)",
                hook.path("costP50us").asDouble(),
                hook.path("costP99us").asDouble(),
                hook.path("costMaxus").asDouble());
    }

    private static String unit(JsonNode time) {
        return time.path("units").asText("").split(" ")[0];
    }

    private static double secondsOf(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "days", "day", "d" -> 86_400;
            case "hours", "hour", "h" -> 3_600;
            case "minutes", "minute", "min" -> 60;
            case "seconds", "second", "s", "sec" -> 1;
            default -> Double.NaN;
        };
    }

    private static String bar(double pascal) {
        return significant(pascal / 1e5, 3) + " bar";
    }

    /** As many digits as say something, without trailing zeros. */
    private static String significant(double value, int digits) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "-";
        }
        double size = Math.abs(value);
        BigDecimal rounded =
                new BigDecimal(value).round(new MathContext(digits)).stripTrailingZeros();
        return size != 0 && (size < 1e-5 || size >= 1e7)
                ? rounded.toString()
                : rounded.toPlainString();
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
