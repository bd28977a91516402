package org.plateau.coupler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.plateau.bridge.Ring;
import org.plateau.queue.QueueSettings;
import org.plateau.queue.RecordQueue;
import org.plateau.queue.RecordTailer;

/**
 * How fast the drain is beside a plain copy, and what it costs the heap. Prints what it measures.
 */
class DrainThroughputTest {
    private static final int RECORD = 2 << 20;
    private static final int ROUNDS = 150;
    private static final long BURST = 24;

    /** A folder in memory: what is measured is the way, not the disk. */
    static final class Memory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
                throws IOException {
            return Files.createTempDirectory(Path.of("/dev/shm"), "plateau-throughput-");
        }
    }

    @TempDir(factory = Memory.class)
    Path folder;

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

    /** Ten million records of some 200 bytes, then writes of 1 GB in the pieces they come in. */
    @Test
    @Tag("long")
    void theHeapStaysAsItIsOverManySmallRecordsAndOverLargeOnes() {
        try (RecordQueue queue = queue();
                Account account = Account.open(folder, queue);
                RecordTailer tailer = queue.tailer("t")) {
            Drain small = drain(queue, account, new EndlessRing(10, 10_000_000));
            drain(small, tailer, queue, 1_000_000, account);
            long early = heap();
            drain(small, tailer, queue, 10_000_000, account);
            long late = heap();
            taken = false;
            Drain large = drain(queue, account, new EndlessRing(4 << 20, 3 * 64));
            while (large.step() > 0) {
                tailer.released(queue.lastIndex());
            }
            long last = heap();
            System.out.printf(
                    "heap after 1, 10 million records and 3 GB more: %.2f, %.2f, %.2f MB%n",
                    early * 1e-6, late * 1e-6, last * 1e-6);
            assertTrue(late - early < 4_000_000 && last - early < 4_000_000, "the heap grew");
        }
    }

    private static void drain(
            Drain drain, RecordTailer tailer, RecordQueue queue, long until, Account account) {
        while (account.of(3).forwarded() < until && drain.step() > 0) {
            tailer.released(queue.lastIndex());
        }
    }

    private static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** A burst, as between two outputs: into fresh pages, and into pages made ready before it. */
    @Test
    @Tag("long")
    void aBurstIntoPagesMadeReadyIsSeveralTimesFaster() throws IOException {
        Path plain = folder.resolve("plain");
        try (RecordQueue queue = queue();
                Account account = Account.open(folder, queue);
                FileChannel file =
                        FileChannel.open(
                                plain,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE)) {
            int bursts = 8;
            ByteBuffer to = file.map(FileChannel.MapMode.READ_WRITE, 0, bursts * BURST * RECORD);
            ByteBuffer from = ByteBuffer.allocateDirect(2 * RECORD);
            Drain drain = drain(queue, account, new EndlessRing(RECORD / 4, Long.MAX_VALUE));
            drain.step();
            double[] ratios = new double[bursts];
            for (int burst = 0; burst < bursts; burst++) {
                while (drain.makeReady() > 0) {
                    continue;
                }
                long start = System.nanoTime();
                for (int i = 0; i < BURST / 2; i++) {
                    drain.step();
                }
                long between = System.nanoTime();
                for (int i = 0; i < BURST / 2; i++) {
                    to.put(from.clear());
                }
                long copying = System.nanoTime() - between;
                ratios[burst] = copying / (double) (between - start);
                System.out.printf(
                        "burst into pages made ready %.2f GB/s, plain copy into fresh pages %.2f"
                                + " GB/s, ratio %.2f%n",
                        BURST * RECORD / (double) (between - start),
                        BURST * RECORD / (double) copying,
                        ratios[burst]);
            }
            Arrays.sort(ratios);
            System.out.printf("median ratio %.2f%n", ratios[bursts / 2]);
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
