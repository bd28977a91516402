package org.plateau.coupler.mpi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import mpi.MPI;
import mpi.MPIException;
import mpi.Status;

/**
 * The messages of the relays that are on their way, in the order of their announcement.
 *
 * <p>A few buffers are for whoever comes first; beyond them a relay that has no message under way
 * gets one, so that another whose link is cut within a message does not keep it waiting.
 */
final class Arrivals implements AutoCloseable {
    private static final int BUFFERS = 4;

    /** Beyond the buffers for all, messages take no more than this. */
    private static final long MOST_BYTES = 192L << 20;

    private final List<Incoming> underWay = new ArrayList<>();
    private final Deque<Incoming> free = new ArrayDeque<>();

    int size() {
        return underWay.size();
    }

    boolean isEmpty() {
        return underWay.isEmpty();
    }

    Incoming get(int place) {
        return underWay.get(place);
    }

    /** Its message has been dealt with. */
    void remove(int place) {
        free.add(underWay.remove(place));
    }

    /**
     * Begins to receive what has been announced, as much as there are buffers for.
     *
     * @param relays how many there are, of rank 1 and up
     * @return bytes
     */
    long receive(int relays) throws MPIException {
        long bytes = 0;
        while (underWay.size() < BUFFERS) {
            Status found = MPI.COMM_WORLD.iProbe(MPI.ANY_SOURCE, MPI.ANY_TAG);
            if (found == null) {
                return bytes;
            }
            bytes += begin(found);
        }
        for (int rank = 1; rank <= relays && takenBytes() < MOST_BYTES; rank++) {
            Status found = has(rank) ? null : MPI.COMM_WORLD.iProbe(rank, MPI.ANY_TAG);
            bytes += found == null ? 0 : begin(found);
        }
        return bytes;
    }

    private long begin(Status found) throws MPIException {
        Incoming buffer = free.isEmpty() ? new Incoming() : free.remove();
        underWay.add(buffer);
        return buffer.receive(found);
    }

    private boolean has(int rank) {
        for (int i = 0; i < underWay.size(); i++) {
            if (underWay.get(i).rank() == rank) {
                return true;
            }
        }
        return false;
    }

    private long takenBytes() {
        long sum = 0;
        for (int i = 0; i < underWay.size(); i++) {
            sum += underWay.get(i).capacity();
        }
        return sum;
    }

    @Override
    public void close() {
        free.clear();
    }
}
