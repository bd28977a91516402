package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
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

/** How long a record takes from the write to whoever reads the queue; prints what it measures. */
@Tag("coupler")
@Tag("long")
@ExtendWith(Workplace.class)
class LatencyTest {
    private static final int RECORDS = 1500;

    /** Records until the virtual machines have compiled what they run. */
    private static final int WARM = 500;

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void everyRecordIsInTheQueueSoonAfterItsWrite(Path work) throws Exception {
        Path session = work.resolve("session");
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
        Process burst =
                Program.in(
                                work,
                                work.resolve("burstwriter").toString(),
                                session.toString(),
                                "" + RECORDS,
                                "100000",
                                "10000")
                        .start();
        double[] millis = latencies(queue);
        assertEquals(0, burst.waitFor());
        Files.writeString(session.resolve("finish"), "");
        coupler.await(running, LIMIT).succeeded();
        tell("the first", Arrays.copyOfRange(millis, 0, WARM));
        tell("later", Arrays.copyOfRange(millis, WARM, RECORDS));
    }

    private static void tell(String which, double[] millis) {
        Arrays.sort(millis);
        System.out.printf(
                "from the write to the queue's reader, %s %d records of 100 kB: median %.2f ms,"
                        + " p99 %.2f ms, longest %.2f ms%n",
                which,
                millis.length,
                millis[millis.length / 2],
                millis[millis.length * 99 / 100],
                millis[millis.length - 1]);
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

    private static double[] latencies(Path directory) throws Exception {
        QueueSettings settings = QueueSettings.in(directory);
        RecordView view = new RecordView();
        double[] millis = new double[RECORDS];
        try (RecordQueue inbox = RecordQueue.open(settings.inbox(), settings);
                RecordTailer tailer = inbox.tailer(RecordQueue.CLASSIFIER)) {
            for (int n = 0; n < RECORDS; ) {
                ByteBuffer record = tailer.poll();
                if (record == null) {
                    Thread.sleep(0, 200_000);
                } else if (view.on(record).kind() == RecordKind.DATA) {
                    long now = ChronoUnit.NANOS.between(Instant.EPOCH, Instant.now());
                    millis[n++] = (now - view.written()) * 1e-6;
                }
            }
        }
        return millis;
    }
}
