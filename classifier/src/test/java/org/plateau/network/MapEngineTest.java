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

    /**
     * What was encoded for the lost network, and what waits behind it, is computed all the same.
     */
    @Test
    void batchesThatWereEncodedForALostGpuAreComputedByTheCpu() {
        try (MapEngine engine = engine("cuda:0");
                MapBatch first = engine.batch(2);
                MapBatch second = engine.batch(1);
                Engine cpu = Engines.open(new NetworkSettings("onnx", "cpu", 1, ""))) {
            float[] expected = cpu.classify(maps, PlanetScales.HD_209458B).get(0).probabilities();
            for (int time = 0; time < 2; time++) {
                first.put(0, maps.get(0), PlanetScales.HD_209458B);
                first.put(1, maps.get(0), PlanetScales.HD_209458B);
                second.put(0, maps.get(0), PlanetScales.HD_209458B);
                first.run(2);
                second.run(1);
                assertArrayEquals(expected, first.label(1).probabilities());
                assertArrayEquals(expected, second.label(0).probabilities());
                first.clear();
                second.clear();
            }
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

    /** The ensemble's outputs are the mean of those of the turned maps, whatever their number. */
    @Test
    void anEnsembleOverTurnsInLongitudeIsTheirMeanAndSaysSo() {
        NetworkSettings turns = new NetworkSettings("onnx", "cpu", 2, "", 1);
        try (Engine one = Engines.open(new NetworkSettings("onnx", "cpu", 2, ""));
                Engine three = Engines.open(turns)) {
            Classification mean = three.classify(maps, PlanetScales.HD_209458B).get(0);
            double[] logits = new double[mean.probabilities().length];
            for (int shift = -1; shift <= 1; shift++) {
                float[] p =
                        one.classify(List.of(turned(maps.get(0), shift)), PlanetScales.HD_209458B)
                                .get(0)
                                .probabilities();
                for (int k = 0; k < p.length; k++) {
                    logits[k] += Math.log(p[k] / (1 - p[k])) / 3;
                }
            }
            for (int k = 0; k < logits.length; k++) {
                double expected = 1 / (1 + Math.exp(-logits[k]));
                assertEquals(expected, mean.probabilities()[k], 1e-4, "output " + k);
            }
            assertTrue(three.description().contains("mean over 3 turns"), three.description());
        }
    }

    private static LevelMap turned(LevelMap map, int columns) {
        return new LevelMap(
                map.grid(),
                map.pressure(),
                turned(map.temperature(), columns),
                turned(map.u(), columns),
                turned(map.v(), columns),
                map.lapse() == null ? null : turned(map.lapse(), columns));
    }

    private static float[] turned(float[] values, int columns) {
        int width = NetworkGrid.GRID.nlon();
        float[] turned = new float[values.length];
        for (int k = 0; k < values.length; k++) {
            int column = Math.floorMod(k % width - columns, width);
            turned[k] = values[k / width * width + column];
        }
        return turned;
    }

    private MapEngine engine(String device) {
        return new MapEngine(
                files.descriptor(),
                new Broken(device),
                1,
                0,
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
