package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.message.RecordWriter;
import org.plateau.queue.QueueSettings;
import org.plateau.queue.RecordQueue;
import org.plateau.queue.RecordTailer;

/** The way between two nodes beside raw Open MPI and one append; prints the ratio. */
@Tag("coupler")
@Tag("long")
@Timeout(300)
class ThroughputTest {
    private static final int RECORD = 2 << 20;
    private static final int RECORDS = 250;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    @Test
    void aQueueOfRecordsCrossesFromNodeToNode() throws Exception {
        try (Scenario scenario = Scenario.on(work, 2)) {
            CouplerStep step = scenario.step();
            List<String> raw = List.of(RawSend.class.getName(), "" + RECORDS * 2);
            assertEquals(0, step.run("raw", raw));
            double sent = number(Files.readString(work.resolve("raw.log")));
            double appended = fill(scenario.nodes().disk(2));
            scenario.makeSession(1);
            scenario.makeSession(2);
            scenario.startCoupler();
            double crossed = watchInbox(scenario.nodes().disk(1));
            scenario.announceEnd();
            step.awaitEnd();
            System.out.printf(
                    "raw Open MPI %.2f GB/s, append alone %.2f GB/s, queue to queue over MPI %.2f"
                            + " GB/s, ratio to the slower %.2f%n",
                    sent * 1e-9,
                    appended * 1e-9,
                    crossed * 1e-9,
                    crossed / Math.min(sent, appended));
        }
    }

    private static double number(String log) {
        return log.lines()
                .filter(line -> line.startsWith("raw "))
                .mapToDouble(line -> Double.parseDouble(line.substring(4)))
                .findFirst()
                .orElseThrow();
    }

    /** Fills the queue of a node whose coupler does not run yet; bytes per second. */
    private static double fill(Path disk) {
        ByteBuffer record =
                new RecordWriter()
                        .data(5, 1)
                        .slab(new long[] {0}, new long[] {RECORD / 4})
                        .payload(new float[RECORD / 4])
                        .build();
        try (RecordQueue queue = RecordQueue.open(disk.resolve("node"), QueueSettings.in(disk))) {
            queue.keepFor(RecordQueue.RELAY);
            queue.append(record);
            long start = System.nanoTime();
            for (int i = 1; i < RECORDS; i++) {
                queue.append(record.putLong(24, 1 + i));
            }
            return rate(start);
        }
    }

    /** Time from the first record in the inbox to the last; bytes per second. */
    private static double watchInbox(Path disk) throws Exception {
        try (RecordQueue inbox = RecordQueue.open(disk.resolve("inbox"), QueueSettings.in(disk));
                RecordTailer tailer = inbox.tailer(RecordQueue.CLASSIFIER)) {
            Scenario.eventually("the first record", () -> tailer.poll() != null);
            long start = System.nanoTime();
            int n = 1;
            while (n < RECORDS) {
                if (tailer.poll() == null) {
                    Thread.sleep(1);
                } else {
                    n++;
                }
            }
            return rate(start);
        }
    }

    private static double rate(long start) {
        return (RECORDS - 1.0) * RECORD / ((System.nanoTime() - start) * 1e-9);
    }
}
