package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.bridge.HookSettings;
import org.plateau.bridge.Session;
import org.plateau.message.RecordKind;
import org.plateau.message.RecordView;
import org.plateau.queue.QueueSettings;
import org.plateau.queue.RecordQueue;
import org.plateau.queue.RecordTailer;

/**
 * How long a record takes from the write to whoever reads the queue; prints what it measures.
 *
 * <p>The reader is there before the writer: what its own virtual machine takes to open a queue,
 * some hundreds of milliseconds, is no part of a record's way.
 */
@Tag("coupler")
@Tag("long")
@ExtendWith(Workplace.class)
class LatencyTest {
    private static final int RECORDS = 1500;

    /** Records until the virtual machines have compiled what they run. */
    private static final int WARM = 500;

    /** What the reader waits between two looks, nanoseconds; a part of what is measured. */
    private static final long NAP = 100_000;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /**
     * What the drain sleeps at most if nobody wakes it, {@code coupler.lookEvery}, milliseconds: a
     * record that waits for that was not heard.
     */
    private static final double UNHEARD = 250;

    /**
     * The way of some records in a row.
     *
     * @param written when each was written, ms since the first of all
     * @param taken from then until it was read, ms
     */
    private record Latencies(double[] written, double[] taken) {
        Latencies part(int from, int until) {
            return new Latencies(
                    Arrays.copyOfRange(written, from, until),
                    Arrays.copyOfRange(taken, from, until));
        }

        /** That many percent took no longer, ms. */
        double within(int percent) {
            double[] sorted = taken.clone();
            Arrays.sort(sorted);
            return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
        }

        int longest() {
            int longest = 0;
            for (int i = 1; i < taken.length; i++) {
                longest = taken[i] > taken[longest] ? i : longest;
            }
            return longest;
        }
    }

    @Test
    void everyRecordIsInTheQueueSoonAfterItsWrite(Path work) throws Exception {
        // In memory, where sessions are: rings on a disk wait for it now and then.
        Path session =
                Files.createTempDirectory(Path.of("/dev/shm"), "plateau-test-latency-")
                        .resolve("session");
        try {
            measure(work, session);
        } finally {
            Workplace.remove(session.getParent());
        }
    }

    private static void measure(Path work, Path session) throws Exception {
        Session.create(session, HookSettings.defaults()).close();
        Path queue = work.resolve("queue");
        Files.writeString(
                work.resolve("plateau.yaml"),
                "run: {directory: " + work + "/run}\nqueue: {directory: " + queue + "}\n");
        Program coupler =
                Program.in(
                        work,
                        "plateau",
                        "coupler",
                        "--settings",
                        "plateau.yaml",
                        "--session",
                        session.toString());
        Process running = coupler.start();
        Eventually.holds("a coupler", LIMIT, () -> Files.exists(session.resolve("rank.pid")));
        Program.in(work, writer(work)).run(LIMIT).succeeded();
        Program burst =
                Program.in(
                        work,
                        work.resolve("burstwriter").toString(),
                        session.toString(),
                        "" + RECORDS,
                        "100000",
                        "10000");
        Latencies all = latencies(queue, burst);
        Files.writeString(session.resolve("finish"), "");
        coupler.await(running, LIMIT).succeeded();
        tell("the first", all, 0, WARM);
        tell("later", all, WARM, RECORDS);
    }

    private static void tell(String which, Latencies all, int from, int until) {
        Latencies part = all.part(from, until);
        int longest = part.longest();
        System.out.printf(
                "from the write to the queue's reader, %s %d records of 100 kB: median %.2f ms,"
                        + " p99 %.2f ms, longest %.2f ms (record %d, written %.0f ms after the"
                        + " first)%n",
                which,
                until - from,
                part.within(50),
                part.within(99),
                part.taken()[longest],
                from + longest + 1,
                part.written()[longest]);
        assertTrue(
                part.within(50) < UNHEARD / 2,
                "the drain does not hear its writer: half of the records took more than "
                        + part.within(50)
                        + " ms");
    }

    private static List<String> writer(Path work) {
        Path home = Workplace.home();
        return List.of(
                "cc",
                "-O2",
                "-o",
                work.resolve("burstwriter").toString(),
                "-I" + home.resolve("native/ring"),
                home.resolve("tests/nodes/burstwriter.c").toString(),
                home.resolve("native/build/lib/libplateau_ring.a").toString(),
                "-lpthread");
    }

    private static Latencies latencies(Path directory, Program burst) throws Exception {
        QueueSettings settings = QueueSettings.in(directory);
        RecordView view = new RecordView();
        long[] written = new long[RECORDS];
        double[] taken = new double[RECORDS];
        try (RecordQueue inbox = RecordQueue.open(settings.inbox(), settings);
                RecordTailer tailer = inbox.tailer(RecordQueue.CLASSIFIER)) {
            assertNull(tailer.poll(), "nobody writes yet");
            Process writing = burst.start();
            for (int n = 0; n < RECORDS; ) {
                ByteBuffer record = tailer.poll();
                if (record == null) {
                    LockSupport.parkNanos(NAP);
                } else if (view.on(record).kind() == RecordKind.DATA) {
                    long now = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
                    written[n] = view.written();
                    taken[n++] = (now - view.written()) * 1e-6;
                }
            }
            burst.await(writing, LIMIT).succeeded();
        }
        long first = written[0];
        return new Latencies(
                Arrays.stream(written).mapToDouble(at -> (at - first) * 1e-6).toArray(), taken);
    }
}
