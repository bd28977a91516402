package org.plateau.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RecordViewTest {
    private final ByteBuffer record = new RecordWriter().data(1, 1).payload(1.0f).build();

    @Test
    void anotherVersionIsSaidInOneLine() {
        record.putShort(RecordLayout.AT_VERSION, (short) 2);
        var e = assertThrows(OtherVersionException.class, () -> new RecordView().on(record));
        assertEquals(
                "the record is of format version 2, this program reads version 1: use the hook and"
                        + " the coupler of one release",
                e.getMessage());
    }

    @Test
    void aPayloadThatIsNotItsHyperslabIsRefused() {
        record.put(RecordLayout.AT_TYPE, (byte) ElementType.DOUBLE.code());
        assertThrows(MalformedRecordException.class, () -> new RecordView().on(record));
    }

    @Test
    void theRecordIsReadInPlace() {
        RecordView view = new RecordView().on(record);
        record.putFloat(RecordLayout.HEADER, 7f);
        assertEquals(7f, view.payload().getFloat(0));
    }

    @Test
    void aRecordMayLieAnywhereInItsBuffer() {
        ByteBuffer wide = ByteBuffer.allocate(500);
        wide.position(100);
        wide.put(record.duplicate()).position(100);
        assertEquals(1, new RecordView().on(wide).sequence());
        assertEquals(100, wide.position());
    }

    @Test
    void aDescriptorIsParsedOnceAndTheOldestForgotten() {
        DescriptorCache cache = new DescriptorCache(1);
        RecordWriter writer = new RecordWriter();
        ByteBuffer bytes =
                writer.data(1, 1).descriptor(GoldenRecords.variable()).payload(1f).build();
        RecordView view = new RecordView().on(bytes);
        assertSame(cache.of(view), cache.of(view));
        assertTrue(view.hasDescriptor());
    }

    @Test
    void aDescriptorThatIsNotWhatItsHashSaysIsRefused() {
        ByteBuffer bytes =
                new RecordWriter()
                        .data(1, 1)
                        .descriptor(GoldenRecords.variable())
                        .payload(1f)
                        .build();
        bytes.put(RecordLayout.HEADER + 8, (byte) '#');
        RecordView view = new RecordView().on(bytes);
        assertThrows(MalformedRecordException.class, () -> new DescriptorCache(1).of(view));
    }
}
