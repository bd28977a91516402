package org.plateau.coupler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.bridge.Ring;
import org.plateau.queue.QueueSettings;
import org.plateau.queue.RecordQueue;

/**
 * How fast the drain is beside a plain copy, and what it costs the heap. Prints what it measures.
 */
class DrainThroughputTest {
    private static final int RECORD = 2 << 20;
    private static final int ROUNDS = 150;

    @TempDir Path folder;
    private boolean taken;

    private Drain drain(RecordQueue queue, Account account, Ring ring) {
        Drain drain =
                new Drain(
                        () -> {
                            List<Ring> now = taken ? List.of() : List.of(ring);
                            taken = true;
                            return now;
                        },
                        queue,
                        account);
        drain.look();
        return drain;
    }

    private RecordQueue queue() {
        return RecordQueue.open(
                folder.resolve("inbox"), new QueueSettings(folder, 8L << 30, 256 << 20, 0));
    }

    /** Both touch fresh pages of one file system, in turns, so that what else runs hits both. */
    @Test
    @Tag("long")
    void theDrainKeepsUpWithAPlainCopyIntoFreshPages() throws IOException {
        Path plain = folder.resolve("plain");
        try (RecordQueue queue = queue();
                Account account = Account.open(folder, queue);
                FileChannel file =
                        FileChannel.open(
                                plain,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE)) {
            ByteBuffer to = file.map(FileChannel.MapMode.READ_WRITE, 0, 2L * ROUNDS * RECORD);
            ByteBuffer from = ByteBuffer.allocateDirect(2 * RECORD);
            Drain drain = drain(queue, account, new EndlessRing(RECORD / 4, Long.MAX_VALUE));
            long draining = 0;
            long copying = 0;
            for (int i = 0; i < ROUNDS; i++) {
                long start = System.nanoTime();
                long moved = drain.step();
                long between = System.nanoTime();
                to.put(from.clear());
                copying += System.nanoTime() - between;
                draining += between - start;
                assertTrue(
                        moved >= 2L * RECORD && moved < 2L * RECORD + 1024, "two records a step");
            }
            System.out.printf(
                    "ring to queue %.2f GB/s, plain copy into fresh pages %.2f GB/s, ratio %.2f%n",
                    2.0 * ROUNDS * RECORD / draining,
                    2.0 * ROUNDS * RECORD / copying,
                    (double) copying / draining);
        }
    }

    @Test
    void smallRecordsLeaveNextToNothingForTheGarbageCollector() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long records = 100_000;
        try (RecordQueue queue = queue();
                Account account = Account.open(folder, queue)) {
            Drain drain = drain(queue, account, new EndlessRing(10, 2 * records));
            while (account.of(3).written() < records) {
                drain.step();
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            long counted = account.of(3).written();
            while (drain.step() > 0) {
                continue;
            }
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            double each = bytes / (double) (account.of(3).written() - counted);
            System.out.printf("garbage per record: %.1f bytes%n", each);
            assertEquals(2 * records, account.of(3).forwarded());
            assertTrue(each < 200, each + " bytes a record");
        }
    }
}
