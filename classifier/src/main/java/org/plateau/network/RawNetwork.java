package org.plateau.network;

/** The bare network on some processor: encoded maps in, outputs as they leave the last layer. */
public interface RawNetwork extends AutoCloseable {

    /** Runs a batch. The outputs of a map do not depend on the others in its batch. */
    Output run(EncodedMaps batch);

    /** Room for encoded maps that this network reads where they stand. */
    default InputRoom room(int maps) {
        return new InputRoom.OnHeap(this, EncodedMaps.empty(maps));
    }

    /** "dl4j" or "onnx". */
    String engine();

    /** "cpu" or "cuda:N". */
    String device();

    /** Version and classifier of the native libraries. */
    String natives();

    /** What else is to be said of it behind its natives, beginning with a comma, or nothing. */
    default String remark() {
        return "";
    }

    @Override
    void close();

    /**
     * @param logits shape [n, outputs]: one per regime, then "nothing recognised"
     * @param features shape [n, width]: the last hidden layer
     */
    record Output(float[] logits, float[] features) {}
}
