package org.plateau.coupler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.plateau.bridge.RingStatistics;
import org.plateau.message.GapReason;
import org.plateau.message.RecordView;

/** What became of the captured writes of one source. Confined to the thread of its account. */
final class SourceAccount {
    private long written;
    private long forwarded;
    private long torn;
    private long records;
    private long bytes;
    private boolean ended;
    private final Map<String, Long> dropped = new TreeMap<>();
    private double costP50;
    private double costP99;
    private double costMax;

    /** Takes note of a record that is in the queue. */
    void note(RecordView record) {
        written = Math.max(written, record.sequence());
        records++;
        bytes += record.length();
        switch (record.kind()) {
            case DATA -> forwarded += record.accounted();
            case GAP -> dropped.merge(record.reason().text(), record.missing(), Long::sum);
            case TORN -> torn += record.missing();
            case WRITER_END -> ended = true;
            case FILE_CLOSE -> {}
        }
    }

    /** Takes note of how many writes there have been, whatever became of them. */
    void reached(long writes) {
        written = Math.max(written, writes);
    }

    /** Takes over what the ring itself says of its writer. */
    void note(RingStatistics ring) {
        written = Math.max(written, ring.written());
        costP50 = ring.costP50Nanos() * 1e-3;
        costP99 = ring.costP99Nanos() * 1e-3;
        costMax = ring.costMaxNanos() * 1e-3;
    }

    long written() {
        return written;
    }

    long forwarded() {
        return forwarded;
    }

    long torn() {
        return torn;
    }

    long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Writes whose record, gap or torn end is in the queue. */
    long accounted() {
        return forwarded + torn + droppedInAll();
    }

    /** Counts writes that will not come any more. */
    void lose(long writes, GapReason why) {
        dropped.merge(why.text(), writes, Long::sum);
    }

    /** Writes of which nothing is known yet: still in the ring. */
    long open() {
        return written - accounted();
    }

    double costP50() {
        return costP50;
    }

    double costP99() {
        return costP99;
    }

    double costMax() {
        return costMax;
    }

    void write(ObjectNode to) {
        to.put("written", written).put("forwarded", forwarded);
        ObjectNode reasons = to.putObject("dropped");
        dropped.forEach(reasons::put);
        to.put("torn", torn).put("records", records).put("bytes", bytes).put("ended", ended);
        to.put("costP50us", costP50).put("costP99us", costP99).put("costMaxus", costMax);
    }

    static SourceAccount read(com.fasterxml.jackson.databind.JsonNode from) {
        SourceAccount a = new SourceAccount();
        a.written = from.path("written").asLong();
        a.forwarded = from.path("forwarded").asLong();
        from.path("dropped")
                .properties()
                .forEach(r -> a.dropped.put(r.getKey(), r.getValue().asLong()));
        a.torn = from.path("torn").asLong();
        a.records = from.path("records").asLong();
        a.bytes = from.path("bytes").asLong();
        a.ended = from.path("ended").asBoolean();
        a.costP50 = from.path("costP50us").asDouble();
        a.costP99 = from.path("costP99us").asDouble();
        a.costMax = from.path("costMaxus").asDouble();
        return a;
    }
}
