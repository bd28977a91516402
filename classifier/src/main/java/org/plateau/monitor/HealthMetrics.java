package org.plateau.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** How the parts of a run are doing, for Prometheus. */
final class HealthMetrics {
    private final Exposition out;

    private HealthMetrics(Exposition out) {
        this.out = out;
    }

    static void add(JsonNode status, Exposition out) {
        HealthMetrics metrics = new HealthMetrics(out);
        metrics.hook(status.path("hook"));
        metrics.classifier(status.path("health"));
        metrics.nodes(status.path("nodes"));
        metrics.lost(status);
        metrics.outlook(status.path("run_verdict").path("outlook"));
    }

    private void hook(JsonNode hook) {
        String name = "plateau_hook_write_seconds";
        out.head(name, "summary", "Time the hook adds to a write.");
        out.line(name, "quantile=\"0.5\"", number(hook, "costP50us") * 1e-6);
        out.line(name, "quantile=\"0.99\"", number(hook, "costP99us") * 1e-6);
        out.line(name, "quantile=\"1\"", number(hook, "costMaxus") * 1e-6);
    }

    private void classifier(JsonNode health) {
        gauge("plateau_records_per_second", "Records read, lately.", health, "recordsPerSecond");
        gauge("plateau_bytes_per_second", "Bytes of records, lately.", health, "bytesPerSecond");
        gauge("plateau_lag_seconds", "From the write to the label.", health, "lagSeconds");
        gauge("plateau_longest_lag_seconds", "The same, at most.", health, "longestLagSeconds");
        gauge("plateau_heap_used_bytes", "Heap of the classifier.", health, "heapUsedBytes");
        gauge("plateau_heap_max_bytes", "Limit of that heap.", health, "heapMaxBytes");
        gauge("plateau_gpu_busy_ratio", "Share of time the GPU is busy.", health, "gpuBusy");
        gauge("plateau_gpu_used_bytes", "Memory used on the GPU.", health, "gpuUsedBytes");
        gauge("plateau_gpu_total_bytes", "Memory of the GPU.", health, "gpuTotalBytes");
    }

    private void gauge(String name, String help, JsonNode from, String key) {
        out.single(name, "gauge", help, number(from, key));
    }

    private void nodes(JsonNode nodes) {
        ofRings(nodes, "plateau_ring_used_bytes", "Bytes of a ring that wait.", "usedBytes");
        ofRings(nodes, "plateau_ring_peak_bytes", "Most that waited in a ring.", "peakBytes");
        ofRings(nodes, "plateau_ring_capacity_bytes", "Bytes a ring holds.", "capacityBytes");
        ofQueues(nodes, "plateau_queue_used_bytes", "Disk a node's queue takes.", "usedBytes");
        ofQueues(nodes, "plateau_queue_max_bytes", "Disk it may take.", "maxBytes");
    }

    private void ofRings(JsonNode nodes, String name, String help, String key) {
        out.head(name, "gauge", help);
        for (JsonNode node : nodes) {
            for (JsonNode ring : node.path("rings")) {
                String source = Exposition.label("source", ring.path("source").asText());
                out.line(name, host(node) + "," + source, number(ring, key));
            }
        }
    }

    private void ofQueues(JsonNode nodes, String name, String help, String key) {
        out.head(name, "gauge", help);
        for (JsonNode node : nodes) {
            out.line(name, host(node), number(node.path("queue"), key));
        }
    }

    private static String host(JsonNode node) {
        return Exposition.label("host", node.path("host").asText());
    }

    /** By reason and field, and by level. */
    private void lost(JsonNode status) {
        out.head("plateau_writes_lost_total", "counter", "Writes that led to nothing, and why.");
        for (Map.Entry<String, JsonNode> reason :
                status.path("account").path("reasons").properties()) {
            out.line(
                    "plateau_writes_lost_total",
                    Exposition.label("reason", reason.getKey()),
                    reason.getValue().asDouble());
        }
        out.head("plateau_level_gaps", "gauge", "Outputs of a level without a label.");
        for (JsonNode level : status.path("levels")) {
            out.line("plateau_level_gaps", MetricsText.pressure(level), number(level, "gaps"));
        }
    }

    private void outlook(JsonNode outlook) {
        gauge("plateau_outputs_to_stop", "Outputs until the stop.", outlook, "outputs");
        gauge("plateau_seconds_to_stop", "Wall clock until the stop.", outlook, "wallSeconds");
    }

    private static double number(JsonNode from, String key) {
        return from.path(key).asDouble(Double.NaN);
    }
}
