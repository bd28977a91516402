package org.plateau.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.plateau.grid.Pressures;

/** The state of every level as a table of at most 80 columns, and the account in one line. */
public final class LevelTable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ENDS =
            List.of("used", "metadata", "superseded", "orphan", "dropped", "torn");

    private LevelTable() {}

    /** The table of a {@code status.json} or {@code summary.json}. */
    public static String of(Path status) {
        try {
            return of(JSON.readTree(status.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(status + ": expected a status file", e);
        }
    }

    /** The table of a status, and its account. */
    public static String of(JsonNode status) {
        return rows(status) + account(status) + System.lineSeparator();
    }

    /** A heading, a line per level and one for the column. */
    public static String rows(JsonNode status) {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%-10s %-19s %4s  %-13s %8s %9s  %s%n",
                        "level",
                        "regime",
                        "prob",
                        "verdict",
                        "T [K]",
                        "rms [m/s]",
                        "unsteady"));
        for (JsonNode level : status.path("levels")) {
            text.append(row(level));
        }
        if (status.path("column").path("metrics").size() > 0) {
            text.append(column(status.path("column")));
        }
        return text.toString();
    }

    private static String row(JsonNode level) {
        return String.format(
                        Locale.ROOT,
                        "%-10s %-19s %4s  %-13s %8s %9s  %s",
                        Pressures.text(level.path("pressure").asDouble()),
                        level.path("regime").asText("-"),
                        number(level.path("probability"), "%.2f"),
                        level.path("verdict").asText("-"),
                        number(metric(level, "temperature_mean").path("value"), "%.1f"),
                        number(metric(level, "rms_wind").path("value"), "%.1f"),
                        unsteady(level))
                .stripTrailing()
                .concat(System.lineSeparator());
    }

    private static String column(JsonNode column) {
        return String.format(
                        Locale.ROOT,
                        "%-10s %-19s %4s  %-13s %8s %9s  %s",
                        "column",
                        "",
                        "",
                        column.path("verdict").asText("-"),
                        "",
                        "",
                        unsteady(column))
                .stripTrailing()
                .concat(System.lineSeparator());
    }

    /** How many metrics are not steady; nothing if all are. */
    private static String unsteady(JsonNode level) {
        int unsteady = 0;
        int all = 0;
        for (JsonNode metric : level.path("metrics")) {
            String verdict = metric.path("verdict").asText();
            all++;
            unsteady += verdict.equals("equilibrated") || verdict.equals("cyclic") ? 0 : 1;
        }
        return unsteady == 0 ? "" : unsteady + "/" + all;
    }

    private static JsonNode metric(JsonNode level, String name) {
        for (JsonNode metric : level.path("metrics")) {
            if (metric.path("name").asText().equals(name)) {
                return metric;
            }
        }
        return MissingNode.getInstance();
    }

    private static String number(JsonNode value, String format) {
        return value.isNumber() ? String.format(Locale.ROOT, format, value.asDouble()) : "-";
    }

    /** What became of every write, in one line. */
    public static String account(JsonNode status) {
        JsonNode account = status.path("account");
        StringBuilder line = new StringBuilder("written " + account.path("written").asLong());
        String sign = " = ";
        long sum = 0;
        for (String end : ENDS) {
            line.append(sign).append(end).append(' ').append(account.path(end).asLong());
            sum += account.path(end).asLong();
            sign = " + ";
        }
        long left = account.path("written").asLong() - sum;
        return line + (left == 0 ? "" : " (" + left + " unaccounted for)");
    }
}
