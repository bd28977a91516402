package org.plateau.runcontrol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** One way to end a model's run. Called on run control's thread, at most once after a success. */
public interface StopAdapter {

    /** Its name in settings and audit lines. */
    String name();

    /**
     * True if doing it again does no harm, so that it is repeated when nobody knows whether it was
     * done (the classifier was killed meanwhile).
     */
    boolean repeatable();

    /** True if it may be done now; an adapter that kills waits for the next restart file. */
    default boolean ready(java.time.Instant decided) throws IOException {
        return true;
    }

    /**
     * Does it.
     *
     * @param decision the decision with the numbers that made it
     * @throws IOException if it could not be done; the message says why
     */
    void act(ObjectNode decision) throws IOException;

    /** Takes back what the model may not have followed yet, where that is possible. */
    default void takeBack() throws IOException {}
}
