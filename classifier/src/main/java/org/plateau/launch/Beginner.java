package org.plateau.launch;

import java.nio.file.Path;

/** Who begins a launch. */
interface Beginner {
    /** The process without which, and without {@link Launch#end}, the watchdog ends the parts. */
    long owner();

    /** Told that there is a session, before anybody can find the launch in it. */
    void made(Path session);

    /** Whether the end was ordered meanwhile: then nothing is waited for any more. */
    boolean over();
}
