package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.plateau.message.DescriptorCache;
import org.plateau.message.RecordKind;
import org.plateau.message.RecordName;
import org.plateau.message.RecordView;
import org.plateau.queue.RecordQueue;
import org.plateau.queue.RecordTailer;

/**
 * A consumer of the inbox that believes only what it reads: names seen once, values as they were
 * written, and per source the account. It may stop at any time and another may go on behind it.
 */
final class InboxAccount {
    private static final class Source {
        long highest;
        long data;
        long dropped;
        long torn;
        boolean ended;
    }

    private final Map<Long, Source> sources = new TreeMap<>();
    private final Set<RecordName> seen = new HashSet<>();
    private final DescriptorCache descriptors = new DescriptorCache(1000);
    private final RecordView view = new RecordView();
    private long next;
    private long lastFromOthers;

    /** Reads what is there, at most that many records, as the tailer named "classifier". */
    int read(RecordQueue inbox, int most) {
        int n = 0;
        try (RecordTailer tailer = inbox.tailer(RecordQueue.CLASSIFIER)) {
            tailer.moveTo(next);
            for (ByteBuffer b = next(tailer, n, most); b != null; b = next(tailer, n, most)) {
                take(view.on(b));
                lastFromOthers += tailer.origin() == RecordQueue.HERE ? 0 : 1;
                next = tailer.index() + 1;
                tailer.released(tailer.index());
                n++;
            }
        }
        return n;
    }

    private static ByteBuffer next(RecordTailer tailer, int n, int most) {
        return n < most ? tailer.poll() : null;
    }

    private void take(RecordView r) {
        assertTrue(seen.add(RecordName.of(header(r))), () -> "twice: " + r);
        Source s = sources.computeIfAbsent(r.source(), k -> new Source());
        s.highest = Math.max(s.highest, r.sequence());
        switch (r.kind()) {
            case DATA -> s.data += r.accounted();
            case GAP -> s.dropped += r.accounted();
            case TORN -> s.torn += r.accounted();
            case WRITER_END -> s.ended = true;
            case FILE_CLOSE -> {}
        }
        if (r.kind() == RecordKind.DATA && descriptors.of(r).variable().equals("T")) {
            checkValues(r);
        }
    }

    private ByteBuffer header(RecordView r) {
        return r.bytes();
    }

    private void checkValues(RecordView r) {
        ByteBuffer values = r.payload();
        int n = values.remaining() / 4;
        for (int i = 0; i < n; i += Math.max(1, n / 7)) {
            long cell = r.start(1) + i;
            long cells = descriptors.of(r).dimensions().get(1).length();
            float expected = (float) r.start(0) + (float) cell / (float) cells;
            assertEquals(expected, values.getFloat(4 * i), r.toString());
        }
    }

    /** Records that came from other nodes. */
    long fromOthers() {
        return lastFromOthers;
    }

    long written() {
        return sources.values().stream().mapToLong(s -> s.highest).sum();
    }

    long data() {
        return sources.values().stream().mapToLong(s -> s.data).sum();
    }

    long dropped() {
        return sources.values().stream().mapToLong(s -> s.dropped).sum();
    }

    long torn() {
        return sources.values().stream().mapToLong(s -> s.torn).sum();
    }

    /** Writers whose end has come. */
    long ended() {
        return sources.values().stream().filter(s -> s.ended).count();
    }

    int sources() {
        return sources.size();
    }

    /** Of every source: written = data + dropped + torn. */
    void assertClosed() {
        sources.forEach(
                (id, s) ->
                        assertEquals(
                                s.highest,
                                s.data + s.dropped + s.torn,
                                () ->
                                        "source %016x: data %d, dropped %d, torn %d"
                                                .formatted(id, s.data, s.dropped, s.torn)));
    }
}
