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
import org.plateau.network.InputRoom;
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

    /** Locks the memory of inputs for a GPU; null on the CPU. */
    private final PinnedMemory pinned;

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
            pinned = gpu < 0 ? null : PinnedMemory.of(gpu); // after it has loaded the runtime
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
        try (Inputs zeros = new Inputs(this, environment, 1, 1, pinned);
                OrtSession.Result result = session.run(zeros.tensors(0, 1))) {
            return (float[][]) result.get(output).orElseThrow().getValue();
        }
    }

    @Override
    public InputRoom room(int maps) {
        try {
            return new Inputs(this, environment, maps, chunk, pinned);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    /** Runs maps where they stand. */
    Output run(Inputs inputs, int count) {
        Output output = output(count);
        each(count, (from, n) -> compute(inputs, from / chunk, from, n, output));
        return output;
    }

    @Override
    public Output run(EncodedMaps batch) {
        Output output = output(batch.count());
        each(batch.count(), (from, n) -> compute(batch, from, n, output));
        return output;
    }

    private Output output(int count) {
        return new Output(new float[count * outputs], new float[count * width]);
    }

    /** Does chunk after chunk, or several side by side. */
    private void each(int count, Chunk work) {
        int chunks = (count + chunk - 1) / chunk;
        if (pool == null || chunks == 1) {
            for (int k = 0; k < chunks; k++) {
                work.accept(k * chunk, Math.min(chunk, count - k * chunk));
            }
        } else {
            pool.each(chunks, k -> work.accept(k * chunk, Math.min(chunk, count - k * chunk)));
        }
    }

    /** Takes the maps {@code from} to {@code from + n - 1}. */
    private interface Chunk {
        void accept(int from, int n);
    }

    private void compute(EncodedMaps batch, int from, int n, Output output) {
        Inputs inputs = free.poll();
        try {
            inputs = inputs == null ? new Inputs(this, environment, chunk, chunk, pinned) : inputs;
            inputs.take(batch, from, n);
            compute(inputs, 0, from, n, output);
        } catch (OrtException e) {
            throw failed(e);
        } finally {
            if (inputs != null) {
                free.add(inputs);
            }
        }
    }

    private void compute(Inputs inputs, int number, int from, int n, Output output) {
        try (OrtSession.Result result = session.run(inputs.tensors(number, n))) {
            copy(result, LOGITS, output.logits(), from, n, outputs);
            copy(result, FEATURES, output.features(), from, n, width);
        } catch (OrtException e) {
            throw failed(e);
        }
    }

    private static IllegalStateException failed(OrtException e) {
        return new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
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
    public String remark() {
        if (pinned == null) {
            return "";
        }
        return pinned.problem().isEmpty()
                ? ", inputs in memory that is locked for the GPU"
                : ", inputs in memory that is not locked for the GPU: " + pinned.problem();
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
            throw failed(e);
        }
    }
}
