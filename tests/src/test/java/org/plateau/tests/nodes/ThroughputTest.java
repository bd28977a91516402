package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.message.RecordKind;
import org.plateau.message.RecordView;
import org.plateau.message.RecordWriter;
import org.plateau.queue.QueueSettings;
import org.plateau.queue.RecordQueue;
import org.plateau.queue.RecordTailer;

/**
 * The whole way, from a ring on one node to the inbox on another, beside its stages alone: Open MPI
 * from Java, and appends to a queue. Prints what it measures.
 *
 * <p>Alone, a stage gets the cores that the rest of the way leaves it. The way has three stages
 * that copy, of which each keeps a core busy: ring to queue, queue to queue over MPI, and into the
 * inbox. So with two cores each stage alone has one, and raw Open MPI one for both its ends; the
 * figures with all cores are printed beside it.
 */
@Tag("coupler")
@Tag("long")
@Timeout(300)
class ThroughputTest {
    private static final int RECORD = 2 << 20;
    private static final int RECORDS = 200;
    private static final int ROUNDS = 7;

    /** A run lasts for days: what is compiled while the first records go does not count. */
    private static final int WARM_UP = 2;

    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    /**
     * In rounds, each of which measures all three, so that what else runs here hits all of them.
     */
    @Test
    void theWholeWayKeepsUpWithItsSlowestStage() throws Exception {
        try (Scenario scenario = Scenario.on(work, 2, "12g", "keepFree: 0 B\n  maxBytes: 8 GiB")) {
            CouplerStep step = scenario.step();
            scenario.makeSession(1);
            scenario.makeSession(2, Duration.ofMinutes(1));
            scenario.startCoupler();
            step.awaitRank(1);
            step.awaitRank(2);
            double[][] rates = new double[4][ROUNDS];
            Map<String, Long> busy = new TreeMap<>();
            try (RecordQueue inbox = inbox(scenario.nodes().disk(1));
                    RecordTailer tailer = inbox.tailer(RecordQueue.CLASSIFIER)) {
                for (int round = 0; round < ROUNDS; round++) {
                    rates[0][round] = raw(step, "0", round);
                    rates[3][round] = raw(step, "0-" + (CORES - 1), round);
                    rates[1][round] = append(scenario.nodes().disk(2), round);
                    Map<String, Long> before = stages(step);
                    scenario.burst(2, RECORDS, RECORD, 0, 1);
                    rates[2][round] = watch(tailer);
                    scenario.awaitWriters();
                    tell(round, rates);
                    if (round >= WARM_UP) {
                        stages(step).forEach((s, t) -> busy.merge(s, t - before.get(s), Long::sum));
                    }
                }
                tellMedian(rates);
                tellStages(busy, rates);
            }
            scenario.announceEnd();
            step.awaitEnd();
        }
    }

    private static void tell(int round, double[][] rates) {
        double slower = Math.min(rates[0][round], rates[1][round]);
        System.out.printf(
                "raw Open MPI on one core %.2f GB/s (on all %.2f), append alone %.2f GB/s, ring to"
                        + " queue over MPI to queue %.2f GB/s, ratio to the slower %.2f%n",
                rates[0][round] * 1e-9,
                rates[3][round] * 1e-9,
                rates[1][round] * 1e-9,
                rates[2][round] * 1e-9,
                rates[2][round] / slower);
    }

    private static void tellMedian(double[][] rates) {
        double[] ratios =
                IntStream.range(WARM_UP, ROUNDS)
                        .mapToDouble(i -> rates[2][i] / Math.min(rates[0][i], rates[1][i]))
                        .sorted()
                        .toArray();
        System.out.printf(
                "median of the ratios after %d rounds of warming up %.2f (%.2f to %.2f)%n",
                WARM_UP, ratios[ratios.length / 2], ratios[0], ratios[ratios.length - 1]);
    }

    /** Nanoseconds of processor time that each stage's thread has taken so far. */
    private static Map<String, Long> stages(CouplerStep step) throws Exception {
        return Map.of(
                "ring to queue", step.processorTime(2, "drain"),
                "queue to MPI", step.processorTime(2, "java"),
                "MPI to inbox", step.processorTime(1, "java"));
    }

    /** What the way would carry where every stage has a core: as much as its slowest. */
    private static void tellStages(Map<String, Long> busy, double[][] rates) {
        double bytes = (double) (ROUNDS - WARM_UP) * RECORDS * RECORD;
        double slower =
                IntStream.range(WARM_UP, ROUNDS)
                        .mapToDouble(i -> Math.min(rates[0][i], rates[1][i]))
                        .sorted()
                        .toArray()[(ROUNDS - WARM_UP) / 2];
        busy.forEach(
                (stage, time) ->
                        System.out.printf(
                                "%s: %.2f GB/s of its thread's processor time, ratio to the slower"
                                        + " %.2f%n",
                                stage, bytes / time, bytes / (time * 1e-9) / slower));
    }

    private static RecordQueue inbox(Path disk) {
        return RecordQueue.open(disk.resolve("inbox"), QueueSettings.in(disk));
    }

    private double raw(CouplerStep step, String cores, int round) throws Exception {
        List<String> program = List.of(RawSend.class.getName(), "" + 2 * RECORDS);
        String name = "raw" + round + "-" + cores;
        assertEquals(0, step.run(name, cores, program));
        return Files.readString(work.resolve(name + ".log"))
                .lines()
                .filter(line -> line.startsWith("raw "))
                .mapToDouble(line -> Double.parseDouble(line.substring(4)))
                .findFirst()
                .orElseThrow();
    }

    /** Bytes per second into a queue of its own. */
    private static double append(Path disk, int round) {
        ByteBuffer record =
                new RecordWriter()
                        .data(5, 1)
                        .slab(new long[] {0}, new long[] {RECORD / 4})
                        .payload(new float[RECORD / 4])
                        .build();
        Path alone = disk.resolve("alone" + round);
        try (RecordQueue queue = RecordQueue.open(alone.resolve("q"), QueueSettings.in(alone))) {
            queue.append(record);
            long start = System.nanoTime();
            for (int i = 1; i < RECORDS; i++) {
                queue.append(record.putLong(24, 1 + i));
            }
            return rate(start);
        }
    }

    /** Time from the first record in the inbox to the last; bytes per second. */
    private static double watch(RecordTailer tailer) throws Exception {
        RecordView view = new RecordView();
        Scenario.eventually("the first record", () -> next(tailer, view));
        long start = System.nanoTime();
        int n = 1;
        while (n < RECORDS) {
            if (next(tailer, view)) {
                n++;
            } else {
                Thread.sleep(1);
            }
        }
        return rate(start);
    }

    private static boolean next(RecordTailer tailer, RecordView view) {
        ByteBuffer record = tailer.poll();
        if (record != null) {
            tailer.released(tailer.index());
        }
        return record != null && view.on(record).kind() == RecordKind.DATA;
    }

    private static double rate(long start) {
        return (RECORDS - 1.0) * RECORD / ((System.nanoTime() - start) * 1e-9);
    }
}
