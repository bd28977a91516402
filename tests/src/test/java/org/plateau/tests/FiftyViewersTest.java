package org.plateau.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
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
import org.plateau.monitor.Actions;
import org.plateau.monitor.Monitor;
import org.plateau.monitor.MonitorSettings;
import org.plateau.network.Devices;
import org.plateau.settings.SettingsFile;

/**
 * The same records labelled without a monitor and with fifty viewers of one, in turns within one
 * run. The viewers, who sit elsewhere in life, are a process that gets only what nobody else wants
 * of the processors. Prints, with viewers over without, the wall-clock time (in which the page's
 * server competes for the cores) and the processor time of all but the server's threads (which
 * leaves what the server disturbs: collections, caches, locks).
 */
@Tag("monitor")
@Tag("long")
@ExtendWith(Workplace.class)
@Timeout(600)
class FiftyViewersTest {
    private static final int VIEWERS = 50;
    private static final int OUTPUTS = 250;
    private static final int LEVELS = 20;
    private static final int PAIRS = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Seconds that labelling all records took; the server's processor time is apart. */
    private record Cost(double wall, double processor, double server) {}

    private static final class Nothing implements Actions {
        @Override
        public void veto(String reason) {}

        @Override
        public void stop(String reason) {}

        @Override
        public void resume(String reason) {}
    }

    @Test
    void fiftyViewersHardlySlowTheLabelling(Path work) throws Exception {
        List<ByteBuffer> records = RotatingWave.records(OUTPUTS, LEVELS, 24, 48);
        alone(records, work.resolve("warm")); // compiled while it runs
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
        double[] wall = ratios(alone, watched, true);
        double[] processor = ratios(alone, watched, false);
        System.out.printf(
                Locale.ROOT,
                "%d viewers, %d cores, medians of %d pairs: wall clock x %.3f (%.3f to %.3f),"
                        + " the labelling's own processor time x %.3f (%.3f to %.3f)%n",
                VIEWERS,
                Runtime.getRuntime().availableProcessors(),
                PAIRS,
                median(wall),
                wall[0],
                wall[PAIRS - 1],
                median(processor),
                processor[0],
                processor[PAIRS - 1]);
        assertTrue(median(processor) < 1.5, "the labelling itself costs " + median(processor));
    }

    private static void tell(Cost alone, Cost watched) {
        System.out.printf(
                Locale.ROOT,
                "alone %.2f s (processors %.2f s), watched %.2f s (%.2f s, and the server %.2f s)%n",
                alone.wall,
                alone.processor,
                watched.wall,
                watched.processor,
                watched.server);
    }

    private static double[] ratios(Cost[] alone, Cost[] watched, boolean wall) {
        double[] ratios = new double[alone.length];
        Arrays.setAll(
                ratios,
                i ->
                        wall
                                ? watched[i].wall / alone[i].wall
                                : watched[i].processor / alone[i].processor);
        Arrays.sort(ratios);
        return ratios;
    }

    private static double median(double[] sorted) {
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    private static Cost watched(List<ByteBuffer> records, Path folder) throws Exception {
        Files.createDirectories(folder);
        MonitorSettings settings = new MonitorSettings(0, "", VIEWERS);
        try (Monitor monitor = Monitor.start(folder, settings, new Nothing(), null)) {
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
            double wall = System.nanoTime() * 1e-9;
            double all = process();
            double server = server();
            ClassifierRun.untilDone(classifier, () -> true);
            wall = System.nanoTime() * 1e-9 - wall;
            server = server() - server;
            assertEquals(OUTPUTS, classifier.outputs());
            return new Cost(wall, process() - all - server, server);
        }
    }

    /** Processor time of this process, s. */
    private static double process() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
                * 1e-9;
    }

    /** Processor time of the threads that read for the page and serve it, s. */
    private static double server() {
        double sum = 0;
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("monitor")) {
                sum += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId())) * 1e-9;
            }
        }
        return sum;
    }
}
