package org.plateau.classify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.plateau.message.RecordKind;
import org.plateau.message.RecordView;

/**
 * How the classifier keeps up: rates over the last ten seconds or so, the lag from the model's
 * write to the label, memory, and what captured writes cost the model. One thread.
 */
final class Health {
    private static final Duration SPAN = Duration.ofSeconds(10);

    private final Clock clock;
    private final HookCost cost = new HookCost();
    private final GpuUse gpu;
    private Instant since;
    private long records;
    private long bytes;
    private double recordRate = Double.NaN;
    private double byteRate = Double.NaN;
    private double lag = Double.NaN;
    private double longestLag = Double.NaN;

    /**
     * @param device the engine's: "cpu" or "cuda:N"
     */
    Health(Clock clock, String device) {
        this.clock = clock;
        this.gpu = GpuUse.of(device);
        since = clock.instant();
    }

    void seen(RecordView record) {
        records++;
        bytes += record.length();
        if (record.kind() == RecordKind.DATA && record.cost() > 0 && record.piece() == 0) {
            cost.add(record.cost());
        }
    }

    /** Takes an output whose labels are in the journal now. */
    void labelled(Instant written) {
        lag = Math.max(0, Duration.between(written, clock.instant()).toNanos() * 1e-9);
        longestLag = Double.isNaN(longestLag) ? lag : Math.max(longestLag, lag);
    }

    /** {@code hook} of the status: microseconds per captured write. */
    Map<String, Object> hook() {
        return cost.report();
    }

    /** {@code health} of the status: per second, seconds and bytes; null where not known yet. */
    Map<String, Object> report() {
        Instant now = clock.instant();
        double seconds = Duration.between(since, now).toNanos() * 1e-9;
        if (seconds >= SPAN.toSeconds() || Double.isNaN(recordRate)) {
            recordRate = seconds > 0 ? records / seconds : Double.NaN;
            byteRate = seconds > 0 ? bytes / seconds : Double.NaN;
        }
        if (seconds >= SPAN.toSeconds()) {
            since = now;
            records = 0;
            bytes = 0;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("recordsPerSecond", finite(recordRate));
        map.put("bytesPerSecond", finite(byteRate));
        map.put("lagSeconds", finite(lag));
        map.put("longestLagSeconds", finite(longestLag));
        Runtime runtime = Runtime.getRuntime();
        map.put("heapUsedBytes", runtime.totalMemory() - runtime.freeMemory());
        map.put("heapMaxBytes", runtime.maxMemory());
        gpu.report(map);
        return map;
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
