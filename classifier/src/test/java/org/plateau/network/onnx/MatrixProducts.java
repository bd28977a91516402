package org.plateau.network.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The peak of a processor as far as this runtime reaches it: products of large square matrices in
 * single precision, one after the other on the device, only a column of the last copied back.
 */
public final class MatrixProducts {

    private static final int PRODUCTS = 8;
    private static final int RUNS = 5;

    private MatrixProducts() {}

    /**
     * Floating-point operations a second, the best of five runs.
     *
     * @param size rows and columns of the matrices
     * @param gpu its number, or -1 for the CPU
     * @param threads on the CPU
     */
    public static double rate(int size, int gpu, int threads) throws OrtException {
        OrtEnvironment environment =
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            if (gpu >= 0) {
                options.addCUDA(gpu);
            }
            try (OrtSession session = environment.createSession(model(size), options);
                    OnnxTensor left = matrix(environment, size)) {
                return 2.0 * size * size * size * PRODUCTS / fastest(session, left);
            }
        }
    }

    private static double fastest(OrtSession session, OnnxTensor left) throws OrtException {
        long best = Long.MAX_VALUE;
        for (int run = 0; run <= RUNS; run++) {
            long start = System.nanoTime();
            session.run(Map.of("left", left)).close();
            long took = System.nanoTime() - start;
            best = run == 0 ? best : Math.min(best, took);
        }
        return 1e-9 * best;
    }

    private static OnnxTensor matrix(OrtEnvironment environment, int size) throws OrtException {
        FloatBuffer values =
                ByteBuffer.allocateDirect(Float.BYTES * size * size)
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        for (int k = 0; k < size * size; k++) {
            values.put(k, (k % 17) / 17f);
        }
        return OnnxTensor.createTensor(environment, values, new long[] {size, size});
    }

    /** Rows of the constant matrix add up to 1, so that no product overflows. */
    private static byte[] model(int size) {
        float[] right = new float[size * size];
        Arrays.fill(right, 1f / size);
        OnnxWriter writer =
                new OnnxWriter()
                        .input("left", size)
                        .output("sums", 1)
                        .constant("right", right, size, size)
                        .constant("column", Arrays.copyOf(right, size), size, 1);
        String last = "left";
        for (int n = 0; n < PRODUCTS; n++) {
            String next = "product" + n;
            writer.operation("MatMul", List.of(last, "right"), next);
            last = next;
        }
        return writer.operation("MatMul", List.of(last, "column"), "sums").toBytes("products");
    }
}
