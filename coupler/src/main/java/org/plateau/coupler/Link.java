package org.plateau.coupler;

/** The connection of a node to the others, stepped by the thread that started MPI. */
public interface Link {
    /**
     * Does what can be done now.
     *
     * @return bytes moved; 0 if there was nothing to do
     */
    long step();

    /** Whether a message is under way, which needs {@link #step} to get on. */
    boolean busy();

    /** Whether everything is where it belongs and the others know it. */
    boolean done();
}
