package org.plateau.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.network.Engine;
import org.plateau.network.Engines;
import org.plateau.network.NetworkFiles;
import org.plateau.network.NetworkSettings;

/** A short training on maps made of simple patterns. */
class TrainingTest {

    @TempDir Path directory;

    @Test
    void sameSeedGivesSameFilesAndAnEngineOpensThem() throws Exception {
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        List<String> said = new ArrayList<>();
        Training.run(options(first), runs(), said::add);
        Training.run(options(second), runs(), line -> {});
        for (String name : List.of(NetworkFiles.DL4J, NetworkFiles.ONNX, NetworkFiles.DESCRIPTOR)) {
            assertArrayEquals(
                    Files.readAllBytes(first.resolve(name)),
                    Files.readAllBytes(second.resolve(name)),
                    name);
        }
        assertTrue(said.get(said.size() - 1).contains("macro-F1"), said.toString());
        assertTrue(Files.readString(first.resolve(Training.CARD)).contains("held-out runs"));
        assertTrue(Files.size(first.resolve("images/reliability.png")) > 0);
        NetworkSettings settings = new NetworkSettings("onnx", "cpu", 1, first.toString());
        try (Engine engine = Engines.open(settings)) {
            assertEquals(1, engine.classify(maps(9, 1), PlanetScales.HD_209458B).size());
        }
    }

    private TrainingOptions options(Path out) {
        return new TrainingOptions(
                directory, out, 25, 1, 7, 1, Set.of("held"), Set.of("earthlike"));
    }

    private static List<TrainingRun> runs() {
        List<TrainingRun> runs = new ArrayList<>();
        for (int n = 0; n < 8; n++) {
            String preset = n < 5 ? "trained" : n < 7 ? "held" : "earthlike";
            runs.add(new TrainingRun("run" + n, preset, PlanetScales.HD_209458B, maps(n, 30)));
        }
        return runs;
    }

    private static List<LevelMap> maps(int seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<LevelMap> maps = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            maps.add(RandomMaps.patterns(random));
        }
        return maps;
    }
}
