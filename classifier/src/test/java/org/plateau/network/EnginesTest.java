package org.plateau.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.regimes.AnalyticMaps;
import org.plateau.regimes.Regime;
import org.plateau.training.RandomMaps;

/** The network that ships, on the engines that every machine has. */
class EnginesTest {

    private static final PlanetScales SCALES = PlanetScales.HD_209458B;

    @Test
    void autoTakesOnnxOnACpuAndSaysWhatItSkipped() {
        try (Engine engine = open("auto", "auto", 2)) {
            assertEquals("onnx", engine.provenance().engine());
            assertEquals("cpu", engine.provenance().device());
            assertTrue(
                    engine.description().contains("skipped onnx on cuda:0"), engine.description());
            assertEquals(1, engine.description().lines().count());
        }
    }

    @Test
    void enginesAgree() {
        List<LevelMap> maps = maps(40);
        try (Engine onnx = open("onnx", "cpu", 1);
                Engine dl4j = open("dl4j", "cpu", 1)) {
            List<Classification> a = onnx.classify(maps, SCALES);
            List<Classification> b = dl4j.classify(maps, SCALES);
            for (int n = 0; n < maps.size(); n++) {
                assertArrayEquals(a.get(n).probabilities(), b.get(n).probabilities(), 1e-4f);
                assertEquals(a.get(n).nothing(), b.get(n).nothing(), 1e-4f);
                assertEquals(a.get(n).unlike(), b.get(n).unlike(), 1e-4f);
            }
            assertEquals(onnx.provenance().network(), dl4j.provenance().network());
        }
    }

    @Test
    void labelsDoNotDependOnTheBatchOrOnThreads() {
        for (String name : List.of("onnx", "dl4j")) {
            try (Engine engine = open(name, "cpu", 2)) {
                assertBatchDoesNotMatter(engine);
            }
        }
        try (Engine one = open("onnx", "cpu", 1);
                Engine two = open("onnx", "cpu", 2)) {
            assertArrayEquals(
                    one.classify(maps(5), SCALES).get(4).probabilities(),
                    two.classify(maps(5), SCALES).get(4).probabilities());
        }
    }

    private static void assertBatchDoesNotMatter(Engine engine) {
        List<LevelMap> maps = maps(37);
        List<Classification> together = engine.classify(maps, SCALES);
        for (int n = 0; n < maps.size(); n += 6) {
            Classification alone = engine.classify(maps.subList(n, n + 1), SCALES).get(0);
            assertArrayEquals(alone.probabilities(), together.get(n).probabilities());
            assertEquals(alone.unlike(), together.get(n).unlike());
        }
    }

    @Test
    void plainPatternsAreRecognised() {
        LevelMap locked =
                AnalyticMaps.of(
                        (lat, lon) -> 1200 + 400 * AnalyticMaps.day(lat, lon),
                        (lat, lon) -> 300 * AnalyticMaps.sin(lon),
                        (lat, lon) -> 30);
        LevelMap banded =
                AnalyticMaps.of(
                        (lat, lon) -> 1500 + 100 * AnalyticMaps.cos(lat) * AnalyticMaps.cos(lat),
                        (lat, lon) -> 500 * AnalyticMaps.cos(lat),
                        (lat, lon) -> -30);
        try (Engine engine = open("onnx", "cpu", 1)) {
            List<Classification> seen = engine.classify(List.of(locked, banded), SCALES);
            assertEquals(Regime.LOCKED, seen.get(0).foremost());
            assertTrue(seen.get(0).probability(Regime.LOCKED) > 0.5);
            assertTrue(seen.get(0).probability(Regime.NOT_INVERTED) > 0.5);
            assertEquals(Regime.BANDED, seen.get(1).foremost());
            assertTrue(seen.get(1).probability(Regime.INVERTED) > 0.5);
        }
    }

    @Test
    void noiseIsUnlikeTraining() {
        SplittableRandom random = new SplittableRandom(5);
        try (Engine engine = open("onnx", "cpu", 1)) {
            for (int n = 0; n < 20; n++) {
                List<LevelMap> noise = List.of(RandomMaps.noise(random));
                assertTrue(engine.classify(noise, SCALES).get(0).unlike() > 0.5);
            }
        }
    }

    @Test
    void cudaSaysInOneLineWhatIsMissing() {
        Exception e =
                assertThrows(
                        IllegalArgumentException.class, () -> open("auto", "cuda:1", 1).close());
        assertEquals(1, e.getMessage().lines().count());
        assertTrue(e.getMessage().contains("onnx on cuda:1"), e.getMessage());
        assertTrue(e.getMessage().contains("dl4j on cuda:1"), e.getMessage());
    }

    @Test
    void missingNetworkIsNamed() {
        NetworkSettings settings = new NetworkSettings("auto", "cpu", 1, "/nowhere/network");
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> Engines.open(settings).close());
        assertTrue(e.getMessage().contains("/nowhere/network/descriptor.json"), e.getMessage());
    }

    @Test
    void tamperedWeightsAreRefused(@TempDir Path directory) throws Exception {
        NetworkFiles shipped = NetworkFiles.open("");
        byte[] onnx = shipped.read(NetworkFiles.ONNX);
        onnx[onnx.length / 2] ^= 1;
        Files.write(directory.resolve(NetworkFiles.ONNX), onnx);
        try (var in = NetworkFiles.class.getResourceAsStream("default/descriptor.json")) {
            Files.copy(in, directory.resolve(NetworkFiles.DESCRIPTOR));
        }
        NetworkSettings settings = new NetworkSettings("onnx", "cpu", 1, directory.toString());
        Exception e =
                assertThrows(IllegalArgumentException.class, () -> Engines.open(settings).close());
        assertTrue(e.getMessage().contains("SHA-256"), e.getMessage());
    }

    @Test
    void anEmptyBatchHasNoLabels() {
        try (Engine engine = open("onnx", "cpu", 1)) {
            assertTrue(engine.classify(List.of(), SCALES).isEmpty());
            assertFalse(engine.provenance().network().isEmpty());
        }
    }

    private static Engine open(String engine, String device, int threads) {
        return Engines.open(new NetworkSettings(engine, device, threads, ""));
    }

    private static List<LevelMap> maps(int count) {
        SplittableRandom random = new SplittableRandom(3);
        List<LevelMap> maps = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            maps.add(RandomMaps.patterns(random));
        }
        return maps;
    }
}
