package org.plateau.tests.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
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
 * <p>There are two measures. The strict one is the slower of the two stages alone with all cores of
 * the machine. The mild one gives each of them alone only the cores that the rest of the way leaves
 * it: those that the other stages do not take, where a core that they take a part of is taken, by
 * the processor time that they took in the same round; and one at least. With two cores that is one
 * core for the two ranks of raw Open MPI, and one for the append.
 *
 * <p>The way is measured twice: in a long burst, most of which goes into segments that have been
 * used before, and in a short one, for which there are pages made ready ({@code queue.ready}). The
 * queue that is appended to alone is in the same state: what it holds is released at once, and it
 * has been through some segments before.
 */
@Tag("coupler")
@Tag("long")
@Timeout(400)
class ThroughputTest {
    private static final int RECORD = 2 << 20;
    private static final int RECORDS = 200;
    private static final int SHORT = 24;
    private static final int ROUNDS = 7;
    private static final int SEQUENCE_AT = 24;

    /** Nanoseconds of what the kernel counts processor time in. */
    private static final long TICK = 10_000_000;

    /** A run lasts for days: what is compiled while the first records go does not count. */
    private static final int WARM_UP = 2;

    private static final String WRITER = "writer to ring";
    private static final String DRAIN = "ring to queue";
    private static final String RELAY = "queue to MPI";
    private static final String SINK = "MPI to inbox";
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path work;

    private int measured;

    /** Bytes per second, and the cores that stages alone had. */
    private record Round(
            double whole,
            double burst,
            double rawOnAll,
            double appendOnAll,
            int coresForRaw,
            double raw,
            int coresForAppend,
            double append) {

        double strict(double rate) {
            return rate / Math.min(rawOnAll, appendOnAll);
        }

        double mild(double rate) {
            return rate / Math.min(raw, append);
        }

        @Override
        public String toString() {
            return String.format(
                    "the whole way %.2f GB/s, a burst of %d MB %.2f GB/s; with all %d cores raw Open"
                            + " MPI %.2f, append %.2f: ratios %.2f and %.2f; with the cores left"
                            + " raw Open MPI on %d %.2f, append on %d %.2f: ratios %.2f and %.2f",
                    whole * 1e-9,
                    SHORT * RECORD / 1_000_000,
                    burst * 1e-9,
                    CORES,
                    rawOnAll * 1e-9,
                    appendOnAll * 1e-9,
                    strict(whole),
                    strict(burst),
                    coresForRaw,
                    raw * 1e-9,
                    coresForAppend,
                    append * 1e-9,
                    mild(whole),
                    mild(burst));
        }
    }

    /** In rounds, each of which measures all, so that what else runs here hits all of them. */
    @Test
    void theWholeWayKeepsUpWithItsSlowestStage() throws Exception {
        try (Scenario scenario = Scenario.on(work, 2, "12g", "keepFree: 0 B\n  maxBytes: 8 GiB")) {
            CouplerStep step = scenario.step();
            scenario.makeSession(1);
            scenario.makeSession(2, Duration.ofMinutes(1));
            scenario.startCoupler();
            step.awaitRank(1);
            step.awaitRank(2);
            List<Round> rounds = new ArrayList<>();
            Map<String, Long> busy = new TreeMap<>();
            try (RecordQueue inbox = inbox(scenario.nodes().disk(1));
                    RecordTailer tailer = inbox.tailer(RecordQueue.CLASSIFIER)) {
                for (int i = 0; i < ROUNDS; i++) {
                    rounds.add(round(scenario, tailer, i, busy));
                    System.out.println(rounds.get(i));
                }
            }
            List<Round> counted = rounds.subList(WARM_UP, ROUNDS);
            System.out.printf(
                    "medians after %d rounds of warming up; the append alone is into files used"
                            + " again, as most of the way is:%n",
                    WARM_UP);
            tell("the whole way, rate in GB/s", counted, r -> r.whole * 1e-9);
            tell("strict: by the slower stage with all cores", counted, r -> r.strict(r.whole));
            tell("mild: by the slower with the cores left", counted, r -> r.mild(r.whole));
            tell("a burst into ready pages, rate in GB/s", counted, r -> r.burst * 1e-9);
            tell("the burst, strict", counted, r -> r.strict(r.burst));
            tell("the burst, mild", counted, r -> r.mild(r.burst));
            tellStages(busy);
            scenario.announceEnd();
            step.awaitEnd();
        }
    }

    private Round round(Scenario scenario, RecordTailer tailer, int i, Map<String, Long> busy)
            throws Exception {
        CouplerStep step = scenario.step();
        Path disk = scenario.nodes().disk(2);
        scenario.burst(2, SHORT, RECORD, 0, 1);
        double burst = watch(tailer, SHORT);
        scenario.awaitWriters();
        scenario.burst(2, RECORDS, RECORD, 0, 1);
        Map<String, Long> before = stages(step);
        double whole = watch(tailer, RECORDS);
        scenario.awaitWriters();
        double seconds = RECORDS * (double) RECORD / whole;
        Map<String, Long> taken = new TreeMap<>();
        stages(step).forEach((stage, time) -> taken.put(stage, time - before.get(stage)));
        if (i >= WARM_UP) {
            taken.forEach((stage, time) -> busy.merge(stage, time, Long::sum));
        }
        int forRaw = left(seconds, taken.get(WRITER) + taken.get(DRAIN));
        int forAppend = left(seconds, taken.get(WRITER) + taken.get(RELAY) + taken.get(SINK));
        return new Round(
                whole,
                burst,
                raw(step, CORES),
                append(disk, CORES),
                forRaw,
                raw(step, forRaw),
                forAppend,
                append(disk, forAppend));
    }

    /** Nanoseconds of processor time that each stage's thread has taken so far. */
    private static Map<String, Long> stages(CouplerStep step) throws Exception {
        return Map.of(
                WRITER, processorTimeOfThoseThatHaveEnded(),
                DRAIN, step.processorTime(2, "drain"),
                RELAY, step.processorTime(2, "java"),
                SINK, step.processorTime(1, "java"));
    }

    /** Nanoseconds that the processes have taken that this one has started and seen the end of. */
    private static long processorTimeOfThoseThatHaveEnded() throws IOException {
        String line = Files.readString(Path.of("/proc/self/stat"));
        String[] behindName = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(behindName[13]) + Long.parseLong(behindName[14])) * TICK;
    }

    /** Whole cores that stages leave which take that much processor time, one at least. */
    private static int left(double seconds, long others) {
        return Math.max(1, CORES - (int) Math.ceil(others * 1e-9 / seconds));
    }

    private static void tell(String what, List<Round> rounds, ToDoubleFunction<Round> value) {
        double[] all = rounds.stream().mapToDouble(value).sorted().toArray();
        System.out.printf(
                "%s: %.2f (%.2f to %.2f)%n",
                what, all[all.length / 2], all[0], all[all.length - 1]);
    }

    /** What the way would carry where every stage has a core: as much as its slowest. */
    private static void tellStages(Map<String, Long> busy) {
        double bytes = (double) (ROUNDS - WARM_UP) * RECORDS * RECORD;
        busy.forEach(
                (stage, time) ->
                        System.out.printf(
                                "%s: %.2f GB/s of its thread's processor time%n",
                                stage, bytes / time));
    }

    private static RecordQueue inbox(Path disk) {
        return RecordQueue.open(disk.resolve("inbox"), QueueSettings.in(disk));
    }

    private double raw(CouplerStep step, int cores) throws Exception {
        List<String> program = List.of(RawSend.class.getName(), "" + 2 * RECORDS);
        String name = "raw" + measured++;
        assertEquals(0, step.run(name, first(cores), program));
        return Files.readString(work.resolve(name + ".log"))
                .lines()
                .filter(line -> line.startsWith("raw "))
                .mapToDouble(line -> Double.parseDouble(line.substring(4)))
                .findFirst()
                .orElseThrow();
    }

    private static String first(int cores) {
        return "0-" + (cores - 1);
    }

    /** The same with this process, which does nothing else, on so many cores. */
    private double append(Path disk, int cores) throws Exception {
        onCores(cores);
        try {
            return append(disk.resolve("alone" + measured++));
        } finally {
            onCores(CORES);
        }
    }

    private static void onCores(int cores) throws Exception {
        String pid = Long.toString(ProcessHandle.current().pid());
        Process taskset =
                new ProcessBuilder("taskset", "-a", "-c", "-p", first(cores), pid)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        assertEquals(0, taskset.waitFor(), "taskset");
    }

    /** Bytes per second into a queue of its own, into files that are used again. */
    private static double append(Path alone) {
        ByteBuffer record =
                new RecordWriter()
                        .data(5, 1)
                        .slab(new long[] {0}, new long[] {RECORD / 4})
                        .payload(new float[RECORD / 4])
                        .build();
        try (RecordQueue queue = RecordQueue.open(alone.resolve("q"), QueueSettings.in(alone));
                RecordTailer tailer = queue.tailer("alone")) {
            appendAndRelease(queue, tailer, record, RECORDS);
            long start = System.nanoTime();
            appendAndRelease(queue, tailer, record, RECORDS - 1);
            return rate(RECORDS, start);
        }
    }

    private static void appendAndRelease(
            RecordQueue queue, RecordTailer tailer, ByteBuffer record, int records) {
        for (int i = 0; i < records; i++) {
            queue.append(record.putLong(SEQUENCE_AT, record.getLong(SEQUENCE_AT) + 1));
            tailer.poll();
            tailer.released(tailer.index());
        }
    }

    /** Time from the first record in the inbox to the last; bytes per second. */
    private static double watch(RecordTailer tailer, int records) throws Exception {
        RecordView view = new RecordView();
        long start = 0;
        int n = 0;
        while (n < records) {
            if (!next(tailer, view)) {
                Thread.sleep(1);
            } else if (++n == 1) {
                start = System.nanoTime();
            }
        }
        return rate(records, start);
    }

    private static boolean next(RecordTailer tailer, RecordView view) {
        ByteBuffer record = tailer.poll();
        if (record != null) {
            tailer.released(tailer.index());
        }
        return record != null && view.on(record).kind() == RecordKind.DATA;
    }

    private static double rate(int records, long start) {
        return (records - 1.0) * RECORD / ((System.nanoTime() - start) * 1e-9);
    }
}
