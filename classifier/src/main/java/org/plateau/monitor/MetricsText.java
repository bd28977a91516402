package org.plateau.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * The run for Prometheus: text exposition format 0.0.4, base units, conventional names, out of
 * {@code status.json}.
 */
final class MetricsText {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final List<String> ENDS =
            List.of("used", "metadata", "superseded", "orphan", "dropped", "torn");

    private final StringBuilder text = new StringBuilder();

    private MetricsText() {}

    static String of(JsonNode status, int viewers) {
        MetricsText metrics = new MetricsText();
        metrics.run(status);
        metrics.levels(status.path("levels"));
        metrics.column(status.path("column"));
        metrics.single("plateau_monitor_viewers", "gauge", "Pages that follow the run.", viewers);
        return metrics.text.toString();
    }

    private void run(JsonNode status) {
        single(
                "plateau_up",
                "gauge",
                "1 while the run goes on.",
                status.path("state").asText().equals("running") ? 1 : 0);
        single(
                "plateau_outputs_total",
                "counter",
                "Output times labelled.",
                status.path("outputs").asDouble(0));
        JsonNode time = status.path("modelTime");
        head("plateau_model_time", "gauge", "Latest model time, in the model's units.");
        line(
                "plateau_model_time",
                "units=\"" + escape(time.path("units").asText("1")) + "\"",
                time.path("value").asDouble(Double.NaN));
        JsonNode account = status.path("account");
        single(
                "plateau_writes_total",
                "counter",
                "Writes of the model that were captured.",
                account.path("written").asDouble(0));
        head("plateau_writes_ended_total", "counter", "What became of captured writes.");
        for (String end : ENDS) {
            line(
                    "plateau_writes_ended_total",
                    "end=\"" + end + "\"",
                    account.path(end).asDouble(0));
        }
        JsonNode hook = status.path("hook");
        head("plateau_hook_write_seconds", "gauge", "Time the hook adds to a write.");
        line("plateau_hook_write_seconds", "quantile=\"0.5\"", micro(hook, "costP50us"));
        line("plateau_hook_write_seconds", "quantile=\"0.99\"", micro(hook, "costP99us"));
        line("plateau_hook_write_seconds", "quantile=\"1\"", micro(hook, "costMaxus"));
        single(
                "plateau_stop_decided",
                "gauge",
                "1 once the stop of the run has been decided.",
                status.path("stop").path("decided").asBoolean() ? 1 : 0);
    }

    private static double micro(JsonNode hook, String key) {
        return hook.path(key).asDouble(Double.NaN) * 1e-6;
    }

    private void levels(JsonNode levels) {
        head(
                "plateau_level_regime_probability",
                "gauge",
                "Probability of a level's strongest regime.");
        for (JsonNode level : levels) {
            line(
                    "plateau_level_regime_probability",
                    pressure(level) + ",regime=\"" + escape(level.path("regime").asText("")) + "\"",
                    level.path("probability").asDouble(Double.NaN));
        }
        head("plateau_level_equilibrated", "gauge", "1 for levels that have equilibrated.");
        for (JsonNode level : levels) {
            boolean is = level.path("verdict").asText().equals("equilibrated");
            line("plateau_level_equilibrated", pressure(level), is ? 1 : 0);
        }
        head("plateau_level_metric", "gauge", "Value of a metric at a level, in its own unit.");
        for (JsonNode level : levels) {
            for (JsonNode metric : level.path("metrics")) {
                line(
                        "plateau_level_metric",
                        pressure(level)
                                + ",metric=\""
                                + escape(metric.path("name").asText(""))
                                + "\",unit=\""
                                + escape(metric.path("unit").asText("1"))
                                + "\"",
                        metric.path("value").asDouble(Double.NaN));
            }
        }
    }

    private void column(JsonNode column) {
        if (column.isMissingNode()) {
            return;
        }
        single(
                "plateau_column_equilibrated",
                "gauge",
                "1 if all metrics of the column have equilibrated.",
                column.path("verdict").asText().equals("equilibrated") ? 1 : 0);
        head("plateau_column_metric", "gauge", "Value of a metric of the column, in its own unit.");
        for (JsonNode metric : column.path("metrics")) {
            line(
                    "plateau_column_metric",
                    "metric=\""
                            + escape(metric.path("name").asText(""))
                            + "\",unit=\""
                            + escape(metric.path("unit").asText("1"))
                            + "\"",
                    metric.path("value").asDouble(Double.NaN));
        }
    }

    private static String pressure(JsonNode level) {
        return "pressure_pascals=\""
                + String.format(Locale.ROOT, "%.6g", level.path("pressure").asDouble(Double.NaN))
                + "\"";
    }

    private void single(String name, String type, String help, double value) {
        head(name, type, help);
        line(name, "", value);
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void line(String name, String labels, double value) {
        text.append(name);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(Double.isNaN(value) ? "NaN" : Double.toString(value)).append('\n');
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
