package org.plateau.classify;

import java.time.Duration;
import java.time.Instant;

/** When something that is done now and then is due, by a clock that may be set back meanwhile. */
final class Due {
    private Instant last = Instant.EPOCH;

    /** Whether it is that long ago, or seems to lie ahead. */
    boolean after(Duration pause, Instant now) {
        return now.isBefore(last) || !now.isBefore(last.plus(pause));
    }

    void done(Instant now) {
        last = now;
    }
}
