package org.plateau.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consumed segments in memory are used again, and nothing else can tell. */
class SparesTest {
    private static final long MIB = 1 << 20;
    private static final long MOST = 18 * MIB;

    @TempDir(factory = InMemory.class)
    Path folder;

    private final RecordStream stream = new RecordStream();

    private Path directory() {
        return folder.resolve("inbox");
    }

    private RecordQueue open() {
        return RecordQueue.open(directory(), AppendingProcess.settings(folder));
    }

    private static void append(RecordQueue queue, RecordStream stream, long from, long to) {
        for (long i = from; i <= to; i++) {
            queue.append(stream.record(i));
        }
    }

    private void read(RecordTailer tailer, long from, long to) {
        for (long i = from; i <= to; i++) {
            stream.check(i, tailer.poll());
        }
        assertNull(tailer.poll());
        tailer.released(tailer.index());
    }

    private static Object inode(Path file) {
        try {
            return Files.getAttribute(file, "unix:ino");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** With holes, and data in front of, between and behind them. */
    private static void fill(Path file, Random random) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(32 * MIB);
            for (int i = 0; i < 20; i++) {
                byte[] some = new byte[1 + random.nextInt(100_000)];
                random.nextBytes(some);
                out.seek(random.nextInt((int) MOST - some.length));
                out.write(some);
            }
        }
    }

    private static void clearAll(Spares spares) {
        while (spares.rest()) {
            continue;
        }
    }

    @Test
    void aRecordWaitsForNoSpareToBeClearedWhereThereIsTime() throws Exception {
        Files.createDirectory(directory());
        Segments segments = new Segments(directory(), 4, new Holds());
        try (Spares spares = new Spares(segments, MOST, true, () -> 0)) {
            fill(segments.spare(0), new Random(4));
            assertTrue(spares.rest(), "a part is made zeros");
            spares.begin(1);
            assertFalse(Files.exists(segments.file(1)), "Chronicle makes a new one");
            clearAll(spares);
            spares.begin(2);
            assertTrue(Files.exists(segments.file(2)), "cleared meanwhile");
        }
    }

    @Test
    void aSegmentThatIsUsedAgainIsTheSameAsANewFile() throws Exception {
        Random random = new Random(1);
        Files.createDirectory(directory());
        Segments segments = new Segments(directory(), 4, new Holds());
        Path fresh = folder.resolve("fresh");
        try (RandomAccessFile out = new RandomAccessFile(fresh.toFile(), "rw")) {
            out.setLength(32 * MIB);
        }
        try (Spares spares = new Spares(segments, MOST, true, () -> 0)) {
            fill(segments.file(0), random);
            Object first = inode(segments.file(0));
            for (int i = 0; i < 6; i++) {
                fill(segments.file(i), random);
                Files.createFile(segments.file(i + 1));
                segments.release("t", Segments.CYCLE.toIndex(i + 1, 0));
                assertTrue(segments.deleteReleased());
                assertEquals(1, segments.listSpares().size());
                if (i % 2 == 0) {
                    clearAll(spares);
                }
                Files.delete(segments.file(i + 1));
                spares.begin(i + 1);
                assertEquals(first, inode(segments.file(i + 1)));
                assertEquals(-1, Files.mismatch(fresh, segments.file(i + 1)));
                assertTrue(spares.there() > 0);
            }
        }
    }

    @Test
    void recordsOfAnySizeComeBackExactlyAlsoToOneWhoLagsFarBehind() {
        Random random = new Random(2);
        Map<Object, Integer> files = new HashMap<>();
        int again = 0;
        try (RecordQueue queue = open();
                RecordQueue other = open();
                RecordTailer near = queue.tailer("near");
                RecordTailer far = other.tailer("far")) {
            long appended = 0;
            long readFar = 0;
            for (int i = 0; i < 60; i++) {
                long until = appended + 1 + random.nextInt(12);
                append(queue, stream, appended + 1, until);
                read(near, appended + 1, until);
                appended = until;
                var last = queue.segments().list().lastEntry();
                Integer before = files.put(inode(last.getValue()), last.getKey());
                again += before != null && !before.equals(last.getKey()) ? 1 : 0;
                if (random.nextInt(4) == 0) {
                    read(far, readFar + 1, appended);
                    readFar = appended;
                }
                for (int rest = random.nextInt(3); rest > 0; rest--) {
                    queue.makeReady();
                }
            }
            read(far, readFar + 1, appended);
            assertTrue(again > 10, again + " files were seen to be used again");
        }
    }

    @Test
    void aHeldRecordStaysAsItIsAfterItsSegmentWasReleased() {
        try (RecordQueue queue = open();
                RecordTailer tailer = queue.tailer("t");
                HeldRecord held = new HeldRecord()) {
            append(queue, stream, 1, 10);
            stream.check(1, tailer.poll());
            assertTrue(tailer.hold(held));
            read(tailer, 2, 10);
            for (int i = 11; i < 60; i += 10) {
                append(queue, stream, i, i + 9);
                read(tailer, i, i + 9);
            }
            ByteBuffer record = held.bytes().position(HeldRecord.ENVELOPE);
            stream.check(1, record.slice().order(record.order()));
        }
    }

    @Test
    void sparesAreFewAndTakeNothingFromWhatAQueueHolds() {
        QueueSettings tight = new QueueSettings(folder, 60 * MIB, MIB, 0);
        try (RecordQueue queue = RecordQueue.open(directory(), tight);
                RecordTailer tailer = queue.tailer("t")) {
            long accepted = fill(queue, 0);
            read(tailer, 1, accepted);
            assertEquals(4, queue.segments().listSpares().size());
            assertTrue(queue.bytesUsed() <= 60 * MIB);
            long again = fill(queue, 0);
            assertEquals(accepted, again, 1, "as many as without spares");
            assertEquals(0, queue.segments().listSpares().size());
            assertTrue(queue.bytesUsed() <= 60 * MIB);
        }
    }

    /** Records of 1.2 MB until there is no room. */
    private long fill(RecordQueue queue, long before) {
        for (long i = before + 1; ; i++) {
            try {
                queue.append(stream.record(i));
            } catch (QueueFullException e) {
                return i - 1;
            }
        }
    }

    @Test
    void sparesGoWhereMemoryIsShort() {
        QueueSettings greedy = new QueueSettings(folder, 256 * MIB, MIB, 0, Long.MAX_VALUE >> 5);
        try (RecordQueue queue = RecordQueue.open(directory(), greedy);
                RecordTailer tailer = queue.tailer("t")) {
            append(queue, stream, 1, 20);
            read(tailer, 1, 20);
            assertFalse(queue.segments().listSpares().isEmpty());
            queue.makeReady();
            assertEquals(0, queue.segments().listSpares().size());
            assertEquals(0, mapped(directory()), "pages of deleted files are given back");
        }
    }

    /** Mappings of files of a queue that have been deleted. */
    private static long mapped(Path queue) {
        try (var lines = Files.lines(Path.of("/proc/self/maps"), UTF_8)) {
            return lines.filter(l -> l.contains(queue + "/spares") && l.endsWith("(deleted)"))
                    .count();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void sparesGoWhenNoSegmentHasBegunForAWhile() throws Exception {
        Files.createDirectory(directory());
        Segments segments = new Segments(directory(), 4, new Holds());
        long[] now = {0};
        try (Spares spares = new Spares(segments, MOST, true, () -> now[0])) {
            fill(segments.spare(4), new Random(3));
            now[0] = Spares.KEPT;
            clearAll(spares);
            assertEquals(1, segments.listSpares().size());
            now[0]++;
            assertFalse(spares.rest());
            assertEquals(0, segments.listSpares().size());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thereAreNoSparesAfterTheEndNorWhereNoneAreWanted(boolean wanted) {
        QueueSettings settings = new QueueSettings(folder, 256 * MIB, MIB, 0, wanted ? MIB : 0);
        try (RecordQueue queue = RecordQueue.open(directory(), settings);
                RecordTailer tailer = queue.tailer("t")) {
            append(queue, stream, 1, 20);
            read(tailer, 1, 20);
            assertEquals(wanted, !queue.segments().listSpares().isEmpty());
        }
        assertFalse(Files.exists(directory().resolve("spares")));
    }

    @Test
    void whoeverReadsAfterTheEndDeletesAsBefore() {
        try (RecordQueue reading = open();
                RecordTailer tailer = reading.tailer("t")) {
            try (RecordQueue queue = open()) {
                append(queue, stream, 1, 20);
            }
            read(tailer, 1, 20);
            assertEquals(1, reading.segments().list().size());
            assertEquals(0, reading.segments().listSpares().size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x8000_0000})
    void aSegmentThatWasOnlyNamedByTheOneThatDiedIsBegunAnew(int header) throws Exception {
        try (RecordQueue queue = open()) {
            queue.keepFor("t");
            append(queue, stream, 1, 20);
        }
        Segments segments = new Segments(directory(), 4, new Holds());
        int last = segments.list().lastKey();
        try (RandomAccessFile out = new RandomAccessFile(segments.file(last + 1).toFile(), "rw")) {
            out.setLength(160 * MIB);
            out.writeInt(Integer.reverseBytes(header));
        }
        segments.makeSpares();
        fill(segments.spare(0), new Random(4));
        try (RecordQueue queue = open();
                RecordTailer tailer = queue.tailer("t")) {
            queue.prepare();
            assertEquals(last, segments.list().lastKey(), "Chronicle need not wait for its header");
            append(queue, stream, 21, 40);
            read(tailer, 1, 40);
        }
    }

    @Test
    void aProcessKilledAtAnyInstantLeavesWhatItAppended() throws Exception {
        Random random = new Random(5);
        for (int round = 0; round < 4; round++) {
            long before = begun();
            Process process = AppendingProcess.start(directory());
            try {
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                while (begun() < before + 20 && System.nanoTime() < deadline) {
                    assertTrue(process.isAlive(), () -> log());
                    Thread.sleep(1);
                }
                Thread.sleep(0, random.nextInt(1_000_000));
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertTrue(begun() >= before + 20, () -> log());
            goOnReading();
        }
    }

    private long begun() {
        Segments segments = new Segments(directory(), 4, new Holds());
        return Files.exists(directory()) && !segments.list().isEmpty()
                ? segments.list().lastKey()
                : 0;
    }

    private String log() {
        try {
            return Files.readString(directory().resolveSibling("appending.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** What was appended and not yet released comes in order, up to the last. */
    private void goOnReading() {
        try (RecordQueue queue = open();
                RecordTailer tailer = queue.tailer("t")) {
            long last = queue.lastDrained().orElseThrow().sequence();
            tailer.moveTo(tailer.released() + 1);
            ByteBuffer found = tailer.poll();
            long next = found == null ? last + 1 : stream.numberOf(found);
            while (found != null) {
                stream.check(next++, found);
                tailer.released(tailer.index());
                found = tailer.poll();
            }
            assertEquals(last + 1, next);
        }
    }
}
