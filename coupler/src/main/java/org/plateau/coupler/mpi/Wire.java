package org.plateau.coupler.mpi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import mpi.MPI;

/**
 * What goes between ranks.
 *
 * <pre>
 *   relay to sink, tag HELLO    u64 identity of the node's queue
 *   relay to sink, tag BATCH    per record: u64 its index in the node's queue, the record
 *   relay to sink, tag WHOLE    a large record as the node's queue has it: u64 0, u64 its index, the
 *                               record
 *   relay to sink, tag END      the account of the node, JSON
 *   relay to sink, tag OVER     u64 0: the run is at its end, as this node has heard
 *   sink to relay, tag CONTROL  u64 what (below), u64 value
 * </pre>
 */
final class Wire {
    static final int SINK = 0;

    static final int HELLO = 1;
    static final int BATCH = 2;
    static final int END = 3;
    static final int CONTROL = 4;
    static final int OVER = 5;
    static final int WHOLE = 6;

    /** Value: index of the last record that the inbox holds of this queue, or -1. */
    static final long WELCOME = 1;

    /** Value: index up to which everything is in the inbox. */
    static final long ACKNOWLEDGE = 2;

    /**
     * Value: bit 0, the model is to stop; bit 1, the run is at its end; bit 2, every node is here.
     */
    static final long STATE = 3;

    static final int STOP = 1;
    static final int FINISH = 2;
    static final int ALL_HERE = 4;

    /** Everybody has arrived: leave. */
    static final long LEAVE = 4;

    static final int CONTROL_BYTES = 16;
    static final int INDEX_BYTES = 8;

    private Wire() {}

    static ByteBuffer buffer(int bytes) {
        return MPI.newByteBuffer(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
