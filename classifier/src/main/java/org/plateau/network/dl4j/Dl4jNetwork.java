package org.plateau.network.dl4j;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.bytedeco.openblas.global.openblas;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.plateau.network.EncodedMaps;
import org.plateau.network.MapEncoder;
import org.plateau.network.RawNetwork;

/**
 * The network in Deeplearning4j. Outputs are the same bits for the same natives, processor and
 * number of threads.
 *
 * <p>On a CPU every map is a call of its own: the BLAS takes other kernels for the last rows of a
 * matrix than for the first, on some processors with other rounding, so a map's place in a batch
 * would show in its probabilities. On a GPU maps go in chunks of fixed size, filled up with zeros.
 */
public final class Dl4jNetwork implements RawNetwork {

    private static final int GPU_CHUNK = 16;
    private static final String CUDA_BACKEND = "org.nd4j.linalg.jcublas.JCublasBackend";

    private final ComputationGraph network;
    private final String device;
    private final int chunk;

    /**
     * On the CPU.
     *
     * @param weights a Deeplearning4j model file
     */
    public Dl4jNetwork(byte[] weights, int threads) {
        this(weights, threads, "cpu");
    }

    private Dl4jNetwork(byte[] weights, int threads, String device) {
        this(read(weights, threads), device);
    }

    private Dl4jNetwork(ComputationGraph network, String device) {
        this.network = network;
        this.device = device;
        this.chunk = device.equals("cpu") ? 1 : GPU_CHUNK;
    }

    /** A network that is at hand already, as after training. */
    public static Dl4jNetwork of(ComputationGraph network) {
        return new Dl4jNetwork(network, "cpu");
    }

    /**
     * On a GPU.
     *
     * @throws IllegalStateException saying what is missing
     */
    public static Dl4jNetwork onGpu(byte[] weights, int gpu) {
        try {
            Class.forName(CUDA_BACKEND, false, Dl4jNetwork.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this build has ND4J's natives for the CPU alone", e);
        }
        return new Dl4jNetwork(weights, 1, "cuda:" + gpu);
    }

    /** Sets how many threads ND4J and its BLAS compute with, in this whole process. */
    public static void threads(int threads) {
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
        Nd4j.getEnvironment().setMaxMasterThreads(threads);
        Nd4j.getEnvironment().setMaxThreads(threads);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        openblas.blas_set_num_threads(threads);
    }

    private static ComputationGraph read(byte[] weights, int threads) {
        threads(threads);
        try {
            return ModelSerializer.restoreComputationGraph(
                    new ByteArrayInputStream(weights), false);
        } catch (IOException e) {
            throw new UncheckedIOException("not a Deeplearning4j network: " + e.getMessage(), e);
        }
    }

    @Override
    public Output run(EncodedMaps batch) {
        INDArray weights = network.getLayer(NetworkLayout.OUTPUT).getParam("W");
        INDArray bias = network.getLayer(NetworkLayout.OUTPUT).getParam("b");
        int outputs = (int) bias.length();
        int width = (int) network.layerSize(NetworkLayout.FEATURES);
        float[] logits = new float[batch.count() * outputs];
        float[] features = new float[batch.count() * width];
        for (int from = 0; from < batch.count(); from += chunk) {
            int n = Math.min(chunk, batch.count() - from);
            Map<String, INDArray> layers =
                    network.feedForward(inputs(batch.part(from, n), chunk), false);
            INDArray hidden = layers.get(NetworkLayout.FEATURES);
            copy(hidden.mmul(weights).addiRowVector(bias), logits, from, n, outputs);
            copy(hidden, features, from, n, width);
        }
        return new Output(logits, features);
    }

    /** The two inputs of a batch, filled up with zeros to {@code size} maps. */
    public static INDArray[] inputs(EncodedMaps batch, int size) {
        float[] maps = java.util.Arrays.copyOf(batch.maps(), size * MapEncoder.MAP_SIZE);
        float[] scalars = java.util.Arrays.copyOf(batch.scalars(), size * MapEncoder.SCALARS);
        return new INDArray[] {
            Nd4j.create(
                    maps,
                    new long[] {size, MapEncoder.CHANNELS, MapEncoder.ROWS, MapEncoder.COLUMNS},
                    'c'),
            Nd4j.create(scalars, new long[] {size, MapEncoder.SCALARS}, 'c')
        };
    }

    private static void copy(INDArray layer, float[] into, int from, int n, int size) {
        float[] values = layer.dup('c').data().asFloat();
        System.arraycopy(values, 0, into, from * size, n * size);
    }

    @Override
    public String engine() {
        return "dl4j";
    }

    @Override
    public String device() {
        return device;
    }

    @Override
    public String natives() {
        return "nd4j " + Nd4j.getBackend().buildInfo().lines().findFirst().orElse("").strip();
    }

    @Override
    public void close() {
        network.close();
    }
}
