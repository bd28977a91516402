package org.plateau.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.network.onnx.OnnxNetwork;
import org.plateau.training.RandomMaps;

class MapEngineTest {

    private final NetworkFiles files = NetworkFiles.open("");
    private final List<LevelMap> maps = List.of(RandomMaps.patterns(new SplittableRandom(1)));

    @Test
    void aGpuThatFailsIsReplacedByTheCpuAndNothingIsLost() {
        try (MapEngine engine = engine("cuda:0");
                Engine cpu = Engines.open(new NetworkSettings("onnx", "cpu", 1, ""))) {
            Classification label = engine.classify(maps, PlanetScales.HD_209458B).get(0);
            assertArrayEquals(
                    cpu.classify(maps, PlanetScales.HD_209458B).get(0).probabilities(),
                    label.probabilities());
            assertEquals("cpu", engine.provenance().device());
            assertTrue(engine.description().contains("failed in the middle"));
        }
    }

    @Test
    void aCpuThatFailsIsAnError() {
        try (MapEngine engine = engine("cpu")) {
            assertThrows(
                    IllegalStateException.class,
                    () -> engine.classify(maps, PlanetScales.HD_209458B));
        }
    }

    private MapEngine engine(String device) {
        return new MapEngine(
                files.descriptor(),
                new Broken(device),
                1,
                "a broken network",
                () -> new OnnxNetwork(files.read(NetworkFiles.ONNX), 1));
    }

    /** Fails at every call, as a GPU does once it is lost. */
    private record Broken(String device) implements RawNetwork {

        @Override
        public Output run(EncodedMaps batch) {
            throw new IllegalStateException("lost");
        }

        @Override
        public String engine() {
            return "onnx";
        }

        @Override
        public String natives() {
            return "none";
        }

        @Override
        public void close() {}
    }
}
