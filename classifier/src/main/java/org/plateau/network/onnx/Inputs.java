package org.plateau.network.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.plateau.network.EncodedMaps;
import org.plateau.network.MapEncoder;

/**
 * Input tensors over memory outside the heap that the runtime reads in place; used again for every
 * call, by one thread at a time.
 */
final class Inputs implements AutoCloseable {
    private final int maps;
    private final FloatBuffer mapValues;
    private final FloatBuffer scalarValues;
    private final OnnxTensor mapTensor;
    private final OnnxTensor scalarTensor;

    /**
     * @param maps per call, zeros to begin with
     */
    Inputs(OrtEnvironment environment, int maps) throws OrtException {
        this.maps = maps;
        mapValues = direct(maps * MapEncoder.MAP_SIZE);
        scalarValues = direct(maps * MapEncoder.SCALARS);
        mapTensor =
                OnnxTensor.createTensor(
                        environment,
                        mapValues,
                        new long[] {
                            maps, MapEncoder.CHANNELS, MapEncoder.ROWS, MapEncoder.COLUMNS
                        });
        scalarTensor =
                OnnxTensor.createTensor(
                        environment, scalarValues, new long[] {maps, MapEncoder.SCALARS});
    }

    private static FloatBuffer direct(int floats) {
        return ByteBuffer.allocateDirect(4 * floats).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** Maps {@code from} to {@code from + n - 1} of a batch, zeros behind them. */
    void take(EncodedMaps batch, int from, int n) {
        fill(mapValues, batch.maps(), from, n, MapEncoder.MAP_SIZE);
        fill(scalarValues, batch.scalars(), from, n, MapEncoder.SCALARS);
    }

    private void fill(FloatBuffer into, float[] values, int from, int n, int size) {
        into.put(0, values, from * size, n * size);
        for (int k = n * size; k < maps * size; k++) {
            into.put(k, 0);
        }
    }

    Map<String, OnnxTensor> tensors() {
        return Map.of(OnnxNetwork.MAPS, mapTensor, OnnxNetwork.SCALARS, scalarTensor);
    }

    @Override
    public void close() {
        mapTensor.close();
        scalarTensor.close();
    }
}
