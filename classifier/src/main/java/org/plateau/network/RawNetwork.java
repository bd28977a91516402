package org.plateau.network;

/** The bare network on some processor: encoded maps in, outputs as they leave the last layer. */
public interface RawNetwork extends AutoCloseable {

    /** Runs a batch. The outputs of a map do not depend on the others in its batch. */
    Output run(EncodedMaps batch);

    /** "dl4j" or "onnx". */
    String engine();

    /** "cpu" or "cuda:N". */
    String device();

    /** Version and classifier of the native libraries. */
    String natives();

    @Override
    void close();

    /**
     * @param logits shape [n, outputs]: one per regime, then "nothing recognised"
     * @param features shape [n, width]: the last hidden layer
     */
    record Output(float[] logits, float[] features) {}
}
