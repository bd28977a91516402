package org.plateau.network;

import ai.onnxruntime.OrtException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plateau.field.LevelMap;
import org.plateau.field.PlanetScales;
import org.plateau.network.dl4j.Dl4jNetwork;
import org.plateau.network.onnx.MatrixProducts;
import org.plateau.network.onnx.OnnxNetwork;
import org.plateau.training.RandomMaps;

/**
 * What tests/gpu/check.sh runs: every engine against the CPU, its throughput, its share of the
 * device's peak, and what {@code auto} does where there is no usable GPU. A line each, beginning
 * with "ok", "FAILED", "figure" or "not checked"; the exit code is 1 if a line says FAILED.
 */
public final class EngineTrial {

    private static final int MAPS = 32;
    private static final int[] BATCHES = {1, 4, 16, 64, 256, 1024};
    private static final double SECONDS = 0.25;
    private static final double LONGEST_SECONDS = 2;

    private final NetworkFiles files = NetworkFiles.open("");
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final EncodedMaps probe = EncodedMaps.join(ProbeMaps.encoded(), randomMaps());
    private boolean failed;

    private EngineTrial() {}

    /**
     * @param arguments "compare" and the number of GPUs seen, or "fallback"
     */
    public static void main(String[] arguments) throws IOException, OrtException {
        EngineTrial trial = new EngineTrial();
        if (arguments[0].equals("compare")) {
            trial.compare(Integer.parseInt(arguments[1]));
        } else {
            trial.fallback();
        }
        System.exit(trial.failed ? 1 : 0);
    }

    private void compare(int gpus) throws IOException, OrtException {
        double flops = operations();
        say("figure", "the network takes %.2f million operations a map", 1e-6 * flops);
        double cpu = MatrixProducts.rate(1024, -1, threads);
        say("figure", "matrix products on the CPU, %d threads: %.3g FLOP/s", threads, cpu);
        float[] expected;
        try (RawNetwork reference = new OnnxNetwork(files.read(NetworkFiles.ONNX), threads)) {
            expected = reference.run(probe).logits();
            examine(reference, expected, flops, cpu);
        }
        double gpu = gpus > 0 ? gpuPeak() : 0;
        int working = 0;
        for (Map.Entry<String, Supplier<RawNetwork>> engine : others().entrySet()) {
            try (RawNetwork network = engine.getValue().get()) {
                boolean onGpu = !network.device().equals("cpu");
                examine(network, expected, flops, onGpu ? gpu : cpu);
                working += onGpu ? 1 : 0;
            } catch (RuntimeException | LinkageError e) {
                say("not checked", "%s: %s", engine.getKey(), firstLine(e));
            }
        }
        if (gpus > 0) {
            verdict(working > 0, "%d engine(s) work on the GPU", working);
        }
    }

    /** In the order in which they must be opened: ND4J has one backend in a process. */
    private Map<String, Supplier<RawNetwork>> others() {
        Map<String, Supplier<RawNetwork>> engines = new LinkedHashMap<>();
        engines.put("onnx on cuda:0", () -> OnnxNetwork.onGpu(files.read(NetworkFiles.ONNX), 0));
        engines.put("dl4j on cuda:0", () -> Dl4jNetwork.onGpu(files.read(NetworkFiles.DL4J), 0));
        engines.put("dl4j on cpu", () -> new Dl4jNetwork(files.read(NetworkFiles.DL4J), threads));
        return engines;
    }

    private double gpuPeak() {
        try {
            double rate = MatrixProducts.rate(8192, 0, 1);
            say("figure", "matrix products on cuda:0: %.3g FLOP/s", rate);
            return rate;
        } catch (OrtException e) {
            say("not checked", "share of cuda:0's peak: %s", firstLine(e));
            return 0;
        }
    }

    private void examine(RawNetwork network, float[] expected, double flops, double peak) {
        String name = network.engine() + " on " + network.device();
        double recorded =
                difference(network.run(ProbeMaps.encoded()).logits(), files.descriptor().probe());
        double fromCpu = difference(network.run(probe).logits(), expected);
        verdict(
                recorded <= Engines.TOLERANCE && fromCpu <= Engines.TOLERANCE,
                "%s (%s) differs by %.1e from the trained network and by %.1e from onnx on cpu over"
                        + " %d maps; at most %.0e is allowed",
                name,
                network.natives(),
                recorded,
                fromCpu,
                probe.count(),
                Engines.TOLERANCE);
        double best = 0;
        for (int batch : BATCHES) {
            if (2 * batch > best * LONGEST_SECONDS && best > 0) {
                say("not checked", "%s, batches of %d and more: too slow here", name, batch);
                break;
            }
            double rate = throughput(network, batch);
            best = Math.max(best, rate);
            say("figure", "%s, batches of %4d: %8.0f maps a second", name, batch, rate);
        }
        if (peak > 0) {
            say(
                    "figure",
                    "%s at its best: %.3g FLOP/s, %.2g of what matrix products reach there",
                    name,
                    best * flops,
                    best * flops / peak);
        }
    }

    private double throughput(RawNetwork network, int batch) {
        EncodedMaps[] parts = new EncodedMaps[batch];
        Arrays.setAll(parts, n -> probe.part(n % probe.count(), 1));
        EncodedMaps maps = EncodedMaps.join(parts);
        network.run(maps);
        long start = System.nanoTime();
        long runs = 0;
        double seconds;
        do {
            network.run(maps);
            runs++;
            seconds = 1e-9 * (System.nanoTime() - start);
        } while (seconds < SECONDS);
        return runs * batch / seconds;
    }

    /** Opens what "auto" gives where no GPU can be used, and holds its labels to the CPU's. */
    private void fallback() {
        List<LevelMap> maps = maps();
        try (Engine auto = Engines.open(settings("auto"));
                Engine cpu = Engines.open(settings("cpu"))) {
            double largest = 0;
            List<Classification> found = auto.classify(maps, PlanetScales.HD_209458B);
            List<Classification> expected = cpu.classify(maps, PlanetScales.HD_209458B);
            for (int n = 0; n < maps.size(); n++) {
                float[] a = found.get(n).probabilities();
                largest = Math.max(largest, difference(a, expected.get(n).probabilities()));
            }
            verdict(
                    auto.provenance().device().equals("cpu")
                            && auto.description().contains("skipped onnx on cuda:0")
                            && largest <= Engines.TOLERANCE,
                    "auto labels on %s as the CPU does (to %.0e) and says: %s",
                    auto.provenance().device(),
                    largest,
                    auto.description());
        }
    }

    private NetworkSettings settings(String device) {
        return new NetworkSettings("auto", device, threads, "");
    }

    /** Floating-point operations of one map: two for every weight at every place it is used. */
    private double operations() throws IOException {
        ComputationGraph network =
                ModelSerializer.restoreComputationGraph(
                        new ByteArrayInputStream(files.read(NetworkFiles.DL4J)), false);
        Map<String, INDArray> outputs =
                network.feedForward(Dl4jNetwork.inputs(probe.part(0, 1), 1), false);
        double sum = 0;
        for (Map.Entry<String, INDArray> layer : outputs.entrySet()) {
            if (network.getLayer(layer.getKey()) == null
                    || network.getLayer(layer.getKey()).getParam("W") == null) {
                continue;
            }
            long[] shape = layer.getValue().shape();
            long places = shape.length == 4 ? shape[2] * shape[3] : 1;
            sum += 2.0 * network.getLayer(layer.getKey()).getParam("W").length() * places;
        }
        return sum;
    }

    private static List<LevelMap> maps() {
        SplittableRandom random = new SplittableRandom(3);
        List<LevelMap> maps = new ArrayList<>();
        for (int n = 0; n < MAPS; n++) {
            maps.add(RandomMaps.patterns(random));
        }
        return maps;
    }

    private static EncodedMaps randomMaps() {
        return MapEncoder.encode(maps(), PlanetScales.HD_209458B);
    }

    private static double difference(float[] found, float[] expected) {
        double largest = found.length == expected.length ? 0 : Double.POSITIVE_INFINITY;
        for (int k = 0; k < Math.min(found.length, expected.length); k++) {
            double scale = Math.max(1, Math.abs(expected[k]));
            // Not max(): a NaN must stay.
            double difference = Math.abs(found[k] - expected[k]) / scale;
            largest = difference <= largest ? largest : difference;
        }
        return largest;
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }

    private void verdict(boolean holds, String text, Object... values) {
        failed |= !holds;
        say(holds ? "ok" : "FAILED", text, values);
    }

    private static void say(String how, String text, Object... values) {
        System.out.println(how + ": " + String.format(Locale.ROOT, text, values));
    }
}
