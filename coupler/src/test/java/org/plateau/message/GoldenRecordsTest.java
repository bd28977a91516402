package org.plateau.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Java and C put the same values into the same bytes: both compare with the committed files. */
class GoldenRecordsTest {
    private static final Path FOLDER =
            Path.of(System.getenv().getOrDefault("PLATEAU_HOME", ".."), "native/ring/golden");

    @Test
    void builtRecordsAreTheGoldenBytes() throws IOException {
        for (var golden : GoldenRecords.all().entrySet()) {
            byte[] expected = Files.readAllBytes(FOLDER.resolve(golden.getKey()));
            assertArrayEquals(expected, golden.getValue(), golden.getKey());
        }
    }

    @Test
    void goldenDataReadsBackToItsValues() throws IOException {
        RecordView v = read("data.rec");
        assertEquals(RecordKind.DATA, v.kind());
        assertEquals(0x0123456789abcdefL, v.source());
        assertEquals(7, v.sequence());
        assertEquals(0, v.accounted(), "a piece that is not the last closes nothing");
        assertEquals(1, v.piece());
        assertEquals(1234, v.cost());
        assertEquals(6, v.elements());
        assertEquals(2, v.start(0));
        assertEquals(3, v.count(2));
        assertEquals(5.5, v.payload().getDouble(40));
        assertEquals(GoldenRecords.variable(), VariableDescriptor.parse(v.descriptorBytes()));
    }

    @Test
    void goldenGapReadsBackToItsValues() throws IOException {
        RecordView v = read("gap.rec");
        assertEquals(RecordKind.GAP, v.kind());
        assertEquals(GapReason.RING_FULL, v.reason());
        assertEquals(4, v.accounted());
        assertEquals(0, v.payloadLength());
        assertEquals("T", new DescriptorCache(2).of(v).variable());
    }

    private static RecordView read(String name) throws IOException {
        return new RecordView().on(ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve(name))));
    }
}
