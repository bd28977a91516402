package org.plateau.monitor;

import java.io.IOException;

/** What a person may ask of a run from the page; each call leaves an audit line of its own. */
public interface Actions {
    /** The run is not to be stopped by its verdicts. */
    void veto(String reason) throws IOException;

    /** The run is to stop at its next output. */
    void stop(String reason) throws IOException;

    /** A veto or stop that was asked for is taken back. */
    void resume(String reason) throws IOException;
}
