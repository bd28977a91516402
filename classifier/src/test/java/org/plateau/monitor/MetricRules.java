package org.plateau.monitor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code promtool check metrics} asks of names, types and labels. */
final class MetricRules {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z0-9_:]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_0-9]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern NO_BASE_UNIT =
            Pattern.compile(
                    ".*_(milli|micro|nano|kilo|mega|giga)?(seconds|bytes)_.*(seconds|bytes)|"
                            + ".*_(ms|us|ns|sec|secs|minutes|hours|days|kb|mb|gb|mib|gib|kelvin"
                            + "|percent|milliseconds|microseconds|kilobytes|megabytes)(_.*)?");

    private MetricRules() {}

    /** The lines that break a rule, each with the rule. */
    static List<String> broken(String text) {
        List<String> broken = new ArrayList<>();
        Set<String> series = new HashSet<>();
        String name = "";
        String type = "";
        String help = "";
        for (String line : text.split("\n")) {
            if (line.startsWith("# HELP ")) {
                help = line.split(" ", 4)[2];
                rule(broken, line, "has a help", line.split(" ", 4).length == 4);
            } else if (line.startsWith("# TYPE ")) {
                name = line.split(" ")[2];
                type = line.split(" ")[3];
                rule(broken, line, "help comes first", help.equals(name));
                names(broken, line, name, type);
            } else {
                rule(broken, line, "once", series.add(line.replaceAll(" \\S+$", "")));
                sample(broken, line, name, type);
            }
        }
        rule(broken, "", "ends with a line's end", text.endsWith("\n"));
        return broken;
    }

    private static void names(List<String> broken, String line, String name, String type) {
        rule(broken, line, "snake case", name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"));
        rule(broken, line, "of Plateau", name.startsWith("plateau_"));
        rule(broken, line, "a type", type.matches("gauge|counter|summary"));
        rule(
                broken,
                line,
                "only counters are totals",
                type.equals("counter") == name.endsWith("_total"));
        rule(
                broken,
                line,
                "no type in the name",
                !name.matches(".*_(gauge|counter|summary)(_.*)?"));
        rule(broken, line, "base units", !NO_BASE_UNIT.matcher(name).matches());
    }

    private static void sample(List<String> broken, String line, String name, String type) {
        Matcher matcher = SAMPLE.matcher(line);
        rule(broken, line, "a sample", matcher.matches());
        if (!matcher.matches()) {
            return;
        }
        rule(broken, line, "stands below its type", matcher.group(1).equals(name));
        String labels = matcher.group(2) == null ? "" : matcher.group(2);
        Matcher label = LABEL.matcher(labels);
        StringBuilder again = new StringBuilder();
        while (label.find()) {
            again.append(again.isEmpty() ? "" : ",").append(label.group());
            String key = label.group(1);
            rule(broken, line, "labels in snake case", key.matches("[a-z][a-z0-9_]*"));
            rule(
                    broken,
                    line,
                    "quantiles of summaries",
                    !key.equals("quantile") || type.equals("summary"));
        }
        rule(broken, line, "labels and nothing else", again.toString().equals(labels));
    }

    private static void rule(List<String> broken, String line, String rule, boolean kept) {
        if (!kept) {
            broken.add(rule + ": " + line);
        }
    }
}
