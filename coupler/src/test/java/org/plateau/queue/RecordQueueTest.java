package org.plateau.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.message.RecordName;
import org.plateau.message.RecordView;
import org.plateau.message.RecordWriter;

class RecordQueueTest {
    private static final long MIB = 1 << 20;

    @TempDir Path folder;
    private final RecordWriter writer = new RecordWriter();

    private QueueSettings settings(long maxBytes) {
        return new QueueSettings(folder, maxBytes, MIB, 0);
    }

    private RecordQueue open() {
        return RecordQueue.open(folder.resolve("inbox"), settings(1024 * MIB));
    }

    private ByteBuffer record(long source, long sequence, int floats) {
        return writer.data(source, sequence)
                .slab(new long[] {0}, new long[] {floats})
                .payload(new float[floats])
                .build();
    }

    private static List<Long> sequences(RecordTailer tailer) {
        List<Long> all = new ArrayList<>();
        for (ByteBuffer b = tailer.poll(); b != null; b = tailer.poll()) {
            all.add(new RecordView().on(b).sequence());
        }
        return all;
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    @Test
    void recordsComeBackAsTheyWereInOrder() {
        try (RecordQueue queue = open()) {
            ByteBuffer record = writer.data(7, 1).payload(1.5f).build();
            queue.append(record);
            queue.append(record(7, 2, 100_000));
            try (RecordTailer tailer = queue.tailer("t")) {
                RecordView view = new RecordView().on(tailer.poll());
                assertEquals(1.5f, view.payload().getFloat());
                assertEquals(List.of(2L), sequences(tailer));
                assertNull(tailer.poll());
                queue.append(record(7, 3, 1));
                assertEquals(List.of(3L), sequences(tailer));
            }
        }
    }

    @Test
    void theLargestRecordFits() {
        try (RecordQueue queue = open();
                RecordTailer tailer = queue.tailer("t")) {
            for (int i = 1; i <= 3; i++) {
                queue.append(record(7, i, 4 << 20));
            }
            assertEquals(range(1, 3), sequences(tailer));
        }
    }

    @Test
    void aReaderInAnotherInstanceFollowsOverSegments() {
        try (RecordQueue queue = open();
                RecordQueue other = open();
                RecordTailer tailer = other.tailer("t")) {
            assertNull(tailer.poll());
            List<Long> seen = new ArrayList<>();
            for (int i = 1; i <= 40; i++) {
                queue.append(record(7, i, 30_000));
                seen.addAll(sequences(tailer));
            }
            assertEquals(range(1, 40), seen);
            assertTrue(queue.segments().list().size() > 3, "several segments");
        }
    }

    @Test
    void aReopenedQueueGoesOnAndKnowsWhatItWasGivenLast() {
        RecordName last;
        try (RecordQueue queue = open()) {
            for (int i = 1; i <= 20; i++) {
                queue.append(record(7, i, 30_000));
                queue.append(record(8, i, 30_000), 99, 1000 + i);
            }
            last = RecordName.of(record(7, 20, 30_000));
        }
        try (RecordQueue queue = open();
                RecordTailer tailer = queue.tailer("t")) {
            assertEquals(last, queue.lastDrained().orElseThrow());
            assertEquals(1020, queue.lastIndexOf(99));
            assertEquals(-1, queue.lastIndexOf(98));
            queue.append(record(7, 21, 1));
            assertEquals(41, sequences(tailer).size());
        }
    }

    @Test
    void aPositionIsFoundAgainAlsoAtTheEnd() {
        long third = 0;
        long end = 0;
        try (RecordQueue queue = open()) {
            for (int i = 1; i <= 5; i++) {
                long index = queue.append(record(7, i, 10));
                third = i == 3 ? index : third;
                end = index + 1;
            }
        }
        try (RecordQueue queue = open();
                RecordTailer tailer = queue.tailer("t")) {
            tailer.moveTo(third);
            assertEquals(range(3, 5), sequences(tailer));
            tailer.moveTo(end);
            assertNull(tailer.poll());
            queue.append(record(7, 6, 10));
            assertEquals(List.of(6L), sequences(tailer));
            tailer.moveTo(0);
            assertEquals(range(1, 6), sequences(tailer));
        }
    }

    @Test
    void aPositionAtTheEndOfASegmentGoesOnInTheNext() {
        try (RecordQueue queue = open();
                RecordTailer tailer = queue.tailer("t")) {
            long end = queue.append(record(7, 1, 300_000)) + 1;
            queue.append(record(7, 2, 10));
            tailer.moveTo(end);
            assertEquals(List.of(2L), sequences(tailer));
        }
    }

    @Test
    void aPositionInAnotherQueueIsSaidToBeWrong() {
        try (RecordQueue queue = open();
                RecordTailer tailer = queue.tailer("t")) {
            queue.append(record(7, 1, 10));
            assertThrows(QueueException.class, () -> tailer.moveTo(500));
        }
    }

    @Test
    void releasedSegmentsAreDeletedOnceEveryNamedTailerHasPassed() {
        try (RecordQueue queue = open();
                RecordTailer one = queue.tailer("one");
                RecordTailer two = queue.tailer("two")) {
            for (int i = 1; i <= 40; i++) {
                queue.append(record(7, i, 30_000));
            }
            int before = queue.segments().list().size();
            assertEquals(40, sequences(one).size());
            one.released(one.index());
            assertEquals(before, queue.segments().list().size(), "the other has read nothing");
            assertEquals(40, sequences(two).size());
            two.released(two.index());
            assertEquals(1, queue.segments().list().size());
            queue.append(record(7, 41, 10));
            assertEquals(List.of(41L), sequences(one));
        }
    }

    @Test
    void whatATailerReleasedIsKnownToTheNextOfItsName() {
        try (RecordQueue queue = open()) {
            long index = queue.append(record(7, 1, 10));
            queue.append(record(7, 2, 10));
            try (RecordTailer tailer = queue.tailer("t")) {
                assertEquals(-1, tailer.released());
                tailer.released(index + 1);
            }
            try (RecordTailer tailer = queue.tailer("t")) {
                assertEquals(index + 1, tailer.released());
            }
        }
    }

    @Test
    void nothingIsDeletedThatIsKeptForAReaderWhoHasNotComeYet() {
        try (RecordQueue queue = open();
                RecordTailer other = queue.tailer("other")) {
            queue.keepFor("late");
            for (int i = 1; i <= 20; i++) {
                queue.append(record(7, i, 30_000));
            }
            assertEquals(20, sequences(other).size());
            other.released(other.index());
            try (RecordTailer late = queue.tailer("late")) {
                assertEquals(range(1, 20), sequences(late));
            }
        }
    }

    @Test
    void aFullQueueRefusesAndGoesOnWhenRoomReturns() {
        try (RecordQueue queue = RecordQueue.open(folder.resolve("inbox"), settings(60 * MIB));
                RecordTailer tailer = queue.tailer("t")) {
            long accepted = fill(queue);
            assertTrue(queue.bytesUsed() <= 60 * MIB);
            assertThrows(QueueFullException.class, () -> queue.append(record(7, 1, 1 << 19)));
            assertEquals(range(1, accepted), sequences(tailer));
            tailer.released(tailer.index());
            queue.append(record(7, accepted + 1, 1 << 19));
            assertEquals(List.of(accepted + 1), sequences(tailer));
        }
    }

    private long fill(RecordQueue queue) {
        for (long i = 1; ; i++) {
            try {
                queue.append(record(7, i, 1 << 19));
            } catch (QueueFullException e) {
                assertTrue(e.getMessage().contains("queue.maxBytes"), e.getMessage());
                return i - 1;
            }
        }
    }

    @Test
    void holesInMappedFilesDoNotCountAsDisk() throws IOException {
        try (RecordQueue queue = open()) {
            queue.append(record(7, 1, 10));
            assertTrue(queue.bytesUsed() < MIB);
            try (Stream<Path> files = Files.list(queue.directory())) {
                long longest = files.mapToLong(f -> f.toFile().length()).max().orElse(0);
                assertTrue(longest > RecordQueue.BLOCK, "the file itself is long");
            }
        }
        try (RecordQueue queue = open()) {
            assertTrue(queue.bytesUsed() < MIB);
        }
    }

    @Test
    void theFileSystemIsNeverFilledBeyondWhatIsKeptFree() {
        QueueSettings greedy = new QueueSettings(folder, 1024 * MIB, MIB, Long.MAX_VALUE / 2);
        try (RecordQueue queue = RecordQueue.open(folder.resolve("inbox"), greedy)) {
            var e = assertThrows(QueueFullException.class, () -> queue.append(record(7, 1, 10)));
            assertTrue(e.getMessage().contains("queue.keepFree"), e.getMessage());
        }
    }

    @Test
    void aSecondProcessThatWouldAppendIsTurnedAway() {
        try (RecordQueue queue = open();
                RecordQueue second = open()) {
            queue.append(record(7, 1, 10));
            var e = assertThrows(QueueException.class, () -> second.append(record(7, 2, 10)));
            assertTrue(e.getMessage().contains("queue.directory"), e.getMessage());
        }
    }

    @Test
    void networkFileSystemsAreRefusedWithTheReason() {
        for (String type : List.of("nfs4", "lustre", "fuse.sshfs", "CIFS", "9p")) {
            String line = FileSystems.refusal(folder, type).orElseThrow();
            assertTrue(line.contains(type) && line.startsWith("queue.directory"), line);
        }
        for (String type : List.of("ext4", "tmpfs", "xfs", "overlay", "btrfs", "zfs")) {
            assertTrue(FileSystems.refusal(folder, type).isEmpty(), type);
        }
        assertFalse(FileSystems.accept(folder).isEmpty());
    }

    /** What a bare chroot falls back to, where the table of mounts has no entry for its root. */
    @Test
    void theKernelIsAskedWhereTheTableOfMountsDoesNotKnowTheFolder() {
        assertEquals("tmpfs", FileSystems.said(Path.of("/dev/shm")).orElseThrow());
        assertEquals("proc", FileSystems.said(Path.of("/proc")).orElseThrow());
        assertTrue(FileSystems.said(folder.resolve("nowhere")).isEmpty());
    }

    @Test
    void aRecordIsTheSameInPagesThatWereMadeReady() {
        try (RecordQueue queue =
                        RecordQueue.open(
                                folder.resolve("inbox"),
                                new QueueSettings(folder, 256 * MIB, 4 * MIB, 0, 2 * MIB));
                RecordTailer tailer = queue.tailer("t")) {
            for (int i = 1; i <= 30; i++) {
                queue.append(record(7, i, 100_000));
                long before = queue.bytesUsed();
                while (queue.makeReady() > 0) {
                    continue;
                }
                assertEquals(before, queue.bytesUsed());
            }
            assertEquals(range(1, 30), sequences(tailer));
        }
    }

    /**
     * A page fault of a mapped file may bring in as much as the device's readahead covers, MiB on
     * some, and clear it all while a record waits.
     */
    @Test
    void onlyThePagesThatWereAskedForAreMade() throws Exception {
        try (RecordQueue queue =
                RecordQueue.open(
                        folder.resolve("inbox"),
                        new QueueSettings(folder, 1024 * MIB, 128 * MIB, 0, 32 * MIB))) {
            queue.append(record(7, 1, 10));
            Path segment = queue.segments().list().get(0);
            long atFirst = inMemory(segment);
            long asked = queue.bytesUsed() + QueueSettings.SEGMENT_OVERHEAD;
            for (long made = queue.makeReady(); made > 0; made = queue.makeReady()) {
                asked += made;
                long there = inMemory(segment);
                assertTrue(there <= Math.max(atFirst, asked), there + " bytes, not " + asked);
            }
            assertTrue(asked > 32 * MIB, "pages were made ready");
        }
    }

    /** Bytes of a file that the kernel holds in memory, as util-linux tells them. */
    private static long inMemory(Path file) throws Exception {
        Process fincore =
                new ProcessBuilder("fincore", "-n", "-b", "-o", "RES", file.toString()).start();
        String said = new String(fincore.getInputStream().readAllBytes(), UTF_8).strip();
        assertEquals(0, fincore.waitFor(), said);
        return Long.parseLong(said);
    }

    @Test
    void aProcessKilledInTheMiddleOfAnAppendLosesOnlyThat() throws Exception {
        assertEquals(9, TornAppend.inItsOwnProcess(folder.resolve("inbox"), 5));
        try (RecordQueue queue = open();
                RecordTailer tailer = queue.tailer("t")) {
            for (int i = 6; i <= 20; i++) {
                queue.append(record(7, i, 10));
                assertEquals(range(i == 6 ? 1 : i, i), sequences(tailer));
            }
            assertNotNull(queue.lastDrained().orElseThrow());
        }
    }
}
