package org.plateau.coupler.mpi;

import java.nio.ByteBuffer;
import mpi.MPI;
import mpi.MPIException;
import mpi.Request;
import org.plateau.queue.HeldRecord;
import org.plateau.queue.RecordTailer;

/**
 * A message on its way to the sink: several small records that were copied together, or a large one
 * that is sent from where it is in the queue's file.
 */
final class Outgoing implements AutoCloseable {
    /** A batch is sent when it has that many bytes, or when there is nothing more to send. */
    private static final int ENOUGH = 1 << 20;

    /** From that many bytes on a record is worth a message of its own. */
    private static final int LARGE = 256 << 10;

    private final HeldRecord held = new HeldRecord();
    private ByteBuffer batch = Wire.buffer(ENOUGH + (64 << 10));
    private Request request;

    /** Whether the buffer may be filled: what it held before has left. */
    boolean free() throws MPIException {
        if (request != null && request.test()) {
            request = null;
            batch.clear();
            held.close();
        }
        return request == null;
    }

    boolean full() {
        return bytes() >= ENOUGH || held.bytes() != null;
    }

    int bytes() {
        return held.bytes() != null ? held.bytes().remaining() : batch.position();
    }

    /** Whether a record of that size still goes into this message. */
    boolean takes(int record) {
        return batch.position() == 0
                || record < LARGE && batch.remaining() >= Wire.INDEX_BYTES + record;
    }

    /** Adds the record that the tailer has given last. */
    void add(RecordTailer from, ByteBuffer record) {
        if (record.remaining() >= LARGE && from.hold(held)) {
            return;
        }
        int bytes = Wire.INDEX_BYTES + record.remaining();
        if (batch.remaining() < bytes) {
            batch = Wire.buffer(bytes);
        }
        batch.putLong(from.index()).put(record);
    }

    void send() throws MPIException {
        ByteBuffer message = held.bytes() != null ? held.bytes() : batch;
        int tag = held.bytes() != null ? Wire.WHOLE : Wire.BATCH;
        request = MPI.COMM_WORLD.iSend(message, bytes(), MPI.BYTE, Wire.SINK, tag);
    }

    /** Lets go of the queue's memory; nothing is sent any more. */
    @Override
    public void close() {
        held.close();
    }
}
