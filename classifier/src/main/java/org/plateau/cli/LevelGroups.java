package org.plateau.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.plateau.grid.Pressures;

/**
 * The levels of a status for one screen: neighbours that have the same to say share a line, by
 * regime and verdict or, if that is still too long, by verdict alone.
 */
final class LevelGroups {
    private static final String FORM = "%s%-23s %6s %-19s %4s %-13s";

    /** As far from the training maps as one in a hundred of them; as in the whole table. */
    private static final double UNLIKE = 0.5;

    private static final String MIXED = "(several)";

    private final List<List<JsonNode>> groups = new ArrayList<>();

    private LevelGroups(JsonNode levels, Function<JsonNode, List<String>> same) {
        JsonNode before = null;
        for (JsonNode level : levels) {
            if (before == null || !same.apply(before).equals(same.apply(level))) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(level);
            before = level;
        }
    }

    /** A heading, at most so many lines, and the column's; empty if no grouping gets there. */
    static Optional<List<String>> lines(JsonNode status, int most) {
        JsonNode levels = status.path("levels");
        LevelGroups fine = new LevelGroups(levels, LevelGroups::regimeAndVerdict);
        LevelGroups coarse = new LevelGroups(levels, LevelGroups::verdict);
        LevelGroups taken = fine.groups.size() <= most ? fine : coarse;
        return taken.groups.size() <= most ? Optional.of(taken.table(status)) : Optional.empty();
    }

    private static List<String> verdict(JsonNode level) {
        return List.of(
                level.path("verdict").asText("-"),
                Boolean.toString(level.path("required").asBoolean(true)));
    }

    private static List<String> regimeAndVerdict(JsonNode level) {
        List<String> key = new ArrayList<>(verdict(level));
        key.add(level.path("regime").asText("-"));
        return key;
    }

    private List<String> table(JsonNode status) {
        boolean some =
                groups.stream().anyMatch(group -> !group.get(0).path("required").asBoolean(true));
        List<String> lines = new ArrayList<>();
        lines.add(line(some ? " " : "", "from - to", "levels", "regime", "prob", "verdict"));
        groups.forEach(group -> lines.add(row(group, some)));
        JsonNode column = status.path("column");
        if (!column.path("metrics").isEmpty()) {
            boolean marked = some && column.path("required").asBoolean();
            String verdict = column.path("verdict").asText("-");
            lines.add(line(marked ? "*" : some ? " " : "", "column", "", "", "", verdict));
        }
        if (some) {
            lines.add("* must settle before a stop (stop.levels)");
        }
        long strange = groups.stream().flatMap(List::stream).filter(LevelGroups::unlike).count();
        if (strange > 0) {
            lines.add(
                    strange
                            + (strange == 1 ? " map is" : " maps are")
                            + " unlike those the network learned from: do not trust the labels");
        }
        lines.add("neighbours that agree share a line, with the least prob; --levels for each");
        return lines;
    }

    private static String row(List<JsonNode> group, boolean some) {
        JsonNode first = group.get(0);
        JsonNode last = group.get(group.size() - 1);
        String regime = first.path("regime").asText("-");
        boolean one = group.stream().allMatch(l -> l.path("regime").asText("-").equals(regime));
        double least =
                group.stream()
                        .mapToDouble(level -> level.path("probability").asDouble(0))
                        .min()
                        .orElse(0);
        return line(
                !some ? "" : first.path("required").asBoolean(true) ? "*" : " ",
                group.size() == 1 ? pressure(first) : pressure(first) + " - " + pressure(last),
                Integer.toString(group.size()),
                one ? regime : MIXED,
                one ? String.format(Locale.ROOT, "%.2f", least) : "",
                first.path("verdict").asText("-"));
    }

    private static boolean unlike(JsonNode level) {
        return level.path("unlike").asDouble(0) > UNLIKE;
    }

    private static String pressure(JsonNode level) {
        return Pressures.text(level.path("pressure").asDouble());
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, FORM, cells).stripTrailing();
    }
}
