package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.metrics.Measured;
import org.plateau.metrics.Metrics;
import org.plateau.network.Classification;
import org.plateau.network.Devices;
import org.plateau.network.EncodedMaps;
import org.plateau.network.Engine;
import org.plateau.network.MapEncoder;
import org.plateau.network.NetworkFiles;
import org.plateau.network.NetworkGrid;
import org.plateau.network.NetworkSettings;
import org.plateau.network.onnx.OnnxNetwork;
import org.plateau.regimes.Regime;
import org.plateau.settings.SettingsFile;

/**
 * The whole classifier beside the bare engine on the same processor, in turns within one run.
 * Prints processor time of all threads (in brackets with the JVM's compiler and collector, which a
 * long run needs less of) and rates, what single parts take of one thread, and how fast everything
 * but the network is with one thread and with all: as it is beside an engine that costs nothing.
 */
class ThroughputTest {
    private static final int LEVELS = 20;
    private static final int OUTPUTS = 100;
    private static final int ROWS = 48;
    private static final int COLUMNS = 96;
    private static final int ROUNDS = 24;
    private static final int COMPILED = 12;
    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors());

    /** Of the bare engine's maps per processor time, reached on a busy machine too. */
    private static final double FLOOR = 0.2;

    @TempDir private Path folder;
    private int runs;

    /** The same without a test runner. */
    public static void main(String[] args) throws IOException {
        ThroughputTest test = new ThroughputTest();
        test.folder = java.nio.file.Files.createTempDirectory("throughput");
        test.theWholeClassifierBesideTheBareEngine();
    }

    /**
     * What a piece of work took.
     *
     * @param threads us a map that all threads computed
     * @param process the same with the JVM's compiler and collector
     * @param rate maps a second
     */
    private record Cost(double threads, double process, double rate) {
        static Cost of(IntSupplier work) {
            OperatingSystemMXBean machine =
                    (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            Map<Long, Long> threads = computed();
            long process = machine.getProcessCpuTime();
            long start = System.nanoTime();
            int maps = work.getAsInt();
            double seconds = (System.nanoTime() - start) * 1e-9;
            long since = 0;
            for (Map.Entry<Long, Long> thread : computed().entrySet()) {
                since += thread.getValue() - threads.getOrDefault(thread.getKey(), 0L);
            }
            return new Cost(
                    since * 1e-3 / maps,
                    (machine.getProcessCpuTime() - process) * 1e-3 / maps,
                    maps / seconds);
        }

        /** Processor time of the threads that live, ns; those that do the work outlive it. */
        private static Map<Long, Long> computed() {
            ThreadMXBean all = ManagementFactory.getThreadMXBean();
            Map<Long, Long> times = new HashMap<>();
            for (long id : all.getAllThreadIds()) {
                times.put(id, Math.max(0, all.getThreadCpuTime(id)));
            }
            return times;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%.1f us (%.1f), %.0f maps/s", threads, process, rate);
        }
    }

    /** From the first record to the last result, once everything is open. */
    private Cost classifyAll(List<ByteBuffer> records, Engine engine, int threads)
            throws IOException {
        String text =
                "run: {directory: %s}\nnetwork: {device: cpu, threads: %d}"
                        .formatted(folder.resolve("run" + runs++), threads);
        ClassifierSettings settings =
                ClassifierSettings.read(SettingsFile.parse("test.yaml", text));
        Devices devices =
                engine == null ? Devices.open(settings.network()) : new Devices(List.of(engine));
        try (Classifier classifier =
                new Classifier(
                        settings, new MemoryInbox(records), devices, false, Clock.systemUTC())) {
            Cost cost =
                    Cost.of(
                            () -> {
                                ClassifierRun.untilDone(classifier, () -> true);
                                return OUTPUTS * LEVELS;
                            });
            assertEquals(OUTPUTS, classifier.outputs());
            return cost;
        }
    }

    private static List<LevelMap> maps(int n) {
        List<LevelMap> maps = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            float[][] fields = new float[4][NetworkGrid.GRID.size()];
            for (int i = 0; i < fields[0].length; i++) {
                double wave = Math.sin(0.1 * i + k) * Math.cos(0.01 * i);
                fields[0][i] = (float) (1400 + 100 * wave);
                fields[1][i] = (float) (500 * wave);
                fields[2][i] = (float) (100 * wave);
                fields[3][i] = (float) (10 * wave);
            }
            maps.add(
                    new LevelMap(
                            NetworkGrid.GRID, 1e4, fields[0], fields[1], fields[2], fields[3]));
        }
        return maps;
    }

    @Test
    @Tag("long")
    void theWholeClassifierBesideTheBareEngine() throws IOException {
        List<ByteBuffer> records = RotatingWave.records(OUTPUTS, LEVELS, ROWS, COLUMNS);
        List<LevelMap> maps = maps(64);
        EncodedMaps encoded = MapEncoder.encode(maps, PlanetScales.HD_209458B);
        NetworkFiles files = NetworkFiles.open("");
        List<Double> ratios = new ArrayList<>();
        try (OnnxNetwork raw = new OnnxNetwork(files.read(NetworkFiles.ONNX), THREADS);
                Devices engine = Devices.open(new NetworkSettings("onnx", "cpu", THREADS, ""))) {
            for (int round = 0; round < ROUNDS; round++) {
                Cost bare = Cost.of(() -> repeated(60, () -> raw.run(encoded)));
                Cost labels = Cost.of(() -> repeated(60, () -> engine(engine, maps)));
                Cost whole = classifyAll(records, null, THREADS);
                double ratio = bare.threads / whole.threads;
                System.out.printf(
                        Locale.ROOT,
                        "round %d, %d threads: bare engine %s; with encoding and calibration %s;"
                                + " whole classifier %s: %.2f by processor time, %.2f by rate%n",
                        round,
                        THREADS,
                        bare,
                        labels,
                        whole,
                        ratio,
                        whole.rate / bare.rate);
                if (round >= COMPILED) {
                    ratios.add(ratio);
                }
            }
        }
        Collections.sort(ratios);
        double median = ratios.get(ratios.size() / 2);
        System.out.printf(Locale.ROOT, "median of the last by processor time: %.2f%n", median);
        shares(maps);
        for (int threads = 1; threads <= THREADS; threads++) {
            besidesTheNetwork(records, threads);
        }
        assertTrue(median > FLOOR, "the whole classifier reaches only " + median);
    }

    private static void engine(Devices engine, List<LevelMap> maps) {
        engine.classify(new int[maps.size()], maps, PlanetScales.HD_209458B);
    }

    private static void shares(List<LevelMap> maps) {
        Classification label = new Classification(new float[Regime.values().length], 0, 0);
        Cost encoding =
                Cost.of(
                        () ->
                                repeated(
                                        100,
                                        () -> MapEncoder.encode(maps, PlanetScales.HD_209458B)));
        Cost metrics = Cost.of(() -> repeated(100, () -> maps.forEach(map -> measure(map, label))));
        System.out.printf(
                Locale.ROOT,
                "one thread: encoding %.1f us, metrics %.1f us a map%n",
                encoding.threads,
                metrics.threads);
    }

    private static double[] measure(LevelMap map, Classification label) {
        return Metrics.values(Measured.of(map, PlanetScales.HD_209458B, label));
    }

    /** As beside an engine that costs nothing. */
    private void besidesTheNetwork(List<ByteBuffer> records, int threads) throws IOException {
        List<Cost> costs = new ArrayList<>();
        for (int k = 0; k < 5; k++) {
            costs.add(classifyAll(records, new FreeEngine(), threads));
        }
        costs.sort(java.util.Comparator.comparingDouble(Cost::rate));
        System.out.printf(
                Locale.ROOT,
                "all but the network, %d thread(s): %s%n",
                threads,
                costs.get(costs.size() / 2));
    }

    /** The same label for every map, at once. */
    private static final class FreeEngine implements Engine {
        private final Classification label =
                new Classification(new float[Regime.values().length], 0.5f, 0.1f);

        @Override
        public List<Classification> classify(List<LevelMap> batch, PlanetScales scales) {
            return Collections.nCopies(batch.size(), label);
        }

        @Override
        public String description() {
            return "none";
        }

        @Override
        public Provenance provenance() {
            return new Provenance("", "none", "cpu", "none", 1);
        }

        @Override
        public void close() {}
    }

    private static int repeated(int times, Runnable batch) {
        for (int k = 0; k < times; k++) {
            batch.run();
        }
        return 64 * times;
    }
}
