package org.plateau.coupler.mpi;

import mpi.MPIException;

/** MPI failed; the step has to be started again. */
final class LinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LinkException(String doing, MPIException cause) {
        super("MPI failed while " + doing + ": " + cause.getMessage(), cause);
    }
}
