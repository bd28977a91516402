package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.coupler.Directories;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.network.Classification;
import org.plateau.network.DeviceBatch;
import org.plateau.network.Devices;
import org.plateau.network.EncodedMaps;
import org.plateau.network.Engine;
import org.plateau.network.Engines;
import org.plateau.network.InputRoom;
import org.plateau.network.MapEncoder;
import org.plateau.network.NetworkFiles;
import org.plateau.network.NetworkGrid;
import org.plateau.network.NetworkSettings;
import org.plateau.network.RawNetwork;
import org.plateau.network.onnx.OnnxNetwork;
import org.plateau.regimes.Regime;
import org.plateau.settings.SettingsFile;

/**
 * The whole classifier beside the bare engine, that is the network alone on inputs that lie ready,
 * in turns within one run. Both are measured twice: on all cores, where all that surrounds the
 * engine takes the engine's processors from it, by processor time and by the clock; and with the
 * engine on one core and everything else on another, by the clock, as it is where the engine has a
 * processor of its own. Printed beside: what the threads took, what single parts take of one thread
 * ({@link StageCosts}), and how fast everything but the network is. Times in brackets are those
 * with the JVM's compiler and collector, which a long run needs less of.
 */
class ThroughputTest {
    static final int LEVELS = 20;
    static final int OUTPUTS = 100;
    static final int ROWS = 48;
    static final int COLUMNS = 96;
    private static final int BATCH = 64;
    private static final int ROUNDS = 36;

    /** Rounds that do not count: until then the JVM's compiler shares the cores. */
    private static final int COMPILED = 24;

    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors());

    /** Of the bare engine's maps per processor time, reached on a busy machine too. */
    private static final double FLOOR = 0.2;

    @TempDir private Path folder;
    private int runs;
    private int forgotten;

    /** The same without a test runner. */
    public static void main(String[] args) throws IOException {
        ThroughputTest test = new ThroughputTest();
        test.folder = Files.createTempDirectory("throughput");
        test.theWholeClassifierBesideTheBareEngine();
    }

    private ClassifierSettings settings(int threads) {
        String text =
                "run: {directory: %s}\nnetwork: {device: cpu, threads: %d}"
                        .formatted(folder.resolve("run" + runs++), threads);
        return ClassifierSettings.read(SettingsFile.parse("test.yaml", text));
    }

    /** From the first record to the last result, once everything is open. */
    private static Cost classifyAll(
            List<ByteBuffer> records, ClassifierSettings settings, Devices devices)
            throws IOException {
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

    /** With the engine on one core and everything else on another. */
    private Cost classifyApart(List<ByteBuffer> records, List<LevelMap> maps) throws IOException {
        ClassifierSettings settings = settings(1);
        Cores.bindAll(Cores.REST);
        Devices devices = new Devices(List.of(new Cores.Bound(Engines.open(settings.network()))));
        label(devices, maps.subList(0, 1));
        return classifyAll(records, settings, devices);
    }

    static List<LevelMap> maps(int n) {
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
        List<LevelMap> maps = maps(BATCH);
        String apart = Cores.problem();
        List<Double> byTime = new ArrayList<>();
        List<Double> byClock = new ArrayList<>();
        List<Double> byClockApart = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Cost bare = bare(THREADS, maps, () -> {});
            Cost labels = labels(maps);
            ClassifierSettings all = settings(THREADS);
            Cost whole = classifyAll(records, all, Devices.open(all.network()));
            say("round %d, %d threads: bare engine %s", round, THREADS, bare);
            say("  with encoding and calibration %s", labels);
            say("  whole classifier %s (%s)", whole, whole.byThread());
            if (apart.isEmpty()) {
                Cost alone = bare(1, maps, () -> Cores.bindThis(Cores.ENGINE));
                Cost beside = classifyApart(records, maps);
                Cores.bindAll(Cores.REST + "," + Cores.ENGINE);
                say(
                        "  engine on one core: bare %s; everything else on another: %s (%s)",
                        alone, beside, beside.byThread());
                byClockApart.add(beside.rate() / alone.rate());
            }
            byTime.add(bare.threads() / whole.threads());
            byClock.add(whole.rate() / bare.rate());
            forget();
        }
        double median = median(byTime);
        say("of the bare engine, median (least, most) of the last %d rounds:", ROUNDS - COMPILED);
        say("  by processor time %s", spread(byTime));
        say("  by the clock, all cores %s", spread(byClock));
        say(
                "  by the clock, engine on a core of its own %s",
                apart.isEmpty() ? spread(byClockApart) : "not measured: " + apart);
        StageCosts.say(records, maps);
        for (int threads = 1; threads <= THREADS; threads++) {
            besidesTheNetwork(records, threads);
        }
        assertTrue(median > FLOOR, "the whole classifier reaches only " + median);
    }

    /** What earlier rounds wrote takes no memory from later ones, whose pages would cost more. */
    private void forget() {
        for (; forgotten < runs; forgotten++) {
            Directories.remove(folder.resolve("run" + forgotten));
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static List<Double> last(List<Double> ratios) {
        List<Double> last = new ArrayList<>(ratios.subList(COMPILED, ratios.size()));
        Collections.sort(last);
        return last;
    }

    private static double median(List<Double> ratios) {
        List<Double> last = last(ratios);
        return last.get(last.size() / 2);
    }

    private static String spread(List<Double> ratios) {
        List<Double> last = last(ratios);
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f)",
                median(ratios),
                last.get(0),
                last.get(last.size() - 1));
    }

    /** The network alone, on a thread of its own, on inputs that lie where it reads them. */
    private static Cost bare(int threads, List<LevelMap> maps, Runnable first) {
        EncodedMaps encoded = MapEncoder.encode(maps, PlanetScales.HD_209458B);
        byte[] model = NetworkFiles.open("").read(NetworkFiles.ONNX);
        return onThread(
                () -> {
                    first.run();
                    try (RawNetwork network = new OnnxNetwork(model, threads);
                            InputRoom room = network.room(BATCH)) {
                        for (int n = 0; n < BATCH; n++) {
                            EncodedMaps one = encoded.part(n, 1);
                            room.put(n, one.maps(), one.scalars());
                        }
                        room.run(BATCH);
                        return Cost.of(() -> StageCosts.repeated(60, () -> room.run(BATCH)));
                    }
                });
    }

    private static Cost onThread(Supplier<Cost> work) {
        Cost[] result = new Cost[1];
        Thread thread = new Thread(() -> result[0] = work.get(), "bare-engine");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return result[0];
    }

    /** Encoding, network and labels in a row. */
    private static Cost labels(List<LevelMap> maps) {
        try (Devices devices = Devices.open(new NetworkSettings("onnx", "cpu", THREADS, ""))) {
            return Cost.of(() -> StageCosts.repeated(60, () -> label(devices, maps)));
        }
    }

    private static void label(Devices devices, List<LevelMap> maps) {
        try (DeviceBatch batch = devices.batch(maps.size())) {
            batch.add(new int[maps.size()]);
            for (int n = 0; n < maps.size(); n++) {
                batch.put(n, maps.get(n), PlanetScales.HD_209458B);
            }
            devices.start(batch);
            assertTrue(batch.await(60_000));
            for (int n = 0; n < maps.size(); n++) {
                batch.label(n);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As beside an engine that costs nothing. */
    private void besidesTheNetwork(List<ByteBuffer> records, int threads) throws IOException {
        List<Cost> costs = new ArrayList<>();
        for (int k = 0; k < 5; k++) {
            costs.add(
                    classifyAll(
                            records, settings(threads), new Devices(List.of(new FreeEngine()))));
        }
        costs.sort(java.util.Comparator.comparingDouble(Cost::rate));
        Cost median = costs.get(costs.size() / 2);
        say(
                "all but network and encoding, %d thread(s): %s (%s)",
                threads, median, median.byThread());
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
}
