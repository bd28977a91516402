package org.plateau.coupler.mpi;

import java.nio.ByteBuffer;
import mpi.MPI;
import mpi.MPIException;
import mpi.Request;

/** A buffer of records on its way to the sink. */
final class Outgoing {
    /** A batch is sent when it has that many bytes, or when there is nothing more to send. */
    private static final int ENOUGH = 1 << 20;

    private ByteBuffer batch = Wire.buffer(ENOUGH + (64 << 10));
    private Request request;

    /** Whether the buffer may be filled: what it held before has left. */
    boolean free() throws MPIException {
        if (request != null && request.test()) {
            request = null;
            batch.clear();
        }
        return request == null;
    }

    boolean full() {
        return batch.position() >= ENOUGH;
    }

    int bytes() {
        return batch.position();
    }

    /** Whether a record of that size still goes into this batch. */
    boolean takes(int record) {
        return batch.position() == 0 || batch.remaining() >= Wire.INDEX_BYTES + record;
    }

    void add(long index, ByteBuffer record) {
        int bytes = Wire.INDEX_BYTES + record.remaining();
        if (batch.remaining() < bytes) {
            batch = Wire.buffer(bytes);
        }
        batch.putLong(index).put(record);
    }

    void send() throws MPIException {
        request = MPI.COMM_WORLD.iSend(batch, batch.position(), MPI.BYTE, Wire.SINK, Wire.BATCH);
    }
}
