package org.plateau.training;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.network.Calibration;
import org.plateau.network.Likeness;
import org.plateau.network.NetworkDescriptor;
import org.plateau.network.RawNetwork;
import org.plateau.network.dl4j.Dl4jNetwork;
import org.plateau.network.dl4j.OnnxExport;
import org.plateau.network.onnx.OnnxNetwork;

/** The whole way from runs of a model to a network with its card. */
public final class Training {

    /** Name of the file of metrics beside the network. */
    public static final String METRICS = "metrics.json";

    /** Name of the model card beside the network. */
    public static final String CARD = "MODEL_CARD.md";

    private static final int NOISE_MAPS = 500;

    private final TrainingOptions options;
    private final Consumer<String> progress;

    private Training(TrainingOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /**
     * Reads, trains, judges and writes.
     *
     * @param progress gets a line now and then
     * @throws IOException if runs cannot be read or the network cannot be written
     * @throws IllegalArgumentException if there are too few runs
     */
    public static void run(TrainingOptions options, Consumer<String> progress) throws IOException {
        new Training(options, progress).run(readRuns(options, progress));
    }

    /** The same from runs that are at hand. */
    static void run(TrainingOptions options, List<TrainingRun> runs, Consumer<String> progress)
            throws IOException {
        new Training(options, progress).run(runs);
    }

    private static List<TrainingRun> readRuns(TrainingOptions options, Consumer<String> progress)
            throws IOException {
        List<TrainingRun> runs = new ArrayList<>();
        for (Path file : RunReader.files(options.data())) {
            runs.add(RunReader.read(file, options.times()));
        }
        progress.accept("read " + runs.size() + " runs from " + options.data());
        return runs;
    }

    private void run(List<TrainingRun> runs) throws IOException {
        Split split = Split.of(runs, options.heldOut(), options.earthLike(), options.seed());
        Dl4jNetwork.threads(options.threads());
        Samples samples = new Samples(split.train(), options.seed(), Trainer.BATCH);
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "%d runs to train on (%d maps), %d to calibrate, %d held out, %d not locked",
                        split.train().size(),
                        samples.count(),
                        split.calibration().size(),
                        split.test().size(),
                        split.earth().size()));
        ComputationGraph network =
                new Trainer(samples, options.batches(), progress).train(options.seed());
        Dl4jNetwork trained = Dl4jNetwork.of(network);
        // Judged by the engine that most users will have; the same numbers many times faster.
        RawNetwork raw = new OnnxNetwork(OnnxExport.of(network), options.threads());
        Judged fresh = plainAndVaried(raw, split.calibration());
        Calibration calibration = Fits.calibration(fresh);
        Likeness likeness =
                Fits.likeness(plainAndVaried(raw, split.train()).vectors(), fresh.vectors());
        Map<String, Evaluation> judged = new LinkedHashMap<>();
        judged.put("held-out", judge(raw, split.test(), calibration, likeness));
        judged.put("held-out, varied", judge(raw, varied(split.test()), calibration, likeness));
        judged.put("calibration", Evaluation.of(fresh, calibration, likeness));
        judged.put("noise", judge(raw, List.of(noise()), calibration, likeness));
        if (!split.earth().isEmpty()) {
            judged.put("earth-like", judge(raw, split.earth(), calibration, likeness));
        }
        ObjectNode origin = origin(split, samples.count(), trained.natives());
        NetworkDescriptor written =
                NetworkWriter.write(options.out(), network, calibration, likeness, origin);
        NetworkWriter.json(options.out().resolve(METRICS), judged);
        ModelCard.write(options.out().resolve(CARD), written.network(), origin, judged);
        Evaluation test = judged.get("held-out");
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "held-out runs: macro-F1 %.3f, expected calibration error %.3f; written to %s",
                        test.macroF1(),
                        test.calibrationError(),
                        options.out()));
    }

    /** What the weights were fitted to is not only maps as they are. */
    private Judged plainAndVaried(RawNetwork network, List<TrainingRun> runs) {
        return Judged.of(network, runs).and(Judged.of(network, varied(runs)));
    }

    private List<TrainingRun> varied(List<TrainingRun> runs) {
        int maps = runs.stream().mapToInt(run -> run.maps().size()).sum();
        return new Samples(runs, options.seed(), Trainer.BATCH).varied(maps);
    }

    private static Evaluation judge(
            RawNetwork network,
            List<TrainingRun> runs,
            Calibration calibration,
            Likeness likeness) {
        return Evaluation.of(Judged.of(network, runs), calibration, likeness);
    }

    private TrainingRun noise() {
        SplittableRandom random = new SplittableRandom(options.seed() + 1);
        List<LevelMap> maps = new ArrayList<>();
        for (int n = 0; n < NOISE_MAPS; n++) {
            maps.add(RandomMaps.noise(random));
        }
        return TrainingRun.noise(PlanetScales.HD_209458B, maps);
    }

    private ObjectNode origin(Split split, int maps, String natives) {
        ObjectNode origin = JsonNodeFactory.instance.objectNode();
        origin.put("seed", options.seed());
        origin.put("threads", options.threads());
        origin.put("natives", natives);
        origin.put("batches", options.batches());
        origin.put("batchSize", Trainer.BATCH);
        origin.put("distinctMaps", maps);
        origin.put("timesPerRun", options.times());
        origin.put("presetsHeldOut", split.presetsHeldOut());
        names(origin, "trained", split.train());
        names(origin, "calibrated", split.calibration());
        names(origin, "heldOut", split.test());
        names(origin, "notLocked", split.earth());
        return origin;
    }

    private static void names(ObjectNode origin, String part, List<TrainingRun> runs) {
        runs.forEach(run -> origin.withArray(part).add(run.name()));
    }
}
