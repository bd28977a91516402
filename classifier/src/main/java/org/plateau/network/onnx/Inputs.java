package org.plateau.network.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.plateau.network.EncodedMaps;
import org.plateau.network.InputRoom;
import org.plateau.network.MapEncoder;
import org.plateau.network.RawNetwork;

/**
 * Input tensors over memory outside the heap that the runtime reads in place; used again for every
 * call. Each tensor holds a chunk of maps, and begins at a cache line.
 */
final class Inputs implements InputRoom {
    private static final int LINE = 64;
    private static final int PAGE = 4096;

    private final OnnxNetwork network;
    private final int chunk;
    private final List<FloatBuffer> maps = new ArrayList<>();
    private final List<FloatBuffer> scalars = new ArrayList<>();
    private final List<Map<String, OnnxTensor>> tensors = new ArrayList<>();
    private final AutoCloseable locked;

    /**
     * @param size maps that there is room for
     * @param chunk maps that are computed by one call
     * @param pinned locks the memory; null: nobody does
     */
    Inputs(
            OnnxNetwork network,
            OrtEnvironment environment,
            int size,
            int chunk,
            PinnedMemory pinned)
            throws OrtException {
        this.network = network;
        this.chunk = chunk;
        int chunks = Math.max(1, (size + chunk - 1) / chunk);
        int mapBytes = rounded(Float.BYTES * chunk * MapEncoder.MAP_SIZE, LINE);
        int scalarBytes = rounded(Float.BYTES * chunk * MapEncoder.SCALARS, LINE);
        int bytes = rounded(Math.multiplyExact(chunks, mapBytes + scalarBytes), PAGE);
        ByteBuffer all = ByteBuffer.allocateDirect(bytes + PAGE).alignedSlice(PAGE);
        all = all.slice(0, bytes);
        locked = pinned == null ? () -> {} : pinned.lock(all);
        long[] mapShape = {chunk, MapEncoder.CHANNELS, MapEncoder.ROWS, MapEncoder.COLUMNS};
        long[] scalarShape = {chunk, MapEncoder.SCALARS};
        for (int k = 0; k < chunks; k++) {
            FloatBuffer m = floats(all, k * mapBytes, chunk * MapEncoder.MAP_SIZE);
            FloatBuffer s =
                    floats(all, chunks * mapBytes + k * scalarBytes, chunk * MapEncoder.SCALARS);
            maps.add(m);
            scalars.add(s);
            tensors.add(
                    Map.of(
                            OnnxNetwork.MAPS,
                            OnnxTensor.createTensor(environment, m.duplicate(), mapShape),
                            OnnxNetwork.SCALARS,
                            OnnxTensor.createTensor(environment, s.duplicate(), scalarShape)));
        }
    }

    private static int rounded(int bytes, int multiple) {
        return (bytes + multiple - 1) / multiple * multiple;
    }

    private static FloatBuffer floats(ByteBuffer all, int from, int floats) {
        return all.slice(from, Float.BYTES * floats).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public RawNetwork network() {
        return network;
    }

    @Override
    public void put(int place, float[] map, float[] of) {
        put(place, map, 0, of, 0);
    }

    private void put(int place, float[] map, int mapFrom, float[] of, int from) {
        int at = place % chunk;
        maps.get(place / chunk).put(at * MapEncoder.MAP_SIZE, map, mapFrom, MapEncoder.MAP_SIZE);
        scalars.get(place / chunk).put(at * MapEncoder.SCALARS, of, from, MapEncoder.SCALARS);
    }

    /** Puts maps {@code from} to {@code from + n - 1} of a batch into the first places. */
    void take(EncodedMaps batch, int from, int n) {
        for (int k = 0; k < n; k++) {
            put(
                    k,
                    batch.maps(),
                    (from + k) * MapEncoder.MAP_SIZE,
                    batch.scalars(),
                    (from + k) * MapEncoder.SCALARS);
        }
    }

    /** The tensors of a chunk whose first {@code n} maps count: zeros behind them. */
    Map<String, OnnxTensor> tensors(int number, int n) {
        if (n < chunk) {
            blank(maps.get(number), n * MapEncoder.MAP_SIZE);
            blank(scalars.get(number), n * MapEncoder.SCALARS);
        }
        return tensors.get(number);
    }

    private static void blank(FloatBuffer values, int from) {
        values.put(from, new float[values.capacity() - from]);
    }

    @Override
    public RawNetwork.Output run(int count) {
        return network.run(this, count);
    }

    @Override
    public EncodedMaps copy(int count) {
        EncodedMaps all = EncodedMaps.empty(count);
        for (int n = 0; n < count; n++) {
            int at = n % chunk;
            maps.get(n / chunk)
                    .get(
                            at * MapEncoder.MAP_SIZE,
                            all.maps(),
                            n * MapEncoder.MAP_SIZE,
                            MapEncoder.MAP_SIZE);
            scalars.get(n / chunk)
                    .get(
                            at * MapEncoder.SCALARS,
                            all.scalars(),
                            n * MapEncoder.SCALARS,
                            MapEncoder.SCALARS);
        }
        return all;
    }

    @Override
    public void close() {
        tensors.forEach(both -> both.values().forEach(OnnxTensor::close));
        tensors.clear();
        try {
            locked.close();
        } catch (Exception e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
