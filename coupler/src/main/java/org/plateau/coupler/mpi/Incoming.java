package org.plateau.coupler.mpi;

import java.nio.ByteBuffer;
import mpi.MPI;
import mpi.MPIException;
import mpi.Request;
import mpi.Status;

/** A buffer for a message on its way to the sink. */
final class Incoming {
    private ByteBuffer message = Wire.buffer(2 << 20);
    private Request request;
    private int rank;
    private int tag;

    /** Starts to receive the message that a probe has found; returns its bytes. */
    int receive(Status found) throws MPIException {
        int bytes = found.getCount(MPI.BYTE);
        rank = found.getSource();
        tag = found.getTag();
        if (message.capacity() < bytes) {
            message = Wire.buffer(bytes);
        }
        message.clear().limit(bytes);
        request = MPI.COMM_WORLD.iRecv(message, bytes, MPI.BYTE, rank, tag);
        return bytes;
    }

    /** Whether all of it is here. */
    boolean arrived() throws MPIException {
        if (request != null && request.test()) {
            request = null;
        }
        return request == null;
    }

    int capacity() {
        return message.capacity();
    }

    int rank() {
        return rank;
    }

    int tag() {
        return tag;
    }

    boolean carriesRecords() {
        return tag == Wire.BATCH || tag == Wire.WHOLE;
    }

    /** What came; its position is where reading goes on. */
    ByteBuffer message() {
        return message;
    }
}
