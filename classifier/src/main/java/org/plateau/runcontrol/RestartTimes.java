package org.plateau.runcontrol;

import java.io.IOException;
import java.nio.file.Path;

/** Reads the time of a restart file. */
public interface RestartTimes {

    /**
     * A number of a restart file with its units.
     *
     * @param units empty if the file does not say
     */
    record Value(double number, String units) {}

    /**
     * The value of a variable, or of a global attribute, of that name.
     *
     * @throws IOException if the file cannot be read or has no such number; the message says which
     */
    Value read(Path file, String name) throws IOException;
}
