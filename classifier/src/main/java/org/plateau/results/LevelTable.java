package org.plateau.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.plateau.grid.Pressures;

/** The state of every level as a table of at most 80 columns. */
public final class LevelTable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORM = "%s%-10s %-19s %4s%s %-13s %8s %9s  %s";

    /** As far from the training maps as one in a hundred of them; {@code Classification}. */
    private static final double UNLIKE = 0.5;

    private LevelTable() {}

    /** The table of a {@code status.json} or {@code summary.json}, and its account. */
    public static List<String> of(Path status) {
        try {
            JsonNode root = JSON.readTree(status.toFile());
            List<String> lines = new ArrayList<>(lines(root));
            lines.addAll(StatusText.account(root));
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(status + ": expected a status file", e);
        }
    }

    /** A heading, a line per level, one for the column, and what the marks mean that occur. */
    public static List<String> lines(JsonNode status) {
        JsonNode levels = status.path("levels");
        boolean some = required(status) < levels.size();
        List<String> lines = new ArrayList<>();
        lines.add(
                line(
                        some ? " " : "",
                        "level",
                        "regime",
                        "prob",
                        "",
                        "verdict",
                        "T [K]",
                        "rms [m/s]",
                        "unsteady"));
        boolean strange = false;
        for (JsonNode level : levels) {
            lines.add(row(level, some));
            strange |= unlike(level);
        }
        if (!status.path("column").path("metrics").isEmpty()) {
            lines.add(column(status.path("column"), some));
        }
        if (some) {
            lines.add("* must settle before a stop (stop.levels)");
        }
        if (strange) {
            lines.add(
                    "~ this map is unlike those the network learned from: do not trust its label");
        }
        return lines;
    }

    /** How many levels have to settle before a stop. */
    public static int required(JsonNode status) {
        int count = 0;
        for (JsonNode level : status.path("levels")) {
            count += level.path("required").asBoolean(true) ? 1 : 0;
        }
        return count;
    }

    private static String row(JsonNode level, boolean some) {
        boolean marked = some && level.path("required").asBoolean();
        return line(
                marked ? "*" : some ? " " : "",
                Pressures.text(level.path("pressure").asDouble()),
                level.path("regime").asText("-"),
                number(level.path("probability"), "%.2f"),
                unlike(level) ? "~" : " ",
                level.path("verdict").asText("-"),
                number(metric(level, "temperature_mean").path("value"), "%.1f"),
                number(metric(level, "rms_wind").path("value"), "%.1f"),
                unsteady(level));
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, FORM, cells).stripTrailing();
    }

    private static boolean unlike(JsonNode level) {
        return level.path("unlike").asDouble(0) > UNLIKE;
    }

    private static String column(JsonNode column, boolean some) {
        boolean marked = some && column.path("required").asBoolean();
        return line(
                marked ? "*" : some ? " " : "",
                "column",
                "",
                "",
                " ",
                column.path("verdict").asText("-"),
                "",
                "",
                unsteady(column));
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
}
