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

    private final Exposition out = new Exposition();

    private MetricsText() {}

    static String of(JsonNode status, int viewers) {
        MetricsText metrics = new MetricsText();
        metrics.run(status);
        HealthMetrics.add(status, metrics.out);
        metrics.levels(status.path("levels"));
        metrics.column(status.path("column"));
        metrics.out.single(
                "plateau_monitor_viewers", "gauge", "Pages that follow the run.", viewers);
        return metrics.out.toString();
    }

    private void run(JsonNode status) {
        out.single(
                "plateau_up",
                "gauge",
                "1 while the run goes on.",
                status.path("state").asText().equals("running") ? 1 : 0);
        out.single(
                "plateau_outputs_total",
                "counter",
                "Output times labelled.",
                status.path("outputs").asDouble(0));
        JsonNode time = status.path("modelTime");
        out.head("plateau_model_time", "gauge", "Latest model time, in the model's units.");
        out.line(
                "plateau_model_time",
                Exposition.label("units", time.path("units").asText("1")),
                time.path("value").asDouble(Double.NaN));
        JsonNode account = status.path("account");
        out.single(
                "plateau_writes_total",
                "counter",
                "Writes of the model that were captured.",
                account.path("written").asDouble(0));
        out.head("plateau_writes_ended_total", "counter", "What became of captured writes.");
        for (String end : ENDS) {
            out.line(
                    "plateau_writes_ended_total",
                    "end=\"" + end + "\"",
                    account.path(end).asDouble(0));
        }
        out.single(
                "plateau_stop_decided",
                "gauge",
                "1 once the stop of the run has been decided.",
                status.path("stop").path("decided").asBoolean() ? 1 : 0);
    }

    private void levels(JsonNode levels) {
        out.head(
                "plateau_level_regime_probability",
                "gauge",
                "Probability of a level's strongest regime.");
        for (JsonNode level : levels) {
            out.line(
                    "plateau_level_regime_probability",
                    pressure(level)
                            + ","
                            + Exposition.label("regime", level.path("regime").asText("")),
                    level.path("probability").asDouble(Double.NaN));
        }
        out.head("plateau_level_equilibrated", "gauge", "1 for levels that have equilibrated.");
        for (JsonNode level : levels) {
            boolean is = level.path("verdict").asText().equals("equilibrated");
            out.line("plateau_level_equilibrated", pressure(level), is ? 1 : 0);
        }
        out.head("plateau_level_metric", "gauge", "Value of a metric at a level, in its own unit.");
        for (JsonNode level : levels) {
            for (JsonNode metric : level.path("metrics")) {
                out.line(
                        "plateau_level_metric",
                        pressure(level)
                                + ","
                                + Exposition.label("metric", metric.path("name").asText(""))
                                + ","
                                + Exposition.label("unit", metric.path("unit").asText("1")),
                        metric.path("value").asDouble(Double.NaN));
            }
        }
    }

    private void column(JsonNode column) {
        if (column.isMissingNode()) {
            return;
        }
        out.single(
                "plateau_column_equilibrated",
                "gauge",
                "1 if all metrics of the column have equilibrated.",
                column.path("verdict").asText().equals("equilibrated") ? 1 : 0);
        out.head(
                "plateau_column_metric",
                "gauge",
                "Value of a metric of the column, in its own unit.");
        for (JsonNode metric : column.path("metrics")) {
            out.line(
                    "plateau_column_metric",
                    Exposition.label("metric", metric.path("name").asText(""))
                            + ","
                            + Exposition.label("unit", metric.path("unit").asText("1")),
                    metric.path("value").asDouble(Double.NaN));
        }
    }

    static String pressure(JsonNode level) {
        return "pressure_pascals=\""
                + String.format(Locale.ROOT, "%.6g", level.path("pressure").asDouble(Double.NaN))
                + "\"";
    }
}
