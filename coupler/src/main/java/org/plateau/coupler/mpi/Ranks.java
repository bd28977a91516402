package org.plateau.coupler.mpi;

import mpi.MPI;
import mpi.MPIException;
import org.plateau.coupler.Link;
import org.plateau.coupler.Node;
import org.plateau.queue.RecordQueue;

/** The ranks of this coupler step. Confined to the thread that starts it. */
public final class Ranks {
    /** A link that holds resources. */
    public interface Connection extends Link, AutoCloseable {
        @Override
        void close();
    }

    private final boolean mpi;
    private final int rank;
    private final int size;

    private Ranks(boolean mpi, int rank, int size) {
        this.mpi = mpi;
        this.rank = rank;
        this.size = size;
    }

    /** Starts MPI if a launcher of parallel programs started this process; else it is alone. */
    public static Ranks start() {
        boolean launched =
                System.getenv("OMPI_COMM_WORLD_SIZE") != null || System.getenv("PMIX_RANK") != null;
        if (!launched) {
            return new Ranks(false, 0, 1);
        }
        try {
            MPI.InitThread(new String[0], MPI.THREAD_FUNNELED);
            return new Ranks(true, MPI.COMM_WORLD.getRank(), MPI.COMM_WORLD.getSize());
        } catch (MPIException e) {
            throw new LinkException("starting", e);
        }
    }

    public int size() {
        return size;
    }

    /** Whether this rank is the one that fills the inbox. */
    public boolean isSink() {
        return rank == 0;
    }

    /**
     * The link of this rank to the others.
     *
     * @param queue the inbox at the sink, the node's own queue elsewhere
     * @param window most bytes that a relay may have under way
     */
    public Connection connect(RecordQueue queue, Node node, long window) {
        return isSink() ? new Sink(queue, node, size - 1) : new Relay(queue, node, window);
    }

    /** Ends MPI; every rank has to come here. */
    public void end() {
        if (!mpi) {
            return;
        }
        try {
            MPI.Finalize();
        } catch (MPIException e) {
            throw new LinkException("ending", e);
        }
    }
}
