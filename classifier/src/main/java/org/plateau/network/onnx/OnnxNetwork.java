package org.plateau.network.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.plateau.network.EncodedMaps;
import org.plateau.network.MapEncoder;
import org.plateau.network.RawNetwork;

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
    private final ExecutorService pool;
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
        pool = threads > 1 ? Executors.newFixedThreadPool(threads, OnnxNetwork::daemon) : null;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "onnx");
        thread.setDaemon(true);
        return thread;
    }

    private float[][] probe(String output) throws OrtException {
        float[] maps = new float[MapEncoder.MAP_SIZE];
        float[] scalars = new float[MapEncoder.SCALARS];
        try (OnnxTensor m = tensor(maps, 0, 1, mapShape(1));
                OnnxTensor s = tensor(scalars, 0, 1, scalarShape(1));
                OrtSession.Result result = session.run(Map.of(MAPS, m, SCALARS, s))) {
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
        List<Future<?>> tasks = new ArrayList<>();
        for (int n = 0; n < batch.count(); n++) {
            int from = n;
            tasks.add(pool.submit(() -> compute(batch, from, 1, output)));
        }
        tasks.forEach(OnnxNetwork::await);
        return output;
    }

    private static void await(Future<?> task) {
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while classifying", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
    }

    private void compute(EncodedMaps batch, int from, int n, Output output) {
        try (OnnxTensor maps = tensor(batch.maps(), from, n, mapShape(chunk));
                OnnxTensor scalars = tensor(batch.scalars(), from, n, scalarShape(chunk));
                OrtSession.Result result = session.run(Map.of(MAPS, maps, SCALARS, scalars))) {
            copy(result, LOGITS, output.logits(), from, n, outputs);
            copy(result, FEATURES, output.features(), from, n, width);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
        }
    }

    private static void copy(
            OrtSession.Result result, String name, float[] into, int from, int n, int size) {
        OnnxTensor tensor = (OnnxTensor) result.get(name).orElseThrow();
        tensor.getFloatBuffer().get(into, from * size, n * size);
    }

    /**
     * Maps {@code from} to {@code from + n - 1} of {@code values}, zeros up to the shape's size.
     */
    private OnnxTensor tensor(float[] values, int from, int n, long[] shape) throws OrtException {
        int size = 1;
        for (int k = 1; k < shape.length; k++) {
            size *= (int) shape[k];
        }
        FloatBuffer buffer;
        if (n == shape[0]) {
            buffer = FloatBuffer.wrap(values, from * size, n * size).slice();
        } else {
            buffer = FloatBuffer.allocate((int) shape[0] * size);
            buffer.put(0, values, from * size, n * size);
        }
        return OnnxTensor.createTensor(environment, buffer, shape);
    }

    private static long[] mapShape(int n) {
        return new long[] {n, MapEncoder.CHANNELS, MapEncoder.ROWS, MapEncoder.COLUMNS};
    }

    private static long[] scalarShape(int n) {
        return new long[] {n, MapEncoder.SCALARS};
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
            pool.shutdownNow();
        }
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime: " + e.getMessage(), e);
        }
    }
}
