package org.plateau.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.plateau.message.RecordView;
import org.plateau.message.RecordWriter;

/** Records whose size and content follow from their number, so that a wrong byte is seen. */
final class RecordStream {
    private static final int MOST = 300_000;
    private static final int FEW = 50;
    private static final int LARGE = 3 << 20;

    private final RecordWriter writer = new RecordWriter();
    private final RecordView view = new RecordView();

    /** From some bytes to 1.2 MB, and one in fifty of 12 MB. */
    ByteBuffer record(long number) {
        SplittableRandom random = new SplittableRandom(number);
        int floats = 1 + random.nextInt(random.nextBoolean() ? FEW : MOST);
        float[] values = new float[number % FEW == FEW - 1 ? LARGE : floats];
        for (int i = 0; i < values.length; i++) {
            values[i] = number * 31 + i;
        }
        return writer.data(7, number)
                .slab(new long[] {0}, new long[] {values.length})
                .payload(values)
                .build();
    }

    long numberOf(ByteBuffer found) {
        return view.on(found).sequence();
    }

    void check(long number, ByteBuffer found) {
        assertEquals(number, numberOf(found));
        assertEquals(-1, record(number).mismatch(found), "record " + number);
    }
}
