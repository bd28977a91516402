package org.plateau.network.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.plateau.network.EncodedMaps;
import org.plateau.network.RawNetwork;
import org.plateau.network.Workers;

/**
 * The network in ONNX Runtime.
 *
 * <p>On a CPU every map is a call of its own, computed by one thread, and several threads take maps
 * side by side: outputs are the same bits whatever the batch and the number of threads. On a GPU
 * maps go in chunks of fixed size, filled up with zeros.
 */
public final class OnnxNetwork implements RawNetwork {

    /** Names of inputs and outputs in the file. */
    public static final String MAPS = "maps";

    public static final String SCALARS = "scalars";
    public static final String LOGITS = "logits";
    public static final String FEATURES = "features";

    private static final int GPU_CHUNK = 64;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String device;
    private final int chunk;
    private final Workers pool;

    /** Inputs that no thread uses just now. */
    private final Queue<Inputs> free = new ConcurrentLinkedQueue<>();

    private final int outputs;
    private final int width;

    /**
     * On the CPU.
     *
     * @param model an ONNX file
     * @param threads that compute side by side
     */
    public OnnxNetwork(byte[] model, int threads) {
        this(model, threads, "cpu", 1, -1);
    }

    /**
     * On a GPU.
     *
     * @throws IllegalStateException saying what is missing
     */
    public static OnnxNetwork onGpu(byte[] model, int gpu) {
        if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
            throw new IllegalStateException("this build of ONNX Runtime is for the CPU alone");
        }
        return new OnnxNetwork(model, 1, "cuda:" + gpu, GPU_CHUNK, gpu);
    }

    private OnnxNetwork(byte[] model, int threads, String device, int chunk, int gpu) {
        this.device = device;
        this.chunk = chunk;
        environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            environment.setTelemetry(false);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setDeterministicCompute(true);
            if (gpu >= 0) {
                options.addCUDA(gpu);
            }
            session = environment.createSession(model, options);
            float[][] features = probe(FEATURES);
            float[][] logits = probe(LOGITS);
            width = features[0].length;
            outputs = logits[0].length;
        } catch (OrtException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        pool = threads > 1 ? new Workers(threads, "onnx") : null;
    }

    private float[][] probe(String output) throws OrtException {
        try (Inputs zeros = new Inputs(environment, 1);
                OrtSession.Result result = session.run(zeros.tensors())) {
            return (float[][]) result.get(output).orElseThrow().getValue();
        }
    }

    @Override
    public Output run(EncodedMaps batch) {
        Output output =
                new Output(new float[batch.count() * outputs], new float[batch.count() * width]);
        if (pool == null || batch.count() == 1) {
            for (int from = 0; from < batch.count(); from += chunk) {
                compute(batch, from, Math.min(chunk, batch.count() - from), output);
            }
            return output;
        }
        pool.each(batch.count(), n -> compute(batch, n, 1, output));
        return output;
    }

    private void compute(EncodedMaps batch, int from, int n, Output output) {
        Inputs inputs = free.poll();
        try {
            inputs = inputs == null ? new Inputs(environment, chunk) : inputs;
            inputs.take(batch, from, n);
            try (OrtSession.Result result = session.run(inputs.tensors())) {
                copy(result, LOGITS, output.logits(), from, n, outputs);
                copy(result, FEATURES, output.features(), from, n, width);
            }
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
        } finally {
            if (inputs != null) {
                free.add(inputs);
            }
        }
    }

    private static void copy(
            OrtSession.Result result, String name, float[] into, int from, int n, int size) {
        OnnxTensor tensor = (OnnxTensor) result.get(name).orElseThrow();
        tensor.getFloatBuffer().get(into, from * size, n * size);
    }

    @Override
    public String engine() {
        return "onnx";
    }

    @Override
    public String device() {
        return device;
    }

    @Override
    public String natives() {
        return "onnxruntime " + environment.getVersion();
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
        free.forEach(Inputs::close);
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
        }
    }
}
