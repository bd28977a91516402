package org.plateau.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.message.RecordView;
import org.plateau.message.RecordWriter;

class HeldRecordTest {
    private static final long MIB = 1 << 20;
    private static final int FLOATS = 200_000;

    @TempDir Path folder;

    private RecordQueue open() {
        QueueSettings settings = new QueueSettings(folder, 1024 * MIB, MIB, 0);
        return RecordQueue.open(folder.resolve("node"), settings);
    }

    private static ByteBuffer record(long sequence) {
        float[] values = new float[FLOATS];
        java.util.Arrays.fill(values, sequence);
        return new RecordWriter()
                .data(7, sequence)
                .slab(new long[] {0}, new long[] {FLOATS})
                .payload(values)
                .build();
    }

    @Test
    void recordsStayAsTheyAreWhileTheReaderGoesOnAndTheirSegmentsAreDeleted() {
        List<HeldRecord> held = new ArrayList<>();
        List<Long> indices = new ArrayList<>();
        try (RecordQueue queue = open();
                RecordTailer tailer = queue.tailer(RecordQueue.RELAY)) {
            for (int i = 0; i < 12; i++) {
                queue.append(record(i));
            }
            while (tailer.poll() != null) {
                HeldRecord next = new HeldRecord();
                assertTrue(tailer.hold(next));
                held.add(next);
                indices.add(tailer.index());
            }
            int before = queue.segments().list().size();
            tailer.released(tailer.index());
            assertTrue(queue.segments().list().size() < before, "segments were deleted");
            assertEquals(12, held.size());
            for (int i = 0; i < 12; i++) {
                ByteBuffer message = held.get(i).bytes();
                assertEquals(indices.get(i), message.getLong(Long.BYTES));
                ByteBuffer body = message.duplicate().order(message.order());
                assertEquals(record(i), body.position(HeldRecord.ENVELOPE));
                assertEquals(i, new RecordView().on(body).sequence());
            }
            held.forEach(HeldRecord::close);
        }
    }

    @Test
    void aHeldRecordCanBeUsedAgain() {
        HeldRecord held = new HeldRecord();
        try (RecordQueue queue = open();
                RecordTailer tailer = queue.reader()) {
            for (int i = 0; i < 3; i++) {
                queue.append(record(i));
                assertNotNull(tailer.poll());
                assertTrue(tailer.hold(held));
                assertEquals(i, held.bytes().getFloat(held.bytes().limit() - Float.BYTES));
            }
            held.close();
        }
    }

    @Test
    void aRecordWhoseEnvelopeNamesAnotherPlaceIsNotHeld() {
        try (RecordQueue queue = open();
                RecordTailer tailer = queue.reader();
                HeldRecord held = new HeldRecord()) {
            queue.append(record(1), 99, 5);
            assertNotNull(tailer.poll());
            assertFalse(tailer.hold(held));
        }
    }
}
