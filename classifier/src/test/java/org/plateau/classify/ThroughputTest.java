package org.plateau.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.plateau.network.MapEncoder;
import org.plateau.network.NetworkFiles;
import org.plateau.network.NetworkGrid;
import org.plateau.network.NetworkSettings;
import org.plateau.network.onnx.OnnxNetwork;
import org.plateau.settings.SettingsFile;

/**
 * The whole classifier beside the bare engine on the same processor, in turns within one run.
 * Prints rates, ratios and what each part takes of one thread's time.
 */
class ThroughputTest {
    private static final int LEVELS = 20;
    private static final int OUTPUTS = 100;
    private static final int ROWS = 48;
    private static final int COLUMNS = 96;
    private static final int ROUNDS = 6;
    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors());

    @TempDir private Path folder;

    /** The same without a test runner. */
    public static void main(String[] args) throws IOException {
        ThroughputTest test = new ThroughputTest();
        test.folder = java.nio.file.Files.createTempDirectory("throughput");
        test.theWholeClassifierBesideTheBareEngine();
    }

    /** Maps a second from the first record to the last result, once everything is open. */
    private double classifyAll(List<ByteBuffer> records, String labels, int round)
            throws IOException {
        String text =
                "run: {directory: %s}\nnetwork: {device: cpu, threads: %d}\nclassify: {labels: %s}"
                        .formatted(folder.resolve(labels + round), THREADS, labels);
        ClassifierSettings settings =
                ClassifierSettings.read(SettingsFile.parse("test.yaml", text));
        Devices devices =
                labels.equals("computed")
                        ? new Devices(List.of(new ComputedEngine()))
                        : Devices.open(settings.network());
        try (Classifier classifier =
                new Classifier(
                        settings, new MemoryInbox(records), devices, false, Clock.systemUTC())) {
            double rate =
                    rate(
                            () -> {
                                ClassifierRun.untilDone(classifier, () -> true);
                                return OUTPUTS * LEVELS;
                            });
            assertEquals(OUTPUTS, classifier.outputs());
            return rate;
        }
    }

    private static double rate(IntSupplier work) {
        long start = System.nanoTime();
        int maps = work.getAsInt();
        return maps * 1e9 / (System.nanoTime() - start);
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
                double bare = rate(() -> repeated(100, () -> raw.run(encoded)));
                double engineRate = rate(() -> repeated(100, () -> engine(engine, maps)));
                double whole = classifyAll(records, "network", round);
                System.out.printf(
                        Locale.ROOT,
                        "round %d, %d threads: bare engine %.0f maps/s; with encoding and"
                                + " calibration %.0f (%.2f); whole classifier %.0f (%.2f)%n",
                        round,
                        THREADS,
                        bare,
                        engineRate,
                        engineRate / bare,
                        whole,
                        whole / bare);
                ratios.add(whole / bare);
            }
        }
        shares(records, maps);
        ratios.remove(0); // compiled while it ran
        double best = ratios.stream().mapToDouble(r -> r).max().orElse(0);
        assertTrue(best > 0.05, "the whole classifier reaches only " + best + " of the engine");
    }

    private static void engine(Devices engine, List<LevelMap> maps) {
        engine.classify(new int[maps.size()], maps, PlanetScales.HD_209458B);
    }

    private void shares(List<ByteBuffer> records, List<LevelMap> maps) throws IOException {
        double encode =
                1e6
                        / rate(
                                () ->
                                        repeated(
                                                100,
                                                () ->
                                                        MapEncoder.encode(
                                                                maps, PlanetScales.HD_209458B)));
        Classification label = new Classification(new float[8], 0, 0);
        double metrics =
                1e6
                        / rate(
                                () ->
                                        repeated(
                                                100,
                                                () ->
                                                        maps.forEach(
                                                                m ->
                                                                        Metrics.values(
                                                                                Measured.of(
                                                                                        m,
                                                                                        PlanetScales
                                                                                                .HD_209458B,
                                                                                        label)))));
        System.out.printf(
                Locale.ROOT,
                "one thread: encoding %.1f us, metrics %.1f us a map; all but the network %.1f%n",
                encode,
                metrics,
                1e6 / classifyAll(records, "computed", 9));
    }

    private static int repeated(int times, Runnable batch) {
        for (int k = 0; k < times; k++) {
            batch.run();
        }
        return 64 * times;
    }
}
