package org.plateau.tests.nodes;

import java.nio.ByteBuffer;
import mpi.MPI;
import mpi.MPIException;
import mpi.Request;

/** What Open MPI alone does from Java: rank 1 sends batches of 1 MiB to rank 0, four under way. */
final class RawSend {
    private static final int BATCH = 1 << 20;
    private static final int UNDER_WAY = 4;

    private RawSend() {}

    /** Prints the bytes per second that rank 0 received. */
    public static void main(String[] arguments) throws MPIException {
        int batches = Integer.parseInt(arguments[0]);
        MPI.Init(new String[0]);
        if (MPI.COMM_WORLD.getRank() == 0) {
            receive(batches);
        } else {
            send(batches);
        }
        MPI.Finalize();
    }

    private static void send(int batches) throws MPIException {
        ByteBuffer batch = MPI.newByteBuffer(BATCH);
        Request[] requests = new Request[UNDER_WAY];
        for (int i = 0; i < batches; i++) {
            Request before = requests[i % UNDER_WAY];
            if (before != null) {
                before.waitFor();
            }
            requests[i % UNDER_WAY] = MPI.COMM_WORLD.iSend(batch, BATCH, MPI.BYTE, 0, 1);
        }
        for (Request request : requests) {
            request.waitFor();
        }
    }

    private static void receive(int batches) throws MPIException {
        ByteBuffer batch = MPI.newByteBuffer(BATCH);
        MPI.COMM_WORLD.recv(batch, BATCH, MPI.BYTE, 1, 1);
        long start = System.nanoTime();
        for (int i = 1; i < batches; i++) {
            MPI.COMM_WORLD.recv(batch, BATCH, MPI.BYTE, 1, 1);
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        System.out.println("raw " + (batches - 1.0) * BATCH / seconds);
    }
}
