package org.plateau.watch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code status.json} says, a line at a time. */
final class StatusLines {
    private StatusLines() {}

    static String head(JsonNode status) {
        if (status.isMissingNode()) {
            return "plateau: waiting for status.json";
        }
        JsonNode time = status.path("modelTime");
        return "plateau "
                + status.path("run").asText("")
                + " - "
                + status.path("state").asText("unknown")
                + " - "
                + time(time.path("value").asDouble(Double.NaN))
                + time.path("units").asText("")
                + " - "
                + status.path("outputs").asLong()
                + " outputs";
    }

    private static String time(double value) {
        String text = String.format(Locale.ROOT, "%.4f", value);
        return text.replaceFirst("\\.?0+$", "") + " ";
    }

    /** Whether and why the run is to stop. */
    static String verdict(JsonNode status) {
        JsonNode stop = status.path("stop");
        JsonNode run = status.path("run_verdict");
        String word = run.isTextual() ? run.asText() : run.path("verdict").asText("");
        String detail = run.path("detail").asText("");
        String text = "run: " + (word.isEmpty() ? "no verdict yet" : word);
        if (detail.isEmpty() && stop.path("waitingFor").size() > 0) {
            detail = "waiting for " + stop.path("waitingFor").get(0).asText();
            int more = stop.path("waitingFor").size() - 1;
            detail += more > 0 ? " and " + more + " more" : "";
        }
        if (stop.path("vetoed").asBoolean()) {
            text += ", vetoed";
        }
        if (!detail.isEmpty()) {
            text += " (" + detail + ")";
        }
        if (stop.path("decided").asBoolean()) {
            text += stop.path("vetoed").asBoolean() ? "; stop held back" : "; stop decided";
        }
        return text;
    }

    /**
     * Why a stop was decided, or when the run would stop if it goes on like this; empty if nobody
     * says.
     */
    static String outlook(JsonNode status) {
        String why = status.path("stop").path("because").asText("");
        if (status.path("stop").path("decided").asBoolean() && !why.isEmpty()) {
            return "  because " + why;
        }
        boolean over =
                status.path("stop").path("decided").asBoolean()
                        || status.path("state").asText().equals("ended");
        String text = status.path("run_verdict").path("outlook").path("text").asText("");
        return over || text.isEmpty() ? "" : "  " + text;
    }

    static String account(JsonNode status) {
        JsonNode account = status.path("account");
        List<String> terms = new ArrayList<>();
        for (String end : List.of("used", "metadata", "superseded", "orphan", "dropped", "torn")) {
            if (account.path(end).asLong() > 0) {
                terms.add(end + " " + account.path(end).asLong());
            }
        }
        return "written "
                + account.path("written").asLong()
                + (terms.isEmpty() ? "" : " = " + String.join(" + ", terms));
    }

    /** How fast records are read, how far behind the labels are, and how full the ways are. */
    static String parts(JsonNode status) {
        JsonNode health = status.path("health");
        List<String> parts = new ArrayList<>();
        add(parts, "%.3g records/s", health.path("recordsPerSecond").asDouble(Double.NaN));
        add(parts, "lag %.2g s", health.path("lagSeconds").asDouble(Double.NaN));
        double ring = Double.NaN;
        double queue = Double.NaN;
        for (JsonNode node : status.path("nodes")) {
            for (JsonNode one : node.path("rings")) {
                ring = fuller(ring, share(one, "peakBytes", "capacityBytes"));
            }
            queue = fuller(queue, share(node.path("queue"), "usedBytes", "maxBytes"));
        }
        add(parts, "rings at most %.2g %% full", ring);
        add(parts, "queue %.2g %%", queue);
        add(parts, "heap %.2g %%", share(health, "heapUsedBytes", "heapMaxBytes"));
        return parts.isEmpty() ? "" : String.join(", ", parts);
    }

    private static void add(List<String> parts, String form, double value) {
        if (Double.isFinite(value)) {
            parts.add(String.format(Locale.ROOT, form, value));
        }
    }

    private static double fuller(double one, double other) {
        return Double.isNaN(one) || other > one ? other : one;
    }

    private static double share(JsonNode from, String part, String whole) {
        double all = from.path(whole).asDouble(Double.NaN);
        return all > 0 ? 100 * from.path(part).asDouble(Double.NaN) / all : Double.NaN;
    }

    static String health(JsonNode status) {
        JsonNode hook = status.path("hook");
        JsonNode engine = status.path("engine");
        String text =
                String.format(
                        Locale.ROOT,
                        "hook %.1f us a write (p99 %.1f, max %.0f)",
                        hook.path("costP50us").asDouble(),
                        hook.path("costP99us").asDouble(),
                        hook.path("costMaxus").asDouble());
        String name =
                engine.isTextual()
                        ? engine.asText()
                        : engine.path("description").asText(engine.path("name").asText(""));
        return name.isEmpty() ? text : text + " - " + name;
    }
}
