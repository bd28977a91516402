package org.plateau.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.plateau.network.dl4j.Dl4jNetwork;
import org.plateau.network.onnx.OnnxNetwork;

/** Finds the engine that the settings ask for, or the fastest that works here. */
public final class Engines {

    /** Largest difference of an engine's outputs from those of the trained network. */
    static final double TOLERANCE = 1e-4;

    private Engines() {}

    /**
     * Opens an engine and checks it on a probe batch against the outputs that were recorded when
     * the network was trained.
     *
     * @throws IllegalArgumentException if the network cannot be read, or if nothing that the
     *     settings allow works here; the message says what was tried and why it did not do
     */
    public static Engine open(NetworkSettings settings) {
        NetworkFiles files = NetworkFiles.open(settings.path());
        List<String> skipped = new ArrayList<>();
        for (Candidate candidate : candidates(settings, files)) {
            try {
                RawNetwork network = candidate.open().get();
                return checked(settings, files, candidate, network, skipped);
            } catch (RuntimeException | LinkageError e) {
                skipped.add(candidate.name() + " (" + firstLine(e) + ")");
            }
        }
        throw new IllegalArgumentException(
                "network.engine "
                        + settings.engine()
                        + " on network.device "
                        + settings.device()
                        + " does not work here: "
                        + String.join("; ", skipped));
    }

    private static Engine checked(
            NetworkSettings settings,
            NetworkFiles files,
            Candidate candidate,
            RawNetwork network,
            List<String> skipped) {
        double difference = difference(network, files.descriptor());
        if (!(difference <= TOLERANCE)) {
            network.close();
            throw new IllegalStateException(
                    "its outputs differ by " + difference + " from the trained network's");
        }
        String why = settings.engine().equals("auto") ? "the fastest here" : "as asked";
        String ensemble =
                settings.shifts() == 0
                        ? ""
                        : ", mean over " + (2 * settings.shifts() + 1) + " turns in longitude";
        String description =
                String.format(
                        Locale.ROOT,
                        "network %.8s on %s (%s), %d threads, %s; agrees with the trained network"
                                + " to %.0e%s%s%s",
                        files.descriptor().network(),
                        candidate.name(),
                        network.natives(),
                        settings.threads(),
                        why,
                        difference,
                        ensemble,
                        network.remark(),
                        skipped.isEmpty() ? "" : "; skipped " + String.join("; ", skipped));
        Supplier<RawNetwork> spare =
                settings.allowsGpu()
                        ? () -> new OnnxNetwork(files.read(NetworkFiles.ONNX), settings.threads())
                        : null;
        return new MapEngine(
                files.descriptor(),
                network,
                settings.threads(),
                settings.shifts(),
                description,
                spare);
    }

    /** What may be tried, the fastest first. */
    private static List<Candidate> candidates(NetworkSettings settings, NetworkFiles files) {
        boolean onnx = !settings.engine().equals("dl4j");
        boolean dl4j = !settings.engine().equals("onnx");
        List<Candidate> list = new ArrayList<>();
        if (settings.allowsGpu()) {
            String device = "cuda:" + settings.gpu();
            if (onnx) {
                list.add(
                        new Candidate(
                                "onnx on " + device,
                                () ->
                                        OnnxNetwork.onGpu(
                                                files.read(NetworkFiles.ONNX), settings.gpu())));
            }
            if (dl4j) {
                list.add(
                        new Candidate(
                                "dl4j on " + device,
                                () ->
                                        Dl4jNetwork.onGpu(
                                                files.read(NetworkFiles.DL4J), settings.gpu())));
            }
        }
        if (!settings.wantsGpu()) {
            int threads = settings.threads();
            if (onnx) {
                list.add(
                        new Candidate(
                                "onnx on cpu",
                                () -> new OnnxNetwork(files.read(NetworkFiles.ONNX), threads)));
            }
            if (dl4j) {
                list.add(
                        new Candidate(
                                "dl4j on cpu",
                                () -> new Dl4jNetwork(files.read(NetworkFiles.DL4J), threads)));
            }
        }
        return list;
    }

    /** Largest relative difference from the recorded outputs, relative to at least 1. */
    private static double difference(RawNetwork network, NetworkDescriptor descriptor) {
        float[] logits = network.run(ProbeMaps.encoded()).logits();
        float[] expected = descriptor.probe();
        if (logits.length != expected.length) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int k = 0; k < logits.length; k++) {
            double scale = Math.max(1, Math.abs(expected[k]));
            double difference = Math.abs(logits[k] - expected[k]) / scale;
            largest = Double.isNaN(difference) ? Double.NaN : Math.max(largest, difference);
        }
        return largest;
    }

    private static String firstLine(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }

    private record Candidate(String name, Supplier<RawNetwork> open) {}
}
