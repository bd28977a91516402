package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.plateau.classify.Classifier;
import org.plateau.classify.ClassifierRun;
import org.plateau.classify.ClassifierSettings;
import org.plateau.classify.MemoryInbox;
import org.plateau.classify.RotatingWave;
import org.plateau.monitor.Monitor;
import org.plateau.monitor.MonitorSettings;
import org.plateau.network.Devices;
import org.plateau.settings.SettingsFile;

/**
 * The same records labelled without a monitor and with fifty viewers of one, in turns within one
 * run. The viewers, who sit elsewhere in life, are a process that gets only what nobody else wants
 * of the processors.
 *
 * <p>What they cost the labelling is taken from the run with viewers itself, as shares of what the
 * labelling took in the same seconds, which other work on the machine hardly changes: processor
 * time of the threads that read for the page and serve it (as if none of it fell into a pause of
 * the labelling), time that the labelling's threads were kept out of a lock, and the serving
 * threads' share of allocated memory in the time of the collections. The labelling's own processor
 * time and its throughput, with over without in the same pair, are printed beside.
 */
@Tag("monitor")
@Tag("long")
@ExtendWith(Workplace.class)
@Timeout(600)
class FiftyViewersTest {
    private static final int VIEWERS = 50;
    private static final int OUTPUTS = 6000;
    private static final int LEVELS = 20;
    private static final int PAIRS = 3;
    private static final double MOST = 0.02;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * What labelling all records took, s, and B.
     *
     * @param wall by the clock
     * @param own processor time of all threads but the server's
     * @param server processor time of the server's threads
     * @param blocked time in which threads other than the server's waited for a lock
     * @param collecting time of collections
     * @param allocated by all threads
     * @param serverAllocated by the server's threads
     */
    private record Cost(
            double wall,
            double own,
            double server,
            double blocked,
            double collecting,
            double allocated,
            double serverAllocated) {

        /** So far. */
        static Cost now() {
            double server = 0;
            double blocked = 0;
            double allocated = 0;
            double serverAllocated = 0;
            for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
                if (thread == null) {
                    continue;
                }
                long id = thread.getThreadId();
                double bytes = Math.max(0, THREADS.getThreadAllocatedBytes(id));
                allocated += bytes;
                if (thread.getThreadName().startsWith("monitor")) {
                    server += Math.max(0, THREADS.getThreadCpuTime(id)) * 1e-9;
                    serverAllocated += bytes;
                } else {
                    blocked += Math.max(0, thread.getBlockedTime()) * 1e-3;
                }
            }
            double all =
                    ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                                    .getProcessCpuTime()
                            * 1e-9;
            double collecting =
                    ManagementFactory.getGarbageCollectorMXBeans().stream()
                            .mapToDouble(one -> one.getCollectionTime() * 1e-3)
                            .sum();
            double wall = System.nanoTime() * 1e-9;
            return new Cost(
                    wall, all - server, server, blocked, collecting, allocated, serverAllocated);
        }

        Cost since(Cost before) {
            return new Cost(
                    wall - before.wall,
                    own - before.own,
                    server - before.server,
                    blocked - before.blocked,
                    collecting - before.collecting,
                    allocated - before.allocated,
                    serverAllocated - before.serverAllocated);
        }

        /** Shares of what the labelling took: serving, waiting for locks, collecting for it. */
        double[] shares() {
            return new double[] {
                server / own, blocked / wall, collecting / wall * serverAllocated / allocated
            };
        }
    }

    @Test
    void fiftyViewersSlowTheLabellingByLessThanTwoPercent(Path work) throws Exception {
        THREADS.setThreadContentionMonitoringEnabled(true);
        List<ByteBuffer> records = RotatingWave.records(OUTPUTS, LEVELS, 12, 24);
        alone(records, work.resolve("warm-alone")); // compiled while these run
        watched(records, work.resolve("warm-watched"));
        Cost[] alone = new Cost[PAIRS];
        Cost[] watched = new Cost[PAIRS];
        for (int pair = 0; pair < PAIRS; pair++) {
            Path folder = work.resolve("pair" + pair);
            if (pair % 2 == 0) {
                alone[pair] = alone(records, folder.resolve("alone"));
            }
            watched[pair] = watched(records, folder.resolve("watched"));
            if (pair % 2 == 1) {
                alone[pair] = alone(records, folder.resolve("alone"));
            }
            tell(alone[pair], watched[pair]);
        }
        double[] ratios = new double[PAIRS];
        double[] faster = new double[PAIRS];
        double[] sums = new double[PAIRS];
        for (int pair = 0; pair < PAIRS; pair++) {
            ratios[pair] = watched[pair].own / alone[pair].own;
            faster[pair] = alone[pair].wall / watched[pair].wall;
            sums[pair] = Arrays.stream(watched[pair].shares()).sum();
        }
        Arrays.sort(ratios);
        Arrays.sort(faster);
        Arrays.sort(sums);
        System.out.printf(
                Locale.ROOT,
                "%d viewers, %d cores, %d pairs: they take %.2f %% (%.2f to %.2f) of what the"
                        + " labelling takes, whose own processor time is x %.3f (%.3f to %.3f) and"
                        + " throughput x %.3f (%.3f to %.3f)%n",
                VIEWERS,
                Runtime.getRuntime().availableProcessors(),
                PAIRS,
                100 * sums[PAIRS / 2],
                100 * sums[0],
                100 * sums[PAIRS - 1],
                ratios[PAIRS / 2],
                ratios[0],
                ratios[PAIRS - 1],
                faster[PAIRS / 2],
                faster[0],
                faster[PAIRS - 1]);
        assertTrue(sums[PAIRS / 2] < MOST, "they take " + Arrays.toString(sums));
    }

    private static void tell(Cost alone, Cost watched) {
        double[] shares = watched.shares();
        System.out.printf(
                Locale.ROOT,
                "alone %.1f s (processors %.1f s, in locks %.3f s); watched %.1f s (%.1f s, %.3f"
                        + " s): serving %.2f s or %.2f %%, in locks %.2f %%, collecting %.2f %%%n",
                alone.wall,
                alone.own,
                alone.blocked,
                watched.wall,
                watched.own,
                watched.blocked,
                watched.server,
                100 * shares[0],
                100 * shares[1],
                100 * shares[2]);
    }

    private static Cost watched(List<ByteBuffer> records, Path folder) throws Exception {
        Files.createDirectories(folder);
        MonitorSettings settings = new MonitorSettings(0, "", VIEWERS);
        try (Monitor monitor = Monitor.start(folder, settings, new NoActions(), null)) {
            Program program =
                    Program.in(
                            folder,
                            "chrt",
                            "--idle",
                            "0",
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Viewers.class.getName(),
                            monitor.url(),
                            "" + VIEWERS);
            Process viewers = program.startWithInput();
            Eventually.holds(
                    "all viewers",
                    Duration.ofMinutes(2),
                    () -> Files.readString(program.log()).contains("following"));
            Cost cost = alone(records, folder);
            viewers.getOutputStream().close();
            String heard = program.await(viewers, Duration.ofMinutes(1)).succeeded().text();
            System.out.print(heard.substring(heard.indexOf("events")));
            assertTrue(heard.contains("failures 0"), heard);
            long events = Long.parseLong(heard.replaceAll("(?s).*events (\\d+).*", "$1"));
            assertTrue(events >= VIEWERS, "only " + events + " events were seen");
            return cost;
        }
    }

    /** Labels everything; from the first record to the last result, once everything is open. */
    private static Cost alone(List<ByteBuffer> records, Path folder) throws IOException {
        ClassifierSettings settings =
                ClassifierSettings.read(
                        SettingsFile.parse(
                                "test.yaml",
                                "run: {directory: " + folder + "}\nnetwork: {device: cpu}\n"));
        try (Classifier classifier =
                new Classifier(
                        settings,
                        new MemoryInbox(records),
                        Devices.open(settings.network()),
                        true,
                        Clock.systemUTC())) {
            System.gc();
            Cost before = Cost.now();
            ClassifierRun.untilDone(classifier, () -> true);
            Cost cost = Cost.now().since(before);
            assertEquals(OUTPUTS, classifier.outputs());
            return cost;
        }
    }
}
